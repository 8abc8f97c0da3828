"""After the money went back: a task that may still succeed is read now and then, and delivered free if it does."""

import logging
from typing import assert_never

from app.db import Epoch
from app.failpoints import FailPoint, reach
from app.files import FilesUnavailableError
from app.generation import repository
from app.generation.desk import Desk
from app.generation.entities import Generation
from app.generation.errors import ResultUnavailableError, TaskUnknownError, TryLaterError
from app.generation.ports import GenerationProvider, TaskReport, TaskState
from app.generation.recovery import Recovery
from app.generation.results.fetching import ResultStore

logger = logging.getLogger(__name__)


class Lateness:
    """FAILED → LATE: the written rule for a success after a time-out or after a lost creation."""

    def __init__(
        self, desk: Desk, provider: GenerationProvider, store: ResultStore, recovery: Recovery
    ) -> None:
        self._desk = desk
        self._provider = provider
        self._store = store
        self._recovery = recovery

    async def watch(self, epoch: Epoch, claimed: Generation) -> None:
        """One look at the task of a failed generation."""
        known = claimed if claimed.task_id is not None else await self._identify(epoch, claimed)
        if known is None or known.task_id is None:
            return
        try:
            report = await self._provider.read(known.task_id, known.model_id)
        except TryLaterError as error:
            await self._wait(epoch, known, at_least=error.seconds)
        except TaskUnknownError:
            await self._desk.rest(epoch, known)
        else:
            await self._believe(epoch, known, report)

    async def _identify(self, epoch: Epoch, claimed: Generation) -> Generation | None:
        if claimed.hinted_task_id is None or not await self._recovery.confirms(claimed):
            await self._desk.rest(epoch, claimed)
            return None
        async with self._desk.database.unit_of_work(epoch) as session:
            return await repository.change(session, claimed, kie_task_id=claimed.hinted_task_id)

    async def _believe(self, epoch: Epoch, known: Generation, report: TaskReport) -> None:
        match report.state:
            case TaskState.SUCCESS:
                await self._fetch(epoch, known, report)
            case TaskState.FAIL:
                await self._desk.rest(epoch, known)
            case TaskState.WAITING | TaskState.QUEUING | TaskState.GENERATING | TaskState.UNKNOWN:
                await self._wait(epoch, known)
            case _:
                assert_never(report.state)

    async def _wait(self, epoch: Epoch, known: Generation, *, at_least: float = 0.0) -> None:
        timings = self._desk.timings
        since = known.submitting_at or known.created_at
        if (known.seen_at - since).total_seconds() > timings.late_limit:
            await self._desk.rest(epoch, known)
        else:
            await self._desk.later(epoch, known, max(timings.late_interval, at_least))

    async def _fetch(self, epoch: Epoch, known: Generation, report: TaskReport) -> None:
        fetching = await self._desk.extend(epoch, known, self._desk.timings.fetch_lease)
        if fetching is not None:
            async with self._desk.at_work(epoch, fetching):
                await self._copy(epoch, fetching, report)

    async def _copy(self, epoch: Epoch, fetching: Generation, report: TaskReport) -> None:
        try:
            copies = await self._store.fetch(fetching, report.result_urls)
        except ResultUnavailableError as error:
            if not await self._tries_again(epoch, fetching, error):
                await self._desk.rest(epoch, fetching)
            return
        except FilesUnavailableError:
            await self._wait(epoch, fetching)
            return
        if copies.problem is not None and await self._tries_again(epoch, fetching, copies.problem):
            return
        reach(FailPoint.RESULT_STORED)
        async with self._desk.database.unit_of_work(epoch) as session:
            await self._desk.settlement.late(
                session, fetching, report.named(copies.files), report.credits_consumed
            )
        reach(FailPoint.CAPTURED)

    async def _tries_again(self, epoch: Epoch, fetching: Generation, error: ResultUnavailableError) -> bool:
        logger.warning(
            "late result was not copied", extra={"generation_id": fetching.id, "reason": error.reason}
        )
        return await self._desk.count_fetch_failure(epoch, fetching)
