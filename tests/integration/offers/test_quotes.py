"""Quotes: frozen prices, and what is shown is what is charged."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import text

from app.catalogue import Catalogue, ModelKey, UnknownModelError
from app.db import Database, Epoch
from app.offers import QUOTE_LIFETIME, NotForSaleError, Offers, Quote, QuotedDraft, Rates
from tests.fakes.rates import rates_in_force
from tests.unit.users.specs import CATALOGUE, CLIP, RETIRED

RATES = Rates(usd_rub=Decimal("79.123456"), markup=Decimal("2.05"))
DRAFT = QuotedDraft(7, draft_id=1, revision=3, model_key=CLIP, inputs={"prompt": "a cat", "duration": "5"})


@dataclass
class HandClock:
    """Stands still until it is moved."""

    moment: datetime = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment

    def monotonic(self) -> float:
        return self.moment.timestamp()


@pytest.fixture
def clock() -> HandClock:
    """Noon."""
    return HandClock()


@pytest.fixture
def offers(clock: HandClock) -> Offers:
    """The made-up models at rates with many digits."""
    return Offers(CATALOGUE, rates_in_force(RATES), clock)


async def stored(database: Database, epoch: Epoch, offers: Offers, draft: QuotedDraft) -> Quote:
    async with database.unit_of_work(epoch) as session:
        return await offers.quote(session, draft)


async def found(database: Database, offers: Offers, quote_id: int) -> Quote | None:
    async with database.snapshot() as session:
        return await offers.get(session, quote_id)


@pytest.mark.proves("F46", "F48")
async def test_a_stored_quote_is_the_shown_price_with_the_rates_it_was_computed_from(
    database: Database, epoch: Epoch, offers: Offers, clock: HandClock
) -> None:
    quote = await stored(database, epoch, offers, DRAFT)

    shown = offers.price(CATALOGUE.get(CLIP), DRAFT.inputs)
    assert await found(database, offers, quote.id) == quote
    assert quote == Quote(
        id=quote.id,
        user_id=7,
        draft_id=1,
        revision=3,
        model_key=CLIP,
        price=shown,
        credits=quote.credits,
        usd_rub=RATES.usd_rub,
        markup=RATES.markup,
        star_rub=RATES.star_rub,
        expires_at=clock.now() + QUOTE_LIFETIME,
        dollars=quote.credits * Decimal("0.005"),
        unrounded=quote.credits * Decimal("0.5") * RATES.usd_rub * RATES.markup,
    )
    assert Rates(quote.usd_rub, quote.markup, RATES.star_rub).price(quote.credits) == quote.price
    assert quote.unrounded is not None
    assert quote.price - 1 < quote.unrounded < quote.price, "nothing was rounded: choose other rates"


@pytest.mark.proves("F46")
async def test_a_model_with_a_markup_of_its_own_is_quoted_with_it(
    database: Database, epoch: Epoch, clock: HandClock
) -> None:
    dear = Catalogue((replace(CATALOGUE.get(CLIP), markup=Decimal(3)), CATALOGUE.get(RETIRED)))
    offers = Offers(dear, rates_in_force(RATES), clock)
    quote = await stored(database, epoch, offers, DRAFT)

    assert (quote.markup, quote.usd_rub) == (Decimal(3), RATES.usd_rub)
    assert quote.price == Rates(RATES.usd_rub, Decimal(3)).price(quote.credits)
    assert quote.price == offers.price(dear.get(CLIP), DRAFT.inputs)
    assert quote.price == offers.price_least(dear.get(CLIP), DRAFT.inputs).price


@pytest.mark.proves("F46", "F48")
async def test_a_promised_price_outlives_a_change_of_the_rates(
    database: Database, epoch: Epoch, offers: Offers, clock: HandClock
) -> None:
    promised = await stored(database, epoch, offers, DRAFT)
    dearer = Offers(CATALOGUE, rates_in_force(Rates(Decimal(100), Decimal(3))), clock)

    assert await stored(database, epoch, dearer, DRAFT) == promised

    clock.moment += QUOTE_LIFETIME
    fresh = await stored(database, epoch, dearer, DRAFT)
    assert fresh.price > promised.price
    assert await found(database, offers, promised.id) == promised


async def test_a_quote_lives_for_fifteen_minutes(
    database: Database, epoch: Epoch, offers: Offers, clock: HandClock
) -> None:
    quote = await stored(database, epoch, offers, DRAFT)
    clock.moment += timedelta(minutes=15) - timedelta(microseconds=1)

    assert quote.is_live(clock.now())
    assert await stored(database, epoch, offers, DRAFT) == quote

    clock.moment += timedelta(microseconds=1)
    assert not quote.is_live(clock.now())
    assert (await stored(database, epoch, offers, DRAFT)).id != quote.id


@pytest.mark.parametrize(
    "other",
    [
        replace(DRAFT, revision=4),
        replace(DRAFT, draft_id=2),
        replace(DRAFT, user_id=8),
        replace(DRAFT, inputs={"prompt": "a cat", "duration": "10"}),
    ],
)
async def test_another_draft_revision_person_or_input_is_another_quote(
    database: Database, epoch: Epoch, offers: Offers, other: QuotedDraft
) -> None:
    first = await stored(database, epoch, offers, DRAFT)
    second = await stored(database, epoch, offers, other)

    assert second.id != first.id
    assert second.price == offers.price(CATALOGUE.get(CLIP), other.inputs)


async def test_the_order_of_the_inputs_makes_no_other_quote(
    database: Database, epoch: Epoch, offers: Offers
) -> None:
    turned = replace(DRAFT, inputs={"duration": "5", "prompt": "a cat"})

    assert await stored(database, epoch, offers, turned) == await stored(database, epoch, offers, DRAFT)


async def test_what_is_not_for_sale_gets_no_quote(database: Database, epoch: Epoch, offers: Offers) -> None:
    with pytest.raises(NotForSaleError):
        await stored(database, epoch, offers, replace(DRAFT, model_key=RETIRED))
    with pytest.raises(UnknownModelError):
        await stored(database, epoch, offers, replace(DRAFT, model_key=ModelKey("nonsense")))

    async with database.snapshot() as session:
        assert (await session.execute(text("SELECT count(*) FROM quote"))).scalar_one() == 0
