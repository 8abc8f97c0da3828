"""The two statements of the audit, for what comes from outside: its events, and the files of its receipts."""

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
