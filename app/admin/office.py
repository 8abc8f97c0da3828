"""The one way in which the staff writes: role checked, once per event, and never without a row in the log."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from types import MappingProxyType

from app.admin import repository
from app.admin.entities import Action, Member
from app.admin.roles import Right
from app.admin.staff import Staff
from app.db import Database, Session
from app.inbox import Step, apply_once
from app.jobs import JobQueue

TELL = "admin.tell"
"""The job that tells a person what the staff did; its subject is the row of the log."""


NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Act:
    """One act of one member inside its unit of work. `is_new` is false for a replayed event: apply nothing."""

    session: Session
    who: Member
    event_id: int
    is_new: bool
    queue: JobQueue

    async def record(
        self,
        action: Action,
        subject: str,
        reason: str,
        facts: Mapping[str, str] = NOTHING,
        *,
        user_id: int | None = None,
    ) -> int:
        """The row of the log, its id; `user_id` is whom it concerns."""
        about = (user_id, subject)
        return await repository.insert_action(self.session, self.who, action, about, reason, facts)

    async def record_and_tell(
        self,
        action: Action,
        subject: str,
        reason: str,
        facts: Mapping[str, str] = NOTHING,
        *,
        user_id: int,
    ) -> None:
        """The same, and the person concerned hears of it."""
        entry = await self.record(action, subject, reason, facts, user_id=user_id)
        await self.queue.enqueue(self.session, TELL, entry)


class Office:
    """Opens the units of work of the staff."""

    def __init__(self, database: Database, staff: Staff, queue: JobQueue) -> None:
        self._database = database
        self._staff = staff
        self._queue = queue

    @asynccontextmanager
    async def act(self, step: Step, user_id: int, right: Right) -> AsyncIterator[Act]:
        """A fenced unit of work of a member with this right; raises NotAllowedError."""
        async with self._database.unit_of_work(step.epoch) as session:
            who = await self._staff.require(session, user_id, right)
            is_new = await apply_once(session, step)
            yield Act(session, who, step.event_id, is_new, self._queue)
