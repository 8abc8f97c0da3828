"""Jobs that failed for good: why, and how they are tried again."""

from collections.abc import Sequence

from sqlalchemy import text

from app.db import Session

_BURY = text("""
    INSERT INTO job_death (job_id, error) VALUES (:job_id, :error)
    ON CONFLICT (job_id) DO UPDATE SET error = excluded.error, died_at = clock_timestamp()
""")

# A wake-up that is derived again and dies again would fill the list: the newest of the same stands for all.
_FORGET_TWINS = text("""
    WITH twins AS (
        DELETE FROM procrastinate_jobs old USING procrastinate_jobs new
        WHERE new.id = :job_id AND old.id <> new.id AND old.status = 'failed'
            AND old.task_name = new.task_name AND old.args = new.args
        RETURNING old.id
    )
    DELETE FROM job_death WHERE job_id IN (SELECT id FROM twins)
""")

_REPLAY = text("""
    WITH replayed AS (
        UPDATE procrastinate_jobs SET status = 'todo', attempts = 0, scheduled_at = now(), abort_requested = false
        WHERE id = ANY (CAST(:ids AS bigint[])) AND status = 'failed' RETURNING id
    ), forgotten AS (
        DELETE FROM job_death WHERE job_id IN (SELECT id FROM replayed)
    )
    SELECT count(*) FROM replayed
""")


async def bury(session: Session, job_id: int, error: BaseException) -> None:
    """Keeps what ended the job's last attempt, and lets it stand for the same one that died before."""
    await session.execute(_FORGET_TWINS, {"job_id": job_id})
    await session.execute(_BURY, {"job_id": job_id, "error": type(error).__name__})


async def replay(session: Session, ids: Sequence[int]) -> int:
    """Puts failed jobs back into the queue with all their attempts; how many of them were still failed."""
    return int((await session.execute(_REPLAY, {"ids": list(ids)})).scalar_one())
