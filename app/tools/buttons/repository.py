"""The statements of the audit, for what comes from outside: its events, the files of its receipts, bad luck."""

from sqlalchemy import text

from app.db import Session

INSERT = text(
    "INSERT INTO inbox (source, scope, external_id, digest, lane, payload)"
    " VALUES ('telegram', 'rehearsal', :number, '\\x00', :lane, :payload) RETURNING id"
)


async def insert_event(session: Session, *, number: int, person: int, payload: bytes) -> int:
    """The id of the stored event."""
    values = {"number": str(number), "lane": str(person), "payload": payload}
    return int((await session.execute(INSERT, values)).scalar_one())


# The job that does this holds up every other reader of receipts until its transaction ends: ours ends late.
READ_RECEIPTS = text(
    "UPDATE receipt SET state = 'waiting', read_at = now(), digest = '\\x01', twin_id = earlier.id,"
    " twin_exact = earlier.id IS NOT NULL"
    " FROM receipt AS same LEFT JOIN receipt AS earlier ON earlier.user_id = same.user_id AND earlier.id < same.id"
    " WHERE receipt.id = same.id AND receipt.user_id = :person"
)


async def read_receipts(session: Session, person: int) -> None:
    """The files of this person's two receipts were fetched, and are one and the same."""
    await session.execute(READ_RECEIPTS, {"person": person})


STRAND = text("UPDATE generation SET created_at = created_at - interval '40 minutes' WHERE id = :generation")

KILL_JOB = text(
    "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status) VALUES ('rehearsal', 'generation.check',"
    " jsonb_build_object('id', CAST(:generation AS bigint)), 'failed')"
)

KILL_EVENT = text(
    "UPDATE inbox SET status = 'dead', done_at = now(), error = 'TimeoutError', lane = :person WHERE id = :event"
)


async def strand(session: Session, generation: int) -> None:
    """The generation has been on its way for long, and its last job failed for good."""
    await session.execute(STRAND, {"generation": generation})
    await session.execute(KILL_JOB, {"generation": generation})


async def kill_event(session: Session, event: int, person: int) -> None:
    """The event is this person's and was given up."""
    await session.execute(KILL_EVENT, {"event": event, "person": str(person)})
