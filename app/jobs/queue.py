"""The way into the queue: one SQL function call in the caller's transaction."""

from datetime import datetime

from app.db import Session, driver_connection

QUEUE = "default"

# No lock (a job scheduled for later would hold up the next one) and no queueing lock (its violation would abort
# the unit of work that moves the money).
DEFER = f"""
    SELECT procrastinate_defer_jobs_v1(ARRAY[
        ROW('{QUEUE}', $1::text, $2::integer, NULL, NULL, jsonb_build_object('id', $3::bigint), $4::timestamptz)
    ]::procrastinate_job_to_defer_v1[])
"""


class JobQueue:
    """Enqueues wake-ups; they exist if and only if the caller's unit of work commits."""

    async def enqueue(
        self, session: Session, job: str, subject: int, *, at: datetime | None = None, priority: int = 0
    ) -> None:
        """`job` is the name of a job function, `subject` the id it gets; not before `at`; higher priority first.

        The worker hears of it by NOTIFY at commit; a job with an `at` starts within the worker's polling
        interval after it.
        """
        connection = await driver_connection(session)
        await connection.execute(DEFER, job, priority, subject, at)
