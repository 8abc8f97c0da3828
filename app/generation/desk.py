"""What every job works at: the short fenced units of work between two calls to the outside."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager
from decimal import Decimal
from typing import TypeVar

from app.db import Database, Epoch
from app.errors import FencedOutError, StorageBusyError, StorageUnavailableError
from app.failpoints import FailPoint, reach
from app.generation import repository
from app.generation.entities import Generation, StoredFile
from app.generation.purchase import Purchase
from app.generation.settlement import Settlement
from app.generation.states import FailureClass, State
from app.generation.timings import Timings
from app.generation.wakeups import Wakeups

T = TypeVar("T")

# What the outside did already is paid or sent: writing it down is worth waiting for the database to come back.
RECORDING_DELAYS = (0.2, 0.5, 1.0, 2.0, 4.0)

LAST_WORDS_SECONDS = 3.0
"""How long work that was cut off may take to give its claim back: whoever stops a worker waits no longer."""


async def patiently(unit: Callable[[], Awaitable[T]]) -> T:
    """One unit of work that changes nothing when it is done twice, again and again for some seconds of an outage.

    Raises what the last try raised.
    """
    for delay in RECORDING_DELAYS:
        try:
            return await unit()
        except (StorageUnavailableError, StorageBusyError):
            await asyncio.sleep(delay)
    return await unit()


class Desk:
    """Each method is one unit of work of the reign it is given; none of them calls the outside."""

    def __init__(
        self, database: Database, settlement: Settlement, wakeups: Wakeups, timings: Timings
    ) -> None:
        self.database = database
        self.settlement = settlement
        self.wakeups = wakeups
        self.timings = timings

    async def claim(
        self, epoch: Epoch, generation_id: int, states: Collection[State], lease: float, *, told: bool = True
    ) -> Generation | None:
        """Takes a due generation for `lease` seconds, a failed one only after (or before) the news of it.

        None when there is nothing to do for this job.
        """
        async with self.database.unit_of_work(epoch) as session:
            return await repository.claim(
                session, generation_id, epoch, states=states, lease=lease, told=told
            )

    @asynccontextmanager
    async def at_work(self, epoch: Epoch, claimed: Generation) -> AsyncIterator[None]:
        """Work under a claim. What breaks off gives the claim back, or nobody would go on until it runs out.

        The queue's own retry of the job, or the sweeper, begins again.
        """
        try:
            yield
        except FencedOutError:
            raise  # to the next reign our claims count for nothing
        except (Exception, asyncio.CancelledError):
            with contextlib.suppress(FencedOutError, StorageUnavailableError, StorageBusyError, TimeoutError):
                async with asyncio.timeout(LAST_WORDS_SECONDS):
                    await patiently(lambda: self._let_go(epoch, claimed))
            raise

    async def _let_go(self, epoch: Epoch, claimed: Generation) -> None:
        """Does nothing when the work moved it, or gave it back itself."""
        since = claimed.submitted_at or claimed.created_at
        seconds = self.timings.resume_after((claimed.seen_at - since).total_seconds())
        async with self.database.unit_of_work(epoch) as session:
            await repository.change(session, claimed, next_check_at=repository.in_seconds(seconds))

    async def capture(
        self, epoch: Epoch, claimed: Generation, files: tuple[StoredFile, ...], cost: Decimal | None
    ) -> None:
        """CAPTURED: the price is taken and the delivery queued; nothing when somebody else was quicker."""
        async with self.database.unit_of_work(epoch) as session:
            await self.settlement.capture(session, claimed, files, cost)

    async def look(self, generation_id: int) -> Generation | None:
        """As it is now; variants of one purchase as one (`Purchase.shown`)."""
        async with self.database.snapshot() as session:
            found = await repository.find(session, generation_id)
            if found is None or found.variants == 1:
                return found
            return Purchase(await repository.find_purchase(session, found.draft_id)).shown()

    async def later(self, epoch: Epoch, claimed: Generation, seconds: float) -> None:
        """Ends a claim without a move."""
        async with self.database.unit_of_work(epoch) as session:
            await self.wakeups.later(session, claimed, seconds)

    async def rest(self, epoch: Epoch, claimed: Generation) -> None:
        """Ends a claim for good: nothing is left to do."""
        async with self.database.unit_of_work(epoch) as session:
            await repository.change(session, claimed, next_check_at=None)

    async def fail(
        self,
        epoch: Epoch,
        claimed: Generation,
        failure: FailureClass,
        *,
        detail: str | None = None,
        cost: Decimal | None = None,
    ) -> Generation | None:
        """FAILED, the money back and the news queued, in one unit; None when somebody else was quicker."""
        async with self.database.unit_of_work(epoch) as session:
            failed = await self.settlement.fail(session, claimed, failure, detail=detail, cost=cost)
        if failed is not None:
            reach(FailPoint.FAILURE_RECORDED)
        return failed

    async def move(self, epoch: Epoch, claimed: Generation, to: State) -> Generation | None:
        """A move that touches neither the money nor the claim."""
        async with self.database.unit_of_work(epoch) as session:
            return await repository.move(session, claimed, to)

    async def extend(self, epoch: Epoch, claimed: Generation, seconds: float) -> Generation | None:
        """A longer claim; None when it was lost meanwhile."""
        async with self.database.unit_of_work(epoch) as session:
            return await repository.change(session, claimed, next_check_at=repository.in_seconds(seconds))

    async def count_fetch_failure(self, epoch: Epoch, claimed: Generation) -> bool:
        """One more result that could not be copied; False when that was the last try that the rule gives."""
        timings = self.timings
        failures = claimed.failures + 1
        if failures >= timings.fetch_attempts:
            return False
        async with self.database.unit_of_work(epoch) as session:
            counted = await repository.change(session, claimed, failures=failures)
            if counted is not None:
                await self.wakeups.later(session, counted, timings.fetch_retry * 2 ** (failures - 1))
        return True
