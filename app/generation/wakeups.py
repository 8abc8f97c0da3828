"""Which job looks at a generation next."""

from typing import assert_never

from app.db import Session
from app.generation import repository
from app.generation.entities import Generation
from app.generation.states import State
from app.jobs import JobQueue

START = "generation.start"
CHECK = "generation.check"
DELIVER = "generation.deliver"
TELL = "generation.tell"
RESTORE = "generation.restore"


def job_for(generation: Generation) -> str | None:
    """The name of the job that this generation waits for; None when nothing is left to do."""
    match generation.state:
        case State.HELD:
            return START
        case State.SUBMITTING | State.SUBMITTED | State.RUNNING | State.FETCHING:
            return CHECK
        case State.CAPTURED | State.LATE:
            return DELIVER
        case State.FAILED:
            return TELL if generation.told_at is None else CHECK
        case State.DELIVERED | State.KEPT:
            return RESTORE
        case State.CANCELLED | State.REFUNDED:
            return None
    assert_never(generation.state)


class Wakeups:
    """Enqueues the right job in the unit of work that makes it due."""

    def __init__(self, queue: JobQueue) -> None:
        self._queue = queue

    async def wake(self, session: Session, generation: Generation) -> None:
        """The job of this generation, at the time that the generation itself says."""
        job = job_for(generation)
        if job is None or generation.next_check_at is None:
            return
        later = generation.next_check_at > generation.seen_at
        await self._queue.enqueue(session, job, generation.id, at=generation.next_check_at if later else None)

    async def later(self, session: Session, claimed: Generation, seconds: float) -> None:
        """Ends a claim: due again in `seconds`. Does nothing when news came meanwhile and woke somebody else."""
        rescheduled = await repository.change(session, claimed, next_check_at=repository.in_seconds(seconds))
        if rescheduled is not None:
            await self.wake(session, rescheduled)
