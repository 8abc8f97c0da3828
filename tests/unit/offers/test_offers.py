"""What is for sale and for how much, without a database."""

from decimal import Decimal

import pytest

from app.catalogue import Catalogue, Category, ModelKey
from app.clock import SystemClock
from app.offers import NotForSaleError, Offers, Rates
from tests.fakes.rates import rates_in_force
from tests.unit.users.specs import (
    CATALOGUE,
    CLIP,
    PICTURE,
    PROMPT,
    RETIRED,
    model,
    per_task,
)

RATES = Rates(usd_rub=Decimal(80), markup=Decimal(2))
OFFERS = Offers(CATALOGUE, rates_in_force(RATES), SystemClock())
SOLD = [it.key for it in CATALOGUE.models]
PER_CREDIT = 80  # kopecks: 0.005 x 80 x 2 roubles


@pytest.mark.proves("F47")
def test_a_price_depends_on_the_inputs() -> None:
    clip = CATALOGUE.get(CLIP)

    assert OFFERS.price(clip, {"prompt": "x", "duration": "5"}) == 55 * PER_CREDIT
    assert OFFERS.price(clip, {"prompt": "x", "duration": "10"}) == 110 * PER_CREDIT


def test_the_price_from_is_the_lowest_of_a_model() -> None:
    assert OFFERS.price_from(CATALOGUE.get(CLIP)) == 55 * PER_CREDIT
    assert OFFERS.price_from(CATALOGUE.get(PICTURE)) == 64


def test_retired_models_are_not_for_sale() -> None:
    assert [spec.key for spec in OFFERS.for_sale()] == SOLD
    assert RETIRED not in SOLD
    with pytest.raises(NotForSaleError):
        OFFERS.price(CATALOGUE.get(RETIRED), {"prompt": "x"})
    with pytest.raises(NotForSaleError):
        OFFERS.price_from(CATALOGUE.get(RETIRED))


def test_a_shelf_holds_only_its_own_models() -> None:
    assert [spec.key for spec in OFFERS.for_sale(Category.PICTURES)] == SOLD
    assert OFFERS.for_sale(Category.MUSIC) == ()


@pytest.mark.proves("F44")
def test_a_model_without_a_price_is_not_for_sale_instead_of_free() -> None:
    priceless = model(ModelKey("priceless"), (PROMPT,), ())
    offers = Offers(Catalogue((priceless,)), rates_in_force(RATES), SystemClock())

    assert offers.for_sale() == ()
    with pytest.raises(NotForSaleError):
        offers.price(priceless, {"prompt": "x"})


@pytest.mark.proves("F44")
def test_inputs_that_no_price_row_matches_are_refused_instead_of_free() -> None:
    gap = model(ModelKey("gap"), (PROMPT,), (per_task("5", prompt="only this"),))
    offers = Offers(Catalogue((gap,)), rates_in_force(RATES), SystemClock())

    with pytest.raises(NotForSaleError):
        offers.price(gap, {"prompt": "something else"})
