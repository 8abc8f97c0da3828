"""From CAPTURED to DELIVERED or KEPT, and the news of a failure: what is sent without a tap just before."""

import logging
from dataclasses import replace

from app.db import Epoch
from app.failpoints import FailPoint, reach
from app.generation import repository
from app.generation.desk import Desk, patiently
from app.generation.entities import Generation, StoredFile
from app.generation.errors import AmbiguousError, TryLaterError, UnreachablePersonError
from app.generation.ports import Delivery, Notifier
from app.generation.progress import Progress
from app.generation.results.stored import as_json
from app.generation.states import WATCHED, State
from app.ledger import Balance, Ledger

logger = logging.getLogger(__name__)

DELIVERABLE = frozenset({State.CAPTURED, State.LATE})


class Deliverer:
    """The job `generation.deliver`: sends a stored result. At worst a second copy, never none."""

    def __init__(self, desk: Desk, notifier: Notifier, progress: Progress, ledger: Ledger) -> None:
        self._desk = desk
        self._notifier = notifier
        self._progress = progress
        self._ledger = ledger

    async def deliver(self, epoch: Epoch, generation_id: int) -> None:
        """Sends once; what Telegram refuses for now is tried again for as long as it takes."""
        claimed = await self._claim(epoch, generation_id)
        if claimed is None:
            return
        if claimed.failures > self._desk.timings.delivery_attempts:
            logger.error("result is kept, sending it ends badly", extra={"generation_id": claimed.id})
            await self._end(epoch, claimed, None)
            return
        reach(FailPoint.DELIVERY_CLAIMED)
        async with self._desk.at_work(epoch, claimed):
            await self._send(epoch, claimed)

    async def _send(self, epoch: Epoch, claimed: Generation) -> None:
        try:
            delivery = await self._notifier.deliver(claimed, await self._balance(claimed))
        except UnreachablePersonError:
            await self._end(epoch, claimed, None)
        except TryLaterError as error:
            await self._put_off(epoch, claimed, error.seconds)
        except AmbiguousError:
            # It counts, and it is tried less and less often: each time may have been a copy.
            wait = self._desk.timings.delivery_retry * 4 ** (claimed.failures - 1)
            await self._desk.later(epoch, claimed, wait)
        else:
            reach(FailPoint.RESULT_SENT)
            if delivery.message_ids:
                await self._end(epoch, claimed, delivery)
            else:
                await self._seek(epoch, claimed)

    async def _balance(self, claimed: Generation) -> Balance | None:
        """What the person has now, where it has to be said: a part of the price came back."""
        if claimed.returned == 0:
            return None
        async with self._desk.database.snapshot() as session:
            return await self._ledger.balance(session, claimed.user_id)

    async def _claim(self, epoch: Epoch, generation_id: int) -> Generation | None:
        """Just before sending: what happens outside cannot be fenced, so a woken zombie sends at most once."""
        async with self._desk.database.unit_of_work(epoch) as session:
            claimed = await repository.claim(
                session, generation_id, epoch, states=DELIVERABLE, lease=self._desk.timings.send_lease
            )
            return None if claimed is None else await repository.claim_delivery(session, claimed)

    async def _put_off(self, epoch: Epoch, claimed: Generation, seconds: float) -> None:
        """Certainly nothing was sent, so it does not count."""
        async with self._desk.database.unit_of_work(epoch) as session:
            uncounted = await repository.change(session, claimed, failures=claimed.failures - 1)
            if uncounted is not None:
                await self._desk.wakeups.later(session, uncounted, seconds)

    async def _end(self, epoch: Epoch, claimed: Generation, delivery: Delivery | None) -> None:
        """Records what was sent, or (None) that the result is kept for History."""
        ended = await patiently(lambda: self._record(epoch, claimed, delivery))
        if ended is not None:
            reach(FailPoint.DELIVERY_RECORDED)
            await self._progress.end(ended)
            logger.info("generation ended", extra={"generation_id": ended.id, "state": ended.state.value})

    async def _record(
        self, epoch: Epoch, claimed: Generation, delivery: Delivery | None
    ) -> Generation | None:
        changes = repository.Changes(next_check_at=None)
        async with self._desk.database.unit_of_work(epoch) as session:
            if delivery is not None:
                now = await repository.lock(session, claimed.id)
                changes["message_ids"] = list(delivery.message_ids)
                changes["results"] = [as_json(it) for it in _with_originals(delivery.files, now)]
            if claimed.state is State.LATE:
                return await repository.change(session, claimed, **changes)
            target = State.KEPT if delivery is None else State.DELIVERED
            return await repository.move(session, claimed, target, **changes)

    async def _seek(self, epoch: Epoch, claimed: Generation) -> None:
        """Our copy is gone before it was sent: that is no delivery. The provider may have it still."""
        logger.error("nothing of a result is left to be sent", extra={"generation_id": claimed.id})
        async with self._desk.database.unit_of_work(epoch) as session:
            if claimed.state is State.LATE:
                await repository.change(session, claimed, next_check_at=None)
                return
            kept = await repository.move(session, claimed, State.KEPT, next_check_at=repository.NOW)
            if kept is not None:
                await self._desk.wakeups.wake(session, kept)


def _with_originals(files: tuple[StoredFile, ...], now: Generation | None) -> list[StoredFile]:
    """What was sent, with the documents that a tap had sent meanwhile."""
    known = {} if now is None else {it.path: it.original_file_id for it in now.results}
    return [replace(it, original_file_id=it.original_file_id or known.get(it.path)) for it in files]


class Teller:
    """The job `generation.tell`: says that a generation failed and that its money is back."""

    def __init__(self, desk: Desk, notifier: Notifier, progress: Progress, ledger: Ledger) -> None:
        self._desk = desk
        self._notifier = notifier
        self._progress = progress
        self._ledger = ledger

    async def tell(self, epoch: Epoch, generation_id: int) -> None:
        """Tells once; a person who cannot be reached counts as told."""
        lease = self._desk.timings.send_lease
        claimed = await self._desk.claim(epoch, generation_id, (State.FAILED,), lease, told=False)
        if claimed is not None:
            async with self._desk.at_work(epoch, claimed):
                await self._tell(epoch, claimed)

    async def _tell(self, epoch: Epoch, claimed: Generation) -> None:
        async with self._desk.database.snapshot() as session:
            balance = await self._ledger.balance(session, claimed.user_id)
        try:
            await self._notifier.failed(claimed, claimed.price, balance)
        except UnreachablePersonError:
            logger.info("person cannot be told", extra={"generation_id": claimed.id})
        except TryLaterError as error:
            await self._desk.later(epoch, claimed, error.seconds)
            return
        except AmbiguousError:
            await self._desk.later(epoch, claimed, self._desk.timings.delivery_retry)
            return
        reach(FailPoint.FAILURE_TOLD)
        told = await patiently(lambda: self._record(epoch, claimed))
        if told is not None:
            await self._progress.end(told)

    async def _record(self, epoch: Epoch, claimed: Generation) -> Generation | None:
        async with self._desk.database.unit_of_work(epoch) as session:
            told = await repository.change(session, claimed, told_at=repository.NOW)
            if told is None:
                return None
            if told.failure in WATCHED and (told.task_id or told.hinted_task_id) is not None:
                delay = 0.0 if told.task_id is None else self._desk.timings.late_interval
                await self._desk.wakeups.later(session, told, delay)
            else:
                await repository.change(session, told, next_check_at=None)
            return told
