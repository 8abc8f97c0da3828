"""From HELD to SUBMITTED: the one place that spends our credits."""

import logging
from dataclasses import dataclass, replace

from app.catalogue import Inputs
from app.db import Epoch, Session
from app.failpoints import FailPoint, reach
from app.generation import repository
from app.generation.desk import Desk, patiently
from app.generation.entities import Generation
from app.generation.errors import AmbiguousError, ProviderDownError, RefusedError, TryLaterError
from app.generation.ports import GenerationProvider
from app.generation.progress import Progress
from app.generation.states import FailureClass, Stage, State
from app.generation.tokens import CallbackUrls
from app.generation.turns import look_at_queue, wait
from app.generation.uploads import Uploads, files_in

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Request:
    """A claimed generation and its request as the provider gets it."""

    generation: Generation
    wire: Inputs


@dataclass(frozen=True)
class _Turn:
    """A waiting generation with its position, or one that is being submitted because its turn has come."""

    generation: Generation
    has_come: bool


class Starter:
    """The job `generation.start`. `creates_per_10s` bounds creations over all people and reigns.

    A person's files are uploaded while the generation is still HELD: a crash meanwhile only uploads again.
    """

    def __init__(
        self,
        desk: Desk,
        provider: GenerationProvider,
        progress: Progress,
        urls: CallbackUrls,
        uploads: Uploads,
        *,
        creates_per_10s: int,
    ) -> None:
        self._desk = desk
        self._provider = provider
        self._progress = progress
        self._urls = urls
        self._uploads = uploads
        self._limit = creates_per_10s

    async def start(self, epoch: Epoch, generation_id: int) -> None:
        """Asks the provider once. What it left unanswered is never asked again (see `checking`)."""
        timings = self._desk.timings
        async with self._desk.database.unit_of_work(epoch) as session:
            held = await repository.claim(
                session, generation_id, epoch, states=(State.HELD,), lease=timings.read_lease
            )
            # In the same unit: to the others it waits its turn until it has had it.
            turn = None if held is None or files_in(held) else await self._take_turn(session, held)
        if held is None:
            return
        if turn is not None:
            await self._send(epoch, turn, turn.generation.request)
            return
        async with self._desk.at_work(epoch, held):
            request = await self._request(epoch, held)
        if request is not None:
            await self._send_with_files(epoch, request)

    async def _send_with_files(self, epoch: Epoch, request: _Request) -> None:
        async with self._desk.at_work(epoch, request.generation):
            async with self._desk.database.unit_of_work(epoch) as session:
                turn = await self._take_turn(session, request.generation)
            await self._send(epoch, turn, request.wire)

    async def _send(self, epoch: Epoch, turn: _Turn, wire: Inputs) -> None:
        if turn.has_come:
            reach(FailPoint.SUBMITTING_WRITTEN)
            await self._create(epoch, turn.generation, wire)
        else:
            await self._progress.show(turn.generation, Stage.QUEUED)

    async def _take_turn(self, session: Session, claimed: Generation) -> _Turn:
        """HELD → SUBMITTING when its turn has come; else waits for it."""
        timings, window = self._desk.timings, self._desk.timings.creation_window
        queue = await look_at_queue(session, claimed.id, window=window, overdue=timings.overdue)
        seconds = wait(queue, limit=self._limit, window=window)
        if seconds is None:
            grace = timings.grace(reachable=self._urls.reachable)
            submitting = await repository.claim_submission(session, claimed, answer_within=grace)
            return _Turn(submitting or claimed, has_come=submitting is not None)
        await self._desk.wakeups.later(session, claimed, seconds)
        return _Turn(replace(claimed, position=queue.ahead), has_come=False)

    async def _create(self, epoch: Epoch, claimed: Generation, wire: Inputs) -> None:
        try:
            task_id = await self._provider.create(claimed.model_id, wire, self._urls.make(claimed.id))
        except RefusedError as error:
            await self._desk.fail(epoch, claimed, error.failure, detail=error.detail)
        except TryLaterError as error:
            await self._hold_again(epoch, claimed, error)
        except AmbiguousError:
            logger.warning("creation was not answered", extra={"generation_id": claimed.id})
        else:
            reach(FailPoint.TASK_ACCEPTED)
            await patiently(lambda: self._record(epoch, claimed, task_id))
            reach(FailPoint.TASK_RECORDED)
            await self._progress.show(claimed, Stage.SENT)

    async def _request(self, epoch: Epoch, held: Generation) -> _Request | None:
        """What is sent once the files are uploaded; None when that failed, was put off, or somebody else took over."""
        timings = self._desk.timings
        claimed = await self._desk.extend(epoch, held, timings.upload_lease)
        if claimed is None:
            return None
        try:
            return _Request(claimed, await self._uploads.wire(epoch, claimed))
        except RefusedError as error:
            await self._desk.fail(epoch, claimed, error.failure, detail=error.detail)
        except TryLaterError as error:
            failure = self._verdict(claimed, error)
            if failure is None:
                await self._desk.later(epoch, claimed, error.seconds)
            else:
                await self._desk.fail(epoch, claimed, failure)
        return None

    async def _hold_again(self, epoch: Epoch, claimed: Generation, error: TryLaterError) -> None:
        """The provider certainly has nothing of it: back to the queue, but not for ever."""
        timings = self._desk.timings
        failure = self._verdict(claimed, error)
        if failure is not None:
            await self._desk.fail(epoch, claimed, failure)
            return
        # Not before the window has passed: the row remembers only its last creation, and each one counts.
        seconds = max(error.seconds, timings.creation_window)
        async with self._desk.database.unit_of_work(epoch) as session:
            held = await repository.move(
                session, claimed, State.HELD, next_check_at=repository.in_seconds(seconds)
            )
            if held is not None:
                await self._desk.wakeups.wake(session, held)

    def _verdict(self, claimed: Generation, error: TryLaterError) -> FailureClass | None:
        """Why it is given up, once it has waited for its start as long as anything may; None while it has not."""
        timings = self._desk.timings
        is_down = isinstance(error, ProviderDownError)
        age = (claimed.seen_at - claimed.created_at).total_seconds()
        if age <= (timings.down_limit if is_down else timings.start_limit):
            return None
        return FailureClass.PROVIDER_DOWN if is_down else FailureClass.PROVIDER_BUSY

    async def _record(self, epoch: Epoch, claimed: Generation, task_id: str) -> None:
        async with self._desk.database.unit_of_work(epoch) as session:
            submitted = await repository.move(
                session,
                claimed,
                State.SUBMITTED,
                kie_task_id=task_id,
                submitted_at=repository.NOW,
                next_check_at=repository.in_seconds(self._desk.timings.poll_interval(0.0)),
            )
            if submitted is not None:
                await self._desk.wakeups.wake(session, submitted)
                return
            known = await repository.find(session, claimed.id)
        if known is None or known.task_id != task_id:
            # Its callback was quicker and is the usual reason to be here; then the ids agree.
            logger.error(
                "an accepted task belongs to no generation",
                extra={"generation_id": claimed.id, "task_id": task_id},
            )
