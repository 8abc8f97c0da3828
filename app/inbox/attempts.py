"""One event and its handler: tries, delays, parking."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.db import Database, Epoch
from app.errors import FencedOutError, StorageUnavailableError
from app.failpoints import FailPoint, reach
from app.inbox import repository
from app.inbox.errors import MalformedEventError
from app.inbox.events import Event, EventHandler
from app.inbox.repository import Claimed
from app.observability import Mask, trace_of

logger = logging.getLogger(__name__)

TRACE_CHARACTERS = 8000


@dataclass(frozen=True)
class Pace:
    """The consumer's bounds; durations in seconds.

    At most `lanes` events are in memory, each one of another lane and with its handler at work, so that a death is
    blamed on none that only waited (`make bench-lanes` compares numbers); a claim looks through `scan` rows at a
    time. `retry_delays` add up to ten seconds at most.

    An event that was claimed `careful_from` times without an end is suspected of ending the process. Deaths from
    outside make many such suspects, so it is not alone at once: of those that are suspected of one more death at most
    as many as the next of `companies` run side by side, and twice that many hold lanes. One that is suspected of more
    deaths than there are companies is parked unseen. A guilty one costs eight deaths by these numbers; an innocent
    one must have been at work at each of eight. With five, and with blame for each reign that ended while its process
    lived on, half an hour of kills every ten seconds parked 19 innocent ones of 11,000.
    """

    lanes: int = 96
    scan: int = 1000
    poll: float = 1.0
    retry_delays: tuple[float, ...] = (0.2, 0.5, 1.3, 3.0, 5.0)
    storage_delay: float = 0.5
    handler_seconds: float = 60.0
    careful_from: int = 2
    companies: tuple[int, ...] = (8, 4, 2, 1, 1, 1)

    @property
    def claims(self) -> int:
        """How often an event may be claimed."""
        return self.careful_from + len(self.companies)


@dataclass(frozen=True, eq=False, slots=True)
class Ended:
    """An end on its way into the table, a dead letter's with its trace; `committed` is set when it is there."""

    event_id: int
    error: str | None
    committed: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a try failed; `final` when another one cannot go better: the event itself makes no sense."""

    trace: str
    final: bool = False


class Attempts:
    """Runs events and collects how they ended; `wake` is called when there is something to mark."""

    def __init__(
        self,
        database: Database,
        handlers: Mapping[str, EventHandler],
        epoch: Epoch,
        pace: Pace,
        *,
        mask: Mask,
        wake: Callable[[], None],
    ) -> None:
        self.ended: list[Ended] = []
        self.blamed: set[int] = set()
        """Events that would be blamed if this process came to its end now."""
        self._database = database
        self._handlers = handlers
        self._epoch = epoch
        self._pace = pace
        self._mask = mask
        self._wake = wake
        self._stopping = False
        # Whoever runs alone does so among all degrees that run alone.
        self._companies = {size: asyncio.Semaphore(size) for size in pace.companies}

    def stop(self) -> None:
        """No try begins any more; what failed stays new for the next reign."""
        self._stopping = True

    def forget(self, committed: Sequence[Ended]) -> None:
        """The first of `ended` are committed."""
        del self.ended[: len(committed)]
        for end in committed:
            self.blamed.discard(end.event_id)
            end.committed.set()

    async def run(self, claimed: Claimed) -> None:
        """Brings one event to its end; raises FencedOutError when the reign is over."""
        if not claimed.suspect:
            await self._run(claimed.event)
            return
        async with self._company_of(claimed.event):
            if not self._stopping:
                await self._run_suspect(claimed.event)

    def _company_of(self, suspect: Event) -> asyncio.Semaphore:
        sizes = self._pace.companies
        degree = suspect.attempt - self._pace.careful_from - 1
        return self._companies[sizes[min(degree, len(sizes) - 1)]]

    async def _run_suspect(self, event: Event) -> None:
        """Counts the attempt on disk just before it begins, so that the count survives the process.

        The next suspect waits for the mark: one that ended well must not be counted again for another's death.
        """
        async with self._database.unit_of_work(self._epoch) as session:
            allowed = await repository.claim_one(session, event.id, most=self._pace.claims)
        if allowed:
            self.blamed.add(event.id)
            end = await self._run(event)
            if end is not None:
                await end.committed.wait()
        else:
            await self._park(event, f"claimed {self._pace.claims} times, ended the process each time")

    async def _run(self, event: Event) -> Ended | None:
        """How it ended; None when the process stops before it could end."""
        reach(FailPoint.EVENT_CLAIMED)
        failure = await self._try(event)
        for delay in self._pace.retry_delays:
            if failure is None or failure.final or self._stopping:
                break
            await asyncio.sleep(delay)
            event = replace(event, attempt=event.attempt + 1)
            failure = await self._try(event)
        if failure is None:
            reach(FailPoint.EVENT_NOT_MARKED)
            return self._end(event, None)
        return None if self._stopping else await self._park(event, failure.trace)

    def _end(self, event: Event, error: str | None) -> Ended:
        end = Ended(event.id, error)
        self.ended.append(end)
        self._wake()
        return end

    async def _try(self, event: Event) -> Failure | None:
        """None when the handler is through. While storage is away nothing counts as a try."""
        waits = False
        while True:
            try:
                async with asyncio.timeout(self._pace.handler_seconds):
                    await self._handlers[event.source].handle(await self._fresh(event), self._epoch)
            except FencedOutError:
                raise
            except StorageUnavailableError as error:
                if self._stopping:
                    return Failure(str(error))
                if not waits:
                    logger.warning("an event waits for storage", extra=_facts(event) | {"reason": str(error)})
                waits = True
                await asyncio.sleep(self._pace.storage_delay)
                event = replace(event, attempt=event.attempt + 1)
            except Exception as error:
                logger.warning("an event's handler failed", extra=_facts(event), exc_info=error)
                return Failure(self._trace(error), final=isinstance(error, MalformedEventError))
            else:
                return None

    def _trace(self, error: Exception) -> str:
        """What is kept of it, without secrets and what people said; masked, then cut: half a secret is not known."""
        whole = self._mask(trace_of(error))
        return whole[-TRACE_CHARACTERS:].replace("\0", "")

    async def _fresh(self, event: Event) -> Event:
        """The event as it is now: an earlier try of this reign may have committed before it failed."""
        if event.attempt == 1 or event.applied:
            return event
        async with self._database.snapshot() as session:
            return replace(event, applied=await repository.is_applied(session, event.id))

    async def _park(self, event: Event, error: str) -> Ended:
        parked = self._end(event, error)
        await parked.committed.wait()
        logger.error("an event is parked as a dead letter", extra=_facts(event))
        try:
            async with asyncio.timeout(self._pace.handler_seconds):
                await self._handlers[event.source].give_up(event, self._epoch)
        except FencedOutError:
            raise
        except Exception:
            logger.exception("giving an event up failed", extra=_facts(event))
        return parked


def _facts(event: Event) -> dict[str, object]:
    return {"event_id": event.id, "source": event.source, "lane": event.lane, "attempt": event.attempt}
