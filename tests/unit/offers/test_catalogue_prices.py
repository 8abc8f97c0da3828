"""No model of the real catalogue is sold below what KIE takes for it, whatever the inputs and the rates."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.catalogue import ModelSpec, cost, load_catalogue
from app.clock import SystemClock
from app.offers import Offers, Rates
from tests.fakes.rates import rates_in_force
from tests.unit.catalogue.strategies import valid_inputs

CATALOGUE = load_catalogue(Path(__file__).resolve().parents[3] / "models")
INPUTS = {spec.key: valid_inputs(spec) for spec in CATALOGUE.models}
STAR_BRINGS = Fraction(13, 1000)
"""Dollars."""

RATES = (
    Rates(Decimal(79), Decimal(2), Decimal(1)),
    Rates(Decimal("79.37"), Decimal(1), Decimal("0.5")),
    Rates(Decimal("79.37"), Decimal(1), Decimal("1.7")),  # a Star so dear that it decides every price
)


@pytest.mark.proves("F44", "F47")
@settings(max_examples=500, deadline=None)
@given(st.sampled_from(CATALOGUE.models), st.sampled_from(RATES), st.data())
def test_every_price_even_without_markup_covers_the_cost_however_it_was_paid(
    spec: ModelSpec, rates: Rates, data: st.DataObject
) -> None:
    inputs = data.draw(INPUTS[spec.key])
    price = Offers(CATALOGUE, rates_in_force(rates), SystemClock()).price(spec, inputs)
    dollars = Fraction(cost(spec, inputs)) * Fraction(5, 1000)
    roubles = dollars * max(Fraction(rates.usd_rub), Fraction(rates.star_rub) / STAR_BRINGS)
    assert price >= roubles * 100
    assert price > 0


def test_every_model_of_the_catalogue_is_for_sale() -> None:
    offers = Offers(CATALOGUE, rates_in_force(RATES[0]), SystemClock())
    assert offers.for_sale() == CATALOGUE.models
