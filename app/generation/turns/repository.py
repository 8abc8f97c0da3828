"""The one statement that sees the whole queue, by the database's clock."""

from sqlalchemy import text

from app.db import Session
from app.generation.turns.rule import Queue

# Any number serves, as long as every creation takes the same.
_CREATIONS_LOCK = text("SELECT pg_advisory_xact_lock(7318002452)")

_QUEUE = text("""
    WITH busy AS (
        SELECT user_id, count(*) AS tasks FROM generation
        WHERE state IN ('submitting', 'submitted', 'running', 'fetching') GROUP BY user_id
    ), waiting AS (
        SELECT g.id, clock_timestamp() - g.next_check_at AS late,
            row_number() OVER (PARTITION BY g.user_id ORDER BY g.id) + coalesce(busy.tasks, 0) AS round
        FROM generation g LEFT JOIN busy USING (user_id) WHERE g.state = 'held'
    ), before AS (
        SELECT w.late >= interval '0' AND w.late < make_interval(secs => :overdue) AS is_ready
        FROM waiting w JOIN waiting mine ON mine.id = :generation_id
        WHERE (w.round, w.id) < (mine.round, mine.id)
    ), made AS (
        SELECT clock_timestamp() - submitting_at AS age FROM generation
        WHERE submitting_at > clock_timestamp() - make_interval(secs => :window)
    )
    SELECT (SELECT count(*) FROM before) AS ahead, (SELECT count(*) FROM before WHERE is_ready) AS ready,
        (SELECT coalesce(array_agg(extract(epoch FROM age) ORDER BY age DESC), '{}') FROM made) AS ages
""")


async def look_at_queue(session: Session, generation_id: int, *, window: float, overdue: float) -> Queue:
    """Makes creations queue up until the unit ends, then counts who is before this waiting generation.

    Counts rather than remembers, so that two reigns together do not exceed a limit in `window` seconds. A wake-up
    that is later than `overdue` seconds is lost: nobody gives way to it.
    """
    await session.execute(_CREATIONS_LOCK)
    values = {"generation_id": generation_id, "window": window, "overdue": overdue}
    row = (await session.execute(_QUEUE, values)).one()
    return Queue(row.ahead, row.ready, tuple(float(age) for age in row.ages))
