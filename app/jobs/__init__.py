"""The queue: wake-ups that join the transaction of the money, and the worker that answers them.

Purpose: procrastinate on our own Postgres, behind two names. `JobQueue.enqueue` writes a row in the caller's unit
of work; `Worker` runs on the ACTIVE side only.

Invariants:
- a job is a wake-up and never the truth: it carries an id, and its function reads the row again;
- a job may run twice, at once or one after the other, so job functions claim their row first;
- what a dead or frozen worker left in `doing` runs again as soon as the next reign begins;
- no job holds a lock or a queueing lock: those would delay or abort somebody else's unit of work;
- what runs by the clock runs once for each moment, also when nobody was there at that moment;
- a job that ended well leaves no row; one that failed for good stays, to be seen with why, until it is replayed.

Proven by tests/integration/jobs.
"""

from app.jobs.census import JobCensus
from app.jobs.dead import replay as replay_jobs
from app.jobs.periodic import Periodic
from app.jobs.queue import JobQueue
from app.jobs.retry import RetryPolicy
from app.jobs.worker import JobFunction, Worker, WorkerLimits

__all__ = [
    "JobCensus",
    "JobFunction",
    "JobQueue",
    "Periodic",
    "RetryPolicy",
    "Worker",
    "WorkerLimits",
    "replay_jobs",
]
