"""A messenger that keeps what it was asked to send."""

import asyncio
from collections import deque
from collections.abc import Awaitable
from dataclasses import dataclass, field, replace

from app.generation import Delivery, Generation, Stage, State
from app.ledger import Balance
from app.money import Kopecks
from tests.fakes.outside import refuse_in_unit_of_work


@dataclass(frozen=True)
class Told:
    """The news of one failure."""

    generation: Generation
    returned: Kopecks
    balance: Balance


@dataclass
class FakeNotifier:
    """Everything arrives, unless a test queued an error for the next calls."""

    troubles: deque[Exception] = field(default_factory=deque)
    """Raised by the next calls of `deliver` and `failed`, which then send nothing."""
    nothing_left: bool = False
    """When true our copies of the results are gone, so nothing is sent."""
    progress_trouble: Exception | None = None
    """Raised by each call of `progress`."""
    delivered: list[Generation] = field(default_factory=list)
    balances: list[Balance | None] = field(default_factory=list)
    """What `delivered` were told that the person has."""
    originals: list[Generation] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    lost: list[Generation] = field(default_factory=list)
    """Those of which the person was told that nothing is left."""
    shown: list[tuple[int, Stage]] = field(default_factory=list)
    places: list[int | None] = field(default_factory=list)
    """The places in the queue that `shown` told."""
    drawn_in: list[int | None] = field(default_factory=list)
    """The messages that `shown` edited."""
    ended: list[tuple[int | None, State]] = field(default_factory=list)
    """The progress messages that got their last form."""
    sending: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when a delivery is on its way."""
    arriving: asyncio.Event = field(default_factory=asyncio.Event)
    """Cleared by a test that wants deliveries held back."""

    meanwhile: Awaitable[object] | None = None
    """Awaited while the next delivery is on its way."""

    def __post_init__(self) -> None:
        self.arriving.set()

    async def progress(self, generation: Generation, stage: Stage) -> None:
        refuse_in_unit_of_work()
        if self.progress_trouble is not None:
            raise self.progress_trouble
        self.shown.append((generation.id, stage))
        self.places.append(generation.position)
        self.drawn_in.append(generation.progress_message_id)

    async def deliver(self, generation: Generation, balance: Balance | None = None) -> Delivery:
        refuse_in_unit_of_work()
        if self.troubles:
            raise self.troubles.popleft()
        self.sending.set()
        await self.arriving.wait()
        if self.meanwhile is not None:
            meanwhile, self.meanwhile = self.meanwhile, None
            await meanwhile
        if self.nothing_left:
            return Delivery((), generation.results)
        self.delivered.append(generation)
        self.balances.append(balance)
        message_id = 1000 + len(self.delivered)
        sent = (replace(it, telegram_file_id=f"file-{n}") for n, it in enumerate(generation.results))
        return Delivery((message_id,), tuple(sent))

    async def original(self, generation: Generation) -> Delivery:
        refuse_in_unit_of_work()
        if self.troubles:
            raise self.troubles.popleft()
        self.originals.append(generation)
        sent = (replace(it, original_file_id=f"doc-{n}") for n, it in enumerate(generation.results))
        return Delivery((2000 + len(self.originals),), tuple(sent))

    async def failed(self, generation: Generation, returned: Kopecks, balance: Balance) -> None:
        refuse_in_unit_of_work()
        if self.troubles:
            raise self.troubles.popleft()
        self.told.append(Told(generation, returned, balance))

    async def end_progress(self, generation: Generation) -> None:
        refuse_in_unit_of_work()
        self.ended.append((generation.progress_message_id, generation.state))

    async def gone(self, generation: Generation) -> None:
        refuse_in_unit_of_work()
        if self.troubles:
            raise self.troubles.popleft()
        self.lost.append(generation)
