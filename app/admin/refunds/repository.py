"""The statements about refunds of many at once."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import text

from app.admin.entities import Member
from app.admin.refunds.entities import RefundRun
from app.admin.roles import Role
from app.db import ReadSession, Session
from app.money import Kopecks

_BEGIN = text("""
    INSERT INTO refund_run (actor_id, role, since, reason) VALUES (:actor_id, :role, :since, :reason) RETURNING id
""")

_LIST = text("""
    INSERT INTO refund_run_item (run_id, generation_id)
    SELECT :run_id, listed.id FROM unnest(CAST(:ids AS bigint[])) AS listed(id)
""")

# Whoever runs the same job beside this one takes another item.
_NEXT = text("""
    SELECT generation_id FROM refund_run_item WHERE run_id = :run_id AND outcome IS NULL
    ORDER BY generation_id LIMIT 1 FOR UPDATE SKIP LOCKED
""")

_DECIDE = text("""
    UPDATE refund_run_item SET outcome = :outcome, returned_kopecks = :kopecks
    WHERE run_id = :run_id AND generation_id = :generation_id
""")

_END = text("""
    UPDATE refund_run SET ended_at = clock_timestamp() WHERE id = :run_id AND ended_at IS NULL
        AND NOT EXISTS (SELECT FROM refund_run_item i WHERE i.run_id = :run_id AND i.outcome IS NULL)
    RETURNING id
""")

_FIND = text("""
    SELECT r.id, r.actor_id, r.role, r.reason, r.since, r.ended_at, count(i.*) AS generations,
        count(*) FILTER (WHERE i.outcome = 'returned') AS returned,
        count(*) FILTER (WHERE i.outcome = 'left') AS "left",
        count(DISTINCT g.user_id) FILTER (WHERE i.outcome = 'returned') AS people,
        coalesce(sum(i.returned_kopecks), 0)::bigint AS amount
    FROM refund_run r LEFT JOIN refund_run_item i ON i.run_id = r.id LEFT JOIN generation g ON g.id = i.generation_id
    WHERE r.id = :run_id GROUP BY r.id
""")

_LATEST = text("SELECT max(id) FROM refund_run")


async def begin(session: Session, who: Member, since: datetime, reason: str, ids: Sequence[int]) -> int:
    """A new run over these generations; its id."""
    values = {"actor_id": who.user_id, "role": who.role.value, "since": since, "reason": reason}
    run_id = int((await session.execute(_BEGIN, values)).scalar_one())
    await session.execute(_LIST, {"run_id": run_id, "ids": list(ids)})
    return run_id


async def take_next(session: Session, run_id: int) -> int | None:
    """A generation that is not decided yet, alone with it to the end of the unit; None where none is left to take."""
    found = (await session.execute(_NEXT, {"run_id": run_id})).scalar_one_or_none()
    return None if found is None else int(found)


async def decide(session: Session, run_id: int, generation_id: int, returned: Kopecks | None) -> None:
    """So many kopecks went back; None: it was left alone."""
    outcome = "left" if returned is None else "returned"
    values = {"run_id": run_id, "generation_id": generation_id, "outcome": outcome, "kopecks": returned or 0}
    await session.execute(_DECIDE, values)


async def end(session: Session, run_id: int) -> bool:
    """True for the first who finds that everything is decided."""
    return (await session.execute(_END, {"run_id": run_id})).first() is not None


async def find(session: ReadSession, run_id: int) -> RefundRun | None:
    """As it is now."""
    row = (await session.execute(_FIND, {"run_id": run_id})).one_or_none()
    if row is None:
        return None
    return RefundRun(
        id=row.id,
        actor_id=row.actor_id,
        role=Role(row.role),
        reason=row.reason,
        since=row.since,
        ended_at=row.ended_at,
        generations=row.generations,
        returned=row.returned,
        left=row.left,
        people=row.people,
        amount=Kopecks(row.amount),
    )


async def latest(session: ReadSession) -> int | None:
    """The id of the newest run."""
    found = (await session.execute(_LATEST)).scalar_one_or_none()
    return None if found is None else int(found)
