"""Where texts are improved: a world with a text model, a provider that writes, and somebody who is shown the end."""

from dataclasses import dataclass
from decimal import Decimal

from app.catalogue import Catalogue
from app.db import Database
from app.generation import (
    FreeImprovements,
    Improvement,
    ImprovementMoney,
    ImprovementNeighbours,
    Improvements,
    ImprovementWish,
    Improver,
    NotImproved,
)
from app.jobs import JobQueue
from app.ledger import Corrections
from app.money import Kopecks
from app.offers import Rates, RatesInForce
from app.users import Draft
from tests.fakes.writer import FakeImprovementNews, FakeWriter
from tests.integration.generation.world import World
from tests.unit.generation.test_improving_texts import WRITER
from tests.unit.users.specs import CATALOGUE

A_DAY = 3
"""Improvements for nothing."""

PRICE = Kopecks(500)
TEXTS = Catalogue((*CATALOGUE.models, *CATALOGUE.withdrawn), (WRITER,))


@dataclass
class Parlour:
    """Improvements over a world."""

    world: World
    improvements: Improvements
    improver: Improver
    writer: FakeWriter
    news: FakeImprovementNews

    async def ask(
        self, draft: Draft, *, after: int = 0, price: Kopecks | None = None
    ) -> Improvement | NotImproved:
        """A tap on the button of the draft's newest screen."""
        now = await self.world.drafts.get(draft.user_id, draft.id)
        assert now is not None
        said = self.improvements.price() if price is None else price
        wish = ImprovementWish(draft.user_id, draft.user_id, draft.id, now.revision, after, said)
        return await self.improvements.ask(await self.world.next_step(), wish)

    async def asked(self, draft: Draft, *, after: int = 0) -> Improvement:
        """One that is worked on."""
        improvement = await self.ask(draft, after=after)
        assert isinstance(improvement, Improvement)
        return improvement

    async def improve(self, improvement: Improvement) -> Improvement:
        """Runs its job."""
        await self.improver.improve(self.world.epoch, improvement.id)
        return await self.now(improvement)

    async def now(self, improvement: Improvement) -> Improvement:
        """As it is in the database."""
        found = await self.improvements.get(improvement.user_id, improvement.id)
        assert found is not None
        return found


def open_parlour(world: World, database: Database, *, price: Kopecks = Kopecks(0)) -> Parlour:  # noqa: B008 - an int
    """At this price, 0 = for nothing."""
    rates = RatesInForce(database, Rates(Decimal(79), Decimal(2), improvement=price))
    near = ImprovementNeighbours(world.users, world.drafts, TEXTS, rates, world.gate)
    money = ImprovementMoney(world.ledger, Corrections())
    rule = FreeImprovements("Europe/Moscow", per_day=A_DAY)
    writer, news, queue = FakeWriter(), FakeImprovementNews(), JobQueue()
    return Parlour(
        world,
        Improvements(database, near, money, queue, rule),
        Improver(database, TEXTS, world.drafts, money, writer, news, queue),
        writer,
        news,
    )
