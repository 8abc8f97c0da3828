"""The provider's catalogue, looked at by the clock: the list every hour, each schema once a day."""

import logging
from collections.abc import Collection, Mapping, Sequence

from app.catalogue import Catalogue, ModelKey, ModelSpec
from app.db import Database, Epoch, Session
from app.generation.errors import TryLaterError
from app.generation.market import repository
from app.generation.market.comparison import (
    Comparison,
    compare_fields,
    compare_list,
    watched,
)
from app.generation.market.differences import Change, Loss
from app.generation.market.facts import Listed, NotListedError, ProviderList
from app.generation.market.known import Known
from app.jobs import Periodic
from app.money import rouble_cost
from app.offers import CostChange, Rates, RatesInForce, Suspensions

logger = logging.getLogger(__name__)

MARKET_LIST = Periodic("market.list", "23 * * * *")
MARKET_SCHEMAS = Periodic("market.schemas", "*/5 * * * *")

LOOKS_A_DAY = 24 * 12
_LOOK_SECONDS = 300
_MOST_ASKED = 10
"""Models that are missing from the list and asked for by name in one look; the others wait for the next."""

_OF_THE_LIST = frozenset({Change.NEW_MODEL, Change.GONE, Change.PRICE, Change.PRICE_UNREAD})
_OF_SCHEMAS = frozenset(Change) - _OF_THE_LIST


class MarketWatch:
    """A provider that cannot be asked changes nothing: what was found last holds."""

    def __init__(
        self,
        database: Database,
        provider: ProviderList,
        catalogue: Catalogue,
        known: Known,
        rates: RatesInForce,
    ) -> None:
        self._database = database
        self._provider = provider
        self._catalogue = catalogue
        self._known = known
        self._rates = rates
        self._suspensions = Suspensions()

    async def look_at_list(self, epoch: Epoch, _moment: int) -> None:
        """The job `market.list`: what would lose money or is gone is off sale when it ends."""
        try:
            listed = await self._provider.models()
            async with self._database.snapshot() as session:
                rates = await self._rates.read(session)
                off_sale = await self._suspensions.now(session)
            found = compare_list(self._catalogue, listed, self._known, rates)
            if found is None:
                logger.error("KIE's list of models is not believed", extra={"models": len(listed)})
                return
            known_gone = {it.model_key for it in off_sale if it.change is None}
            gone = await self._confirmed(found.gone, known_gone)
        except TryLaterError:
            logger.warning("KIE did not tell its models")
            return
        said = {it.id: it for it in listed}
        async with self._database.unit_of_work(epoch) as session:
            await self._write(session, found, gone, said, rates)

    async def look_at_schemas(self, epoch: Epoch, moment: int) -> None:
        """The job `market.schemas`: the next few models, so that a day sees them all."""
        for spec in _due(watched(self._catalogue), moment):
            try:
                fields = await self._provider.fields(spec.id)
            except NotListedError:
                continue  # the list tells
            except TryLaterError:
                logger.warning("KIE did not tell a schema", extra={"model": spec.key})
                return
            found = compare_fields(spec, fields, self._known)
            async with self._database.unit_of_work(epoch) as session:
                await repository.put_news(session, found, _OF_SCHEMAS, spec.key)

    async def _confirmed(
        self, missing: Sequence[ModelSpec], known: Collection[ModelKey]
    ) -> tuple[ModelSpec, ...]:
        """Those that the provider does not know by name either."""
        gone = [spec for spec in missing if spec.key in known]
        for spec in [it for it in missing if it.key not in known][:_MOST_ASKED]:
            try:
                await self._provider.fields(spec.id)
            except NotListedError:
                gone.append(spec)
        return tuple(gone)

    async def _write(
        self,
        session: Session,
        found: Comparison,
        gone: Sequence[ModelSpec],
        said: Mapping[str, Listed],
        rates: Rates,
    ) -> None:
        dearest = _dearest(found.losses)
        keys_gone = {spec.key for spec in gone}
        await repository.put_news(
            session,
            [it for it in found.differences if it.change is not Change.GONE or it.model in keys_gone],
            _OF_THE_LIST,
        )
        for loss in dearest.values():
            change = _cost_change(loss, said[loss.spec.id].price_words or "", rates)
            if await self._suspensions.begin(session, loss.spec, change):
                logger.error("a model would lose money and is off sale", extra={"model": loss.spec.key})
        for spec in gone:
            if await self._suspensions.begin(session, spec, None):
                logger.error("a model is gone at KIE and off sale", extra={"model": spec.key})
        for spec in found.listed:
            if spec.key not in dearest and await self._suspensions.end(session, spec.key, by_staff=False):
                logger.info("a model is sold again", extra={"model": spec.key})


def _dearest(losses: Sequence[Loss]) -> Mapping[ModelKey, Loss]:
    """By model the row that would lose most of its price."""
    by_part = sorted(losses, key=lambda it: it.part_lost)
    return {it.spec.key: it for it in by_part}


def _cost_change(loss: Loss, said: str, rates: Rates) -> CostChange:
    return CostChange(
        what=loss.what,
        asked=loss.asked,
        cost=loss.cost,
        price_kopecks=rates.of(loss.spec).price(loss.asked),
        cost_kopecks=rouble_cost(loss.cost, rates.usd_rub),
        said=said,
    )


def _due(models: Sequence[ModelSpec], moment: int) -> Sequence[ModelSpec]:
    """The slice of this moment (Unix time): slices of one day are all models."""
    size = -(-len(models) // LOOKS_A_DAY)
    first = moment // _LOOK_SECONDS % LOOKS_A_DAY * size
    return models[first : first + size]
