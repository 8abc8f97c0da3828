"""A text provider whose answers a test decides, and somebody who is shown improvements."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from decimal import Decimal

from app.catalogue import TextModel
from app.db import Epoch
from app.generation import Improvement, TextAnswer
from tests.fakes.outside import refuse_in_unit_of_work

ENOUGH = Decimal("0.1")
"""Credits that an answer takes."""


async def nothing() -> None:
    """Does not happen."""


@dataclass
class FakeWriter:
    """Answers with `answer`, or raises what a test put in."""

    answer: TextAnswer = field(default_factory=lambda: TextAnswer("a regal cat", credits=ENOUGH))
    refusals: deque[Exception] = field(default_factory=deque)
    asked: list[tuple[str, str]] = field(default_factory=list)
    """The instruction and the text of each call."""
    meanwhile: Callable[[], Awaitable[None]] = nothing
    """What happens elsewhere while it writes."""

    async def write(self, model: TextModel, instruction: str, text: str) -> TextAnswer:
        refuse_in_unit_of_work()
        self.asked.append((instruction, text))
        await self.meanwhile()
        await asyncio.sleep(0)
        if self.refusals:
            raise self.refusals.popleft()
        return self.answer


@dataclass
class FakeImprovementNews:
    """Keeps what it was to show."""

    shown: list[Improvement] = field(default_factory=list)
    troubles: deque[Exception] = field(default_factory=deque)

    async def show(self, epoch: Epoch, improvement: Improvement) -> None:
        refuse_in_unit_of_work()
        if self.troubles:
            raise self.troubles.popleft()
        self.shown.append(improvement)
