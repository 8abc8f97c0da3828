"""SUBMITTING without an answer: believed only what the provider itself confirms, declared lost after a grace time.

The provider's creation has no key against repetition, so what was asked once is never asked again.
"""

import logging

from app.db import Epoch
from app.generation import repository
from app.generation.desk import Desk
from app.generation.entities import Generation
from app.generation.errors import TaskUnknownError, TryLaterError
from app.generation.ports import GenerationProvider
from app.generation.states import FailureClass, State
from app.generation.tokens import CallbackUrls

logger = logging.getLogger(__name__)


class Recovery:
    """Finds the task of a creation that was not answered, by the callback that carries our token."""

    def __init__(self, desk: Desk, provider: GenerationProvider, urls: CallbackUrls) -> None:
        self._desk = desk
        self._provider = provider
        self._urls = urls

    async def recover(self, epoch: Epoch, claimed: Generation) -> None:
        """SUBMITTED when a hint is confirmed, FAILED (lost) after the grace time, else waits for either."""
        if await self.confirms(claimed):
            await self._record(epoch, claimed)
            return
        timings = self._desk.timings
        asked_at = claimed.submitting_at or claimed.created_at
        remaining = (
            timings.grace(reachable=self._urls.reachable) - (claimed.seen_at - asked_at).total_seconds()
        )
        if remaining > 0:
            await self._desk.later(epoch, claimed, remaining)
            return
        if await self._desk.fail(epoch, claimed, FailureClass.LOST) is not None:
            logger.error("creation is lost, its cost is unknown", extra={"generation_id": claimed.id})

    async def confirms(self, claimed: Generation) -> bool:
        """Whether the provider's own record of the hinted task carries our token for this generation."""
        if claimed.hinted_task_id is None:
            return False
        try:
            report = await self._provider.read(claimed.hinted_task_id, claimed.model_id)
        except (TaskUnknownError, TryLaterError):
            return False
        if self._urls.names(report.callback_url, claimed.id):
            return True
        logger.warning("callback named a task that is not ours", extra={"generation_id": claimed.id})
        return False

    async def _record(self, epoch: Epoch, claimed: Generation) -> None:
        async with self._desk.database.unit_of_work(epoch) as session:
            submitted = await repository.move(
                session,
                claimed,
                State.SUBMITTED,
                kie_task_id=claimed.hinted_task_id,
                submitted_at=claimed.submitting_at,
                next_check_at=repository.NOW,
            )
            if submitted is not None:
                await self._desk.wakeups.wake(session, submitted)
