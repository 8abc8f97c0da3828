"""The provider's callbacks: hints that a task has news. Nothing in them is believed."""

import logging

from pydantic import BaseModel, ValidationError

from app.db import Database, Epoch
from app.failpoints import FailPoint, reach
from app.generation import repository
from app.generation.entities import Generation
from app.generation.states import WATCHED, State
from app.generation.tokens import CallbackTokens
from app.generation.wakeups import Wakeups
from app.inbox import Event

logger = logging.getLogger(__name__)

WAITING_FOR_NEWS = frozenset({State.SUBMITTING, State.SUBMITTED, State.RUNNING})


class KieCallbackHandler:
    """The EventHandler of the source `kie`. The event's external id (or its lane) is the token of the URL."""

    def __init__(self, database: Database, tokens: CallbackTokens, wakeups: Wakeups) -> None:
        self._database = database
        self._tokens = tokens
        self._wakeups = wakeups

    async def handle(self, event: Event, epoch: Epoch) -> None:
        """Makes the generation due at once, in one unit. Again is harmless, so no replay guard is needed."""
        generation_id = self._tokens.read(event.external_id) or self._tokens.read(event.lane)
        task_id = _task_id(event.payload)
        if generation_id is None or task_id is None:
            logger.warning("callback is not understood", extra={"event_id": event.id})
            return
        async with self._database.unit_of_work(epoch) as session:
            generation = await repository.lock(session, generation_id)
            if generation is None or not _concerns(generation, task_id):
                logger.info("callback has no use", extra={"generation_id": generation_id})
                return
            if generation.task_id is None:
                await repository.change(session, generation, hinted_task_id=task_id)
            if generation.state is not State.FAILED or generation.told_at is not None:
                await self._wakeups.wake(session, await repository.make_due(session, generation))
        reach(FailPoint.HINT_RECORDED)

    async def give_up(self, event: Event, epoch: Epoch) -> None:
        """The event is parked. Polling finds what it would have told; `epoch` has nothing to write."""
        logger.error("callback was given up", extra={"event_id": event.id, "epoch": epoch})


def _concerns(generation: Generation, task_id: str) -> bool:
    """Whether the generation can use the news. While a result is being fetched it cannot."""
    if generation.task_id not in (None, task_id):
        return False
    if generation.state is State.FAILED:
        return generation.failure in WATCHED
    return generation.state in WAITING_FOR_NEWS


class _Data(BaseModel):
    taskId: str | None = None  # noqa: N815 - the provider's spelling
    task_id: str | None = None


class _Callback(BaseModel):
    data: _Data


def _task_id(payload: bytes) -> str | None:
    try:
        data = _Callback.model_validate_json(payload).data
    except ValidationError:
        return None
    return data.task_id or data.taskId
