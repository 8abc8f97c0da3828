"""The statements that find dead work, across the inbox and the queue. They write nothing."""

from collections.abc import Sequence

from sqlalchemy import TextClause, text

from app.admin.dead.entities import DeadWork, Sort
from app.db import ReadSession

# A generation's job is given its id. A lane of Telegram is the acting person.
_DEAD = """
    WITH dead AS (
        SELECT 'job' AS sort, j.id, j.task_name AS kind, coalesce((j.args ->> 'id')::bigint, 0) AS about,
            CASE WHEN j.task_name LIKE 'generation.%' THEN (j.args ->> 'id')::bigint END AS generation_id,
            NULL::bigint AS user_id, coalesce(d.died_at, j.scheduled_at, clock_timestamp()) AS died_at, j.attempts,
            coalesce(d.error, '') AS error
        FROM procrastinate_jobs j LEFT JOIN job_death d ON d.job_id = j.id WHERE j.status = 'failed'
        UNION ALL
        SELECT 'event', i.id, i.source, 0, NULL, CASE WHEN i.source = 'telegram' THEN p.id END,
            coalesce(i.done_at, i.received_at), i.attempts, coalesce(i.error, '')
        FROM inbox i LEFT JOIN person p ON i.source = 'telegram' AND p.id::text = i.lane WHERE i.status = 'dead'
    )
    SELECT dead.*, coalesce(dead.user_id, g.user_id) AS whose, g.id AS known_generation,
        extract(epoch FROM clock_timestamp() - died_at)::float AS age
    FROM dead LEFT JOIN generation g ON g.id = dead.generation_id
    {chosen} ORDER BY died_at DESC, sort, id DESC LIMIT :most OFFSET :after
"""

_PAGE = text(_DEAD.format(chosen=""))
_ONE = text(_DEAD.format(chosen="WHERE sort = :sort AND dead.id = :id"))
_KIND = text(_DEAD.format(chosen="WHERE sort = :sort AND kind = :kind"))

_COUNT = text("""
    SELECT (SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed')
        + (SELECT count(*) FROM inbox WHERE status = 'dead')
""")


async def count(session: ReadSession) -> int:
    """How much there is."""
    return int((await session.execute(_COUNT)).scalar_one())


async def list_dead(session: ReadSession, *, after: int, most: int) -> Sequence[DeadWork]:
    """The newest, without the first `after`."""
    return await _read(session, _PAGE, after=after, most=most)


async def find(session: ReadSession, sort: Sort, work_id: int) -> DeadWork | None:
    """One that is dead still."""
    found = await _read(session, _ONE, sort=sort.value, id=work_id, after=0, most=1)
    return found[0] if found else None


async def list_kind(session: ReadSession, sort: Sort, kind: str, *, most: int) -> Sequence[DeadWork]:
    """The newest of one kind."""
    return await _read(session, _KIND, sort=sort.value, kind=kind, after=0, most=most)


async def _read(session: ReadSession, statement: TextClause, **values: str | int) -> Sequence[DeadWork]:
    rows = await session.execute(statement, values)
    return [
        DeadWork(
            sort=Sort(row.sort),
            id=row.id,
            kind=row.kind,
            about=row.about,
            generation_id=row.known_generation,
            user_id=row.whose,
            died_at=row.died_at,
            age_seconds=max(row.age, 0.0),
            attempts=row.attempts,
            error=row.error,
        )
        for row in rows
    ]
