"""The look at KIE's list: what would lose money is off sale at once, operators hear of it once, nothing is held."""

import asyncio
from dataclasses import replace
from decimal import Decimal

from app.admin import AlertKind
from app.generation import OffSale, Refused, Submitted
from app.generation.market import Change, Field
from app.money import Kopecks
from app.offers import SuspensionCause
from tests.integration.generation.world import PRICE
from tests.integration.market.conftest import Market
from tests.unit.users.specs import CATALOGUE, CLIP, PICTURE

DEAR = "A 5-second video costs 165 credits, a 10-second video costs 110 credits"
CHEAP = "A 5-second video costs 109 credits, a 10-second video costs 110 credits"
COST = Kopecks(6518)
"""165 credits x 0.005 USD x 79, rounded up."""


async def test_nothing_happens_while_everything_is_as_our_files_say(market: Market) -> None:
    await market.look()
    assert await market.off_sale() == []
    assert await market.told() == []
    assert isinstance(
        await market.world.submit(await market.world.confirmation(await market.world.draft(7))), Submitted
    )


async def test_an_old_quote_of_a_model_whose_cost_rose_is_refused_and_nothing_is_held(market: Market) -> None:
    world = market.world
    confirmation = await world.confirmation(await world.draft(7))
    before = await world.balance()
    market.provider.prices[CLIP] = DEAR
    await market.look()
    outcome = await world.submit(confirmation)
    assert isinstance(outcome, Refused)
    assert outcome.card.refusal == OffSale()
    assert await world.balance() == before
    assert await world.count("SELECT count(*) FROM generation") == 0
    assert await world.findings() == []


async def test_the_mark_has_both_numbers_of_the_row_that_loses(market: Market) -> None:
    market.provider.prices[CLIP] = DEAR
    await market.look()
    (it,) = await market.off_sale()
    assert (it.model_key, it.cause) == (CLIP, SuspensionCause.COST)
    assert it.change is not None
    assert (it.change.asked, it.change.cost) == (Decimal(55), Decimal(165))
    assert (it.change.price_kopecks, it.change.cost_kopecks) == (PRICE, COST)
    assert it.change.what == "duration 5, per_task"
    assert it.change.said == DEAR


async def test_only_the_model_that_loses_is_off_sale_and_the_shelf_says_so(market: Market) -> None:
    market.provider.prices[CLIP] = DEAR
    await market.look()
    standing = await market.world.gate.standings.now([CLIP, PICTURE])
    assert standing.closed is None
    assert standing.resting == {CLIP: OffSale()}


async def test_a_cost_that_the_price_still_pays_for_is_told_and_sold(market: Market) -> None:
    market.provider.prices[CLIP] = CHEAP
    await market.look()
    assert await market.off_sale() == []
    assert await market.told() == [(AlertKind.MARKET_CHANGED, ["price|duration 5, per_task|55|109|Clip"])]


async def test_operators_are_told_once_however_often_and_by_whomever_it_is_found(market: Market) -> None:
    market.provider.prices[CLIP] = DEAR
    await asyncio.gather(*(market.look() for _ in range(4)))
    assert len(await market.off_sale()) == 1
    line = f"cost|duration 5, per_task|{PRICE}|{COST}|Clip"
    assert await market.told() == [(AlertKind.MODEL_OFF_SALE, [line])]
    await market.look()
    assert await market.told() == []


async def test_a_model_returns_by_itself_when_its_price_is_right_again(market: Market) -> None:
    market.provider.prices[CLIP] = DEAR
    await market.look()
    await market.told()
    del market.provider.prices[CLIP]
    await market.look()
    assert await market.off_sale() == []
    assert await market.told() == [(AlertKind.MODEL_SOLD_AGAIN, ["sold||||Clip"])]
    world = market.world
    assert isinstance(await world.submit(await world.confirmation(await world.draft(7))), Submitted)
    market.provider.prices[CLIP] = DEAR
    await market.look()
    assert [kind for kind, _ in await market.told()] == [AlertKind.MODEL_OFF_SALE]


async def test_a_markup_that_pays_for_the_cost_brings_the_model_back(market: Market) -> None:
    market.provider.prices[CLIP] = DEAR
    await market.look()
    async with market.world.database.unit_of_work(market.world.epoch) as session:
        rates = await market.rates.lock(session)
        await market.rates.put(session, replace(rates, markup=rates.markup * 2))
    await market.look()
    assert await market.off_sale() == []


async def test_a_model_that_kie_does_not_know_by_name_either_is_gone(market: Market) -> None:
    market.provider.missing.add(CLIP)
    await market.look()
    assert await market.off_sale() == []
    market.provider.gone.add(CLIP)
    await market.look()
    (it,) = await market.off_sale()
    assert (it.model_key, it.cause) == (CLIP, SuspensionCause.GONE)
    assert await market.told() == [(AlertKind.MODEL_OFF_SALE, ["gone||0|0|Clip"])]
    market.provider.missing.clear()
    await market.look()
    assert await market.off_sale() == []


async def test_a_list_that_cannot_be_read_or_believed_changes_nothing(market: Market) -> None:
    market.provider.prices[CLIP] = DEAR
    await market.look()
    market.provider.is_away = True
    await market.look()
    market.provider.is_away = False
    market.provider.missing.update(it.key for it in CATALOGUE.models)
    market.provider.gone.update(market.provider.missing)
    await market.look()
    assert [it.model_key for it in await market.off_sale()] == [CLIP]


async def test_what_a_schema_asks_otherwise_is_told_once(market: Market) -> None:
    market.provider.fields_of[CLIP] = {"prompt": Field(required=True)}
    for moment in range(0, 86_400, 300):
        await market.look_at_schemas(moment)
    assert len(market.provider.asked) == len(set(market.provider.asked))
    kinds = [(kind, sorted(details)) for kind, details in await market.told()]
    lines = [f"{Change.INPUT_GONE}|duration|||Clip", f"{Change.INPUT_GONE}|seed|||Clip"]
    assert kinds == [(AlertKind.MARKET_CHANGED, lines)]
    await market.look_at_schemas(0)
    assert await market.told() == []
