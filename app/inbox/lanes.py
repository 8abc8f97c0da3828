"""One reign's work on the inbox: claim, run lanes side by side, mark."""

import asyncio
import logging
import time
from collections.abc import Mapping, Sequence

from app.db import Database, Epoch
from app.errors import FencedOutError, StorageUnavailableError
from app.inbox import repository
from app.inbox.attempts import Attempts, Ended, Pace
from app.inbox.events import EventHandler
from app.inbox.repository import Claimed
from app.observability import Mask

logger = logging.getLogger(__name__)

LAST_WORDS_SECONDS = 1.0


class Shift:
    """Claims and marks share one unit of work, begun again as soon as there is something for it.

    So what finished meanwhile is marked in one statement, and one commit serves many events.
    """

    def __init__(
        self,
        database: Database,
        handlers: Mapping[str, EventHandler],
        epoch: Epoch,
        pace: Pace,
        mask: Mask,
    ) -> None:
        self._database = database
        self._epoch = epoch
        self._pace = pace
        self._attempts = Attempts(database, handlers, epoch, pace, mask=mask, wake=self.wake)
        self._bell = asyncio.Event()
        self._over = asyncio.Event()
        self._limit = asyncio.timeout(None)
        self._stopping = False
        self._leaving = False
        self._fenced = False
        self._lanes: dict[str, asyncio.Task[None]] = {}
        self._open: dict[int, str] = {}  # events claimed and not yet marked, with their lanes
        self._suspects = 0

    @property
    def blamed(self) -> frozenset[int]:
        """After the end: events that were at work, and whose innocence could not be written down."""
        return frozenset(self._attempts.blamed)

    def wake(self) -> None:
        """There is something to do."""
        self._bell.set()

    async def stop(self, drain: float) -> None:
        """Ends the shift; returns when `work` has ended."""
        self._stopping = True
        self._attempts.stop()
        if not (self._leaving or self._limit.expired()):
            self._limit.reschedule(asyncio.get_running_loop().time() + drain)
        self.wake()
        await self._over.wait()

    async def work(self) -> bool:
        """Works until stopped; True when the reign turned out to be over."""
        try:
            async with self._limit:
                while not self._fenced and not (self._stopping and not self._lanes):
                    self._bell.clear()
                    await self._cycle()
                    await self._pause()
        except TimeoutError:
            logger.warning("handlers in flight are cancelled", extra={"lanes": len(self._lanes)})
        except FencedOutError:
            self._fenced = True
        finally:
            self._leaving = True
            try:
                await self._leave()
            finally:  # whoever stops us waits for this, whatever happened
                self._over.set()
        return self._fenced

    async def _pause(self) -> None:
        try:
            async with asyncio.timeout(self._pace.poll):
                await self._bell.wait()
        except TimeoutError:
            return

    async def _cycle(self) -> None:
        try:
            self._start_lanes(await self._mark_and_claim())
        except FencedOutError:
            raise
        except StorageUnavailableError:
            logger.warning("the inbox cannot be reached")
            await asyncio.sleep(self._pace.storage_delay)
        except Exception:
            logger.exception("the inbox cannot be worked")
            await asyncio.sleep(self._pace.storage_delay)

    async def _mark_and_claim(self) -> Sequence[Claimed]:
        room = self._room()
        ended = list(self._attempts.ended)
        if room.events <= 0 and not ended:
            return ()
        claimed: Sequence[Claimed] = ()
        async with self._database.unit_of_work(self._epoch) as session:
            await repository.settle(session, [(it.event_id, it.error) for it in ended])
            if room.events > 0:
                claimed = await repository.claim(session, room=room, busy=self._busy(ended))
        self._attempts.forget(ended)
        for it in ended:
            self._open.pop(it.event_id, None)
        return claimed

    def _room(self) -> repository.Room:
        pace = self._pace
        free = 0 if self._stopping else pace.lanes - len(self._lanes)
        # They wait for each other: the lanes are for whoever need not.
        suspects = max(0, 2 * sum(pace.companies) - self._suspects)
        return repository.Room(events=free, suspects=suspects, scan=pace.scan, careful_from=pace.careful_from)

    def _busy(self, marked: Sequence[Ended]) -> set[str]:
        """Lanes that run, or have an event that even this unit of work does not mark."""
        ended = {it.event_id for it in marked}
        return {*self._lanes, *(lane for event_id, lane in self._open.items() if event_id not in ended)}

    def _start_lanes(self, claimed: Sequence[Claimed]) -> None:
        # Suspects of one degree wait for each other in this order. Who was tried least goes first: were it the oldest,
        # a process that is killed again and again would bring all the blame on one innocent event.
        for it in sorted(claimed, key=lambda it: it.event.attempt):
            self._open[it.event.id] = it.event.lane_key
            self._suspects += it.suspect
            if not it.suspect:
                self._attempts.blamed.add(it.event.id)
            self._lanes[it.event.lane_key] = asyncio.create_task(self._run(it))

    async def _run(self, claimed: Claimed) -> None:
        event, ended = claimed.event, False
        try:
            if not self._stopping:
                await self._attempts.run(claimed)
                ended = True
        except FencedOutError:
            self._fenced = True
        except Exception:
            logger.exception("a lane broke off", extra={"lane": event.lane_key})
        finally:
            if not ended:  # it is new in the table and will be claimed again
                self._open.pop(event.id, None)
            del self._lanes[event.lane_key]
            self._suspects -= claimed.suspect
            self.wake()

    async def _leave(self) -> None:
        """Cancels what still runs and writes down the last results, as far as the reign lets us.

        None of what is left has ended this process, so nothing is blamed on it.
        """
        running = list(self._lanes.values())
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        ended, blamed = self._attempts.ended, self._attempts.blamed
        if self._fenced or not (ended or blamed):
            return
        started = time.monotonic()
        try:
            async with (
                asyncio.timeout(LAST_WORDS_SECONDS),
                self._database.unit_of_work(self._epoch) as session,
            ):
                await repository.settle(session, [(it.event_id, it.error) for it in ended])
                await repository.unclaim(session, blamed)
            blamed.clear()
        except (FencedOutError, StorageUnavailableError, TimeoutError):
            logger.warning(
                "the last results stay unmarked", extra={"seconds": round(time.monotonic() - started, 3)}
            )
