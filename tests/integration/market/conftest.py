"""A world beside KIE's own catalogue: what it lists is in the test's hand."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import pytest

from app.admin import Alert, AlertKind, AlertWatch
from app.db import Database, Epoch
from app.generation import TryLaterError
from app.generation.market import NOTHING, Fields, Known, Listed, MarketWatch, NotListedError
from app.offers import Rates, RatesInForce, Suspension, Suspensions
from tests.fakes import refuse_in_unit_of_work
from tests.integration.generation.world import World, make_world
from tests.unit.users.specs import CATALOGUE, CLIP

CLIP_WORDS = "A 5-second video costs 55 credits, a 10-second video costs 110 credits"


@dataclass
class FakeList:
    """`ProviderList`: lists our models as our files have them, but for what a test changes. Ids without a schema are
    gone; while `is_away` nothing is told."""

    prices: dict[str, str] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    fields_of: dict[str, Fields] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    is_away: bool = False

    async def models(self) -> tuple[Listed, ...]:
        refuse_in_unit_of_work()
        if self.is_away:
            raise TryLaterError(5.0)
        return tuple(
            Listed(it.id, it.name, "Maker", ("text-to-image",), self._words(it.key, it.prices[0].credits))
            for it in CATALOGUE.models
            if it.key not in self.missing
        )

    async def fields(self, model_id: str) -> Fields | None:
        refuse_in_unit_of_work()
        key = model_id.partition("/")[2]
        self.asked.append(key)
        if self.is_away:
            raise TryLaterError(5.0)
        if key in self.gone:
            raise NotListedError(model_id)
        return self.fields_of.get(key)

    def _words(self, key: str, credits_: object) -> str:
        return self.prices.get(key, CLIP_WORDS if key == CLIP else f"{credits_} credits per image")


@dataclass
class Market:
    """A world with its watch over KIE's catalogue, and what operators heard of it."""

    world: World
    rates: RatesInForce
    provider: FakeList
    alerts: list[Alert] = field(default_factory=list)
    known: Known = NOTHING

    async def look(self) -> None:
        """One look at the list."""
        await self._watch().look_at_list(self.world.epoch, 0)

    async def look_at_schemas(self, moment: int) -> None:
        """One look at the schemas of this moment."""
        await self._watch().look_at_schemas(self.world.epoch, moment)

    async def alert(self, alert: Alert) -> None:
        """`StaffAlerts`."""
        self.alerts.append(alert)

    async def told(self) -> list[tuple[AlertKind, list[str]]]:
        """What operators hear now that they have not heard before: kinds and details."""
        self.alerts.clear()
        await AlertWatch(self.world.database, self).look(self.world.epoch, 0)
        return [(it.kind, [cause.detail for cause in it.causes]) for it in self.alerts]

    async def off_sale(self) -> Sequence[Suspension]:
        """What is off sale."""
        async with self.world.database.snapshot() as session:
            return await Suspensions().now(session)

    def _watch(self) -> MarketWatch:
        """That of a process that has just been started."""
        return MarketWatch(self.world.database, self.provider, CATALOGUE, self.known, self.rates)


@pytest.fixture
async def market(database_url: str, database: Database, epoch: Epoch, rates: RatesInForce) -> Market:
    """Somebody with money stands in front of the shelf."""
    world = make_world(database_url, database, epoch)
    await world.person()
    return Market(world, rates, FakeList())


@pytest.fixture
def rates(database: Database) -> RatesInForce:
    """79 roubles for a dollar, twice the cost, until an operator says otherwise."""
    return RatesInForce(database, Rates(Decimal(79), Decimal(2)))
