"""From credits to kopecks, checked with exact fractions."""

from decimal import Decimal
from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.money import Credits
from app.offers import InvalidRatesError, Rates

# Longer than Decimal's usual 28 digits when multiplied: rounding on the way would show.
CREDITS = st.decimals("0.000000000001", "100000", allow_nan=False, allow_infinity=False, places=12)
USD_RUB = st.decimals("0.000001", "100000", allow_nan=False, allow_infinity=False, places=10)
MARKUP = st.decimals("1", "100", allow_nan=False, allow_infinity=False, places=10)


@pytest.mark.proves("F47", "F49")
@settings(max_examples=300, deadline=None)
@given(CREDITS, USD_RUB, MARKUP)
def test_a_price_is_whole_kopecks_above_zero_and_never_below_cost(
    credits_: Decimal, usd_rub: Decimal, markup: Decimal
) -> None:
    price = Rates(usd_rub, markup).price(Credits(credits_))

    cost = Fraction(credits_) * Fraction(5, 1000) * Fraction(usd_rub) * 100
    assert type(price) is int
    assert price > 0
    assert price >= cost


@pytest.mark.proves("F49")
@settings(max_examples=300, deadline=None)
@given(CREDITS, USD_RUB, MARKUP)
def test_a_price_is_the_formula_rounded_up_to_the_next_kopeck(
    credits_: Decimal, usd_rub: Decimal, markup: Decimal
) -> None:
    price = Rates(usd_rub, markup).price(Credits(credits_))

    exact = Fraction(credits_) * Fraction(5, 1000) * Fraction(usd_rub) * Fraction(markup) * 100
    assert price == ceil(exact)


@settings(max_examples=200, deadline=None)
@given(CREDITS, CREDITS, USD_RUB, MARKUP)
def test_more_credits_never_cost_less(
    one: Decimal, other: Decimal, usd_rub: Decimal, markup: Decimal
) -> None:
    rates = Rates(usd_rub, markup)

    assert rates.price(Credits(min(one, other))) <= rates.price(Credits(max(one, other)))


def test_eight_tenths_of_a_credit_at_the_default_rates_cost_64_kopecks() -> None:
    assert Rates(Decimal(79), Decimal(2)).price(Credits(Decimal("0.8"))) == 64  # 63.2 exactly


def test_a_trace_beyond_the_usual_digits_of_decimal_still_rounds_up() -> None:
    trace = Decimal("200.000000000000000000000000000001")

    assert Rates(Decimal(1), Decimal(1)).price(Credits(Decimal(200))) == 100
    assert Rates(Decimal(1), Decimal(1)).price(Credits(trace)) == 101


@pytest.mark.parametrize(
    ("usd_rub", "markup"),
    [("0", "2"), ("-1", "2"), ("79", "0.99"), ("NaN", "2"), ("79", "Infinity"), ("79", "0")],
)
def test_rates_that_would_sell_below_cost_are_refused(usd_rub: str, markup: str) -> None:
    with pytest.raises(InvalidRatesError):
        Rates(Decimal(usd_rub), Decimal(markup))
