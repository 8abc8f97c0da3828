"""From SUBMITTED to CAPTURED or FAILED: looking at the provider until it is done, and fetching what it made."""

import logging
from typing import assert_never

from app.db import Epoch
from app.failpoints import FailPoint, reach
from app.files import FilesUnavailableError
from app.generation.desk import Desk, patiently
from app.generation.entities import Generation
from app.generation.errors import ResultUnavailableError, TaskUnknownError, TryLaterError
from app.generation.lateness import Lateness
from app.generation.ports import GenerationProvider, TaskReport, TaskState
from app.generation.progress import Progress
from app.generation.recovery import Recovery
from app.generation.results.fetching import ResultStore
from app.generation.states import WITH_PROVIDER, FailureClass, Stage, State
from app.generation.tokens import CallbackUrls

logger = logging.getLogger(__name__)

CHECKED = frozenset({State.SUBMITTING, State.FAILED}) | WITH_PROVIDER


class Checker:
    """The job `generation.check`: one look at a generation that the provider has, or may have."""

    def __init__(
        self,
        desk: Desk,
        provider: GenerationProvider,
        store: ResultStore,
        progress: Progress,
        urls: CallbackUrls,
    ) -> None:
        self._desk = desk
        self._provider = provider
        self._store = store
        self._progress = progress
        self._recovery = Recovery(desk, provider, urls)
        self._lateness = Lateness(desk, provider, store, self._recovery)

    async def check(self, epoch: Epoch, generation_id: int) -> None:
        """Looks once and says when the next look is due. Only one look at a time, but for news by callback."""
        claimed = await self._desk.claim(epoch, generation_id, CHECKED, self._desk.timings.read_lease)
        if claimed is None:
            return
        async with self._desk.at_work(epoch, claimed):
            if claimed.state is State.SUBMITTING:
                await self._recovery.recover(epoch, claimed)
            elif claimed.state is State.FAILED:
                await self._lateness.watch(epoch, claimed)
            elif claimed.task_id is not None:
                await self._follow(epoch, claimed, claimed.task_id)

    async def _follow(self, epoch: Epoch, claimed: Generation, task_id: str) -> None:
        try:
            report = await self._provider.read(task_id, claimed.model_id)
        except TryLaterError as error:
            await self._wait(epoch, claimed, at_least=error.seconds)
        except TaskUnknownError:
            await self._miss(epoch, claimed)
        else:
            await self._believe(epoch, claimed, report)

    async def _believe(self, epoch: Epoch, claimed: Generation, report: TaskReport) -> None:
        match report.state:
            case TaskState.WAITING | TaskState.QUEUING | TaskState.UNKNOWN:
                await self._progress.show(claimed, Stage.SENT)
                await self._wait(epoch, claimed)
            case TaskState.GENERATING:
                await self._run(epoch, claimed)
            case TaskState.SUCCESS:
                await self._fetch(epoch, claimed, report)
            case TaskState.FAIL:
                await self._desk.fail(
                    epoch,
                    claimed,
                    report.failure or FailureClass.PROVIDER_DOWN,
                    detail=report.fail_message,
                    cost=report.credits_consumed,
                )
            case _:
                assert_never(report.state)

    async def _run(self, epoch: Epoch, claimed: Generation) -> None:
        running: Generation | None = claimed
        if claimed.state is State.SUBMITTED:
            running = await self._desk.move(epoch, claimed, State.RUNNING)
        if running is not None:
            await self._progress.show(running, Stage.GENERATING)
            await self._wait(epoch, running)

    async def _fetch(self, epoch: Epoch, claimed: Generation, report: TaskReport) -> None:
        fetching = await self._begin_fetching(epoch, claimed)
        if fetching is not None:
            reach(FailPoint.FETCHING_BEGUN)
            async with self._desk.at_work(epoch, fetching):
                await self._copy(epoch, fetching, report)

    async def _copy(self, epoch: Epoch, fetching: Generation, report: TaskReport) -> None:
        await self._progress.show(fetching, Stage.UPLOADING)
        try:
            copies = await self._store.fetch(fetching, report.result_urls)
        except ResultUnavailableError as error:
            await self._fetch_failed(epoch, fetching, report, error)
            return
        except FilesUnavailableError as error:
            await self._wait_for_storage(epoch, fetching, report, error)
            return
        if copies.problem is not None and await self._tries_again(epoch, fetching, copies.problem):
            return
        reach(FailPoint.RESULT_STORED)
        files = report.named(copies.files)
        await patiently(lambda: self._desk.capture(epoch, fetching, files, report.credits_consumed))
        reach(FailPoint.CAPTURED)

    async def _begin_fetching(self, epoch: Epoch, claimed: Generation) -> Generation | None:
        moved: Generation | None = claimed
        if claimed.state is not State.FETCHING:
            moved = await self._desk.move(epoch, claimed, State.FETCHING)
        if moved is None:
            return None
        return await self._desk.extend(epoch, moved, self._desk.timings.fetch_lease)

    async def _fetch_failed(
        self, epoch: Epoch, fetching: Generation, report: TaskReport, error: ResultUnavailableError
    ) -> None:
        if not await self._tries_again(epoch, fetching, error):
            await self._desk.fail(
                epoch,
                fetching,
                FailureClass.RESULT_MISSING,
                detail=error.reason,
                cost=report.credits_consumed,
            )

    async def _tries_again(self, epoch: Epoch, fetching: Generation, error: ResultUnavailableError) -> bool:
        """Whether what could not be copied is tried once more; what is missing after the last time is missing."""
        logger.warning(
            "result was not copied",
            extra={"generation_id": fetching.id, "reason": error.reason, "host": error.host},
        )
        return await self._desk.count_fetch_failure(epoch, fetching)

    async def _wait_for_storage(
        self, epoch: Epoch, fetching: Generation, report: TaskReport, error: FilesUnavailableError
    ) -> None:
        """The result is there and paid; it is our own storage that takes nothing. The provider keeps it for a day."""
        timings, age = self._desk.timings, _age(fetching)
        logger.error(
            "our storage took no result", extra={"generation_id": fetching.id, "reason": error.reason}
        )
        if age <= timings.storage_limit:
            await self._desk.later(epoch, fetching, timings.storage_interval(age))
        else:
            await self._desk.fail(
                epoch,
                fetching,
                FailureClass.RESULT_MISSING,
                detail="our storage",
                cost=report.credits_consumed,
            )

    async def _miss(self, epoch: Epoch, claimed: Generation) -> None:
        """Right after creation a task may be unknown for a moment; later it is gone."""
        if _age(claimed) <= self._desk.timings.unknown_grace:
            await self._wait(epoch, claimed)
        elif await self._desk.fail(epoch, claimed, FailureClass.LOST) is not None:
            logger.error(
                "the provider lost a task", extra={"generation_id": claimed.id, "task_id": claimed.task_id}
            )

    async def _wait(self, epoch: Epoch, claimed: Generation, *, at_least: float = 0.0) -> None:
        timings = self._desk.timings
        age = _age(claimed)
        if age > timings.time_limits[claimed.produces]:
            await self._desk.fail(epoch, claimed, FailureClass.TIMEOUT)
        else:
            await self._desk.later(epoch, claimed, max(timings.poll_interval(age), at_least))


def _age(generation: Generation) -> float:
    """Seconds since the provider accepted the task."""
    since = generation.submitted_at or generation.created_at
    return (generation.seen_at - since).total_seconds()
