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
STAR_RUB = st.decimals("0.000001", "1000", allow_nan=False, allow_infinity=False, places=10)


@pytest.mark.proves("F47", "F49")
@settings(max_examples=300, deadline=None)
@given(CREDITS, USD_RUB, MARKUP, STAR_RUB)
def test_a_price_is_whole_kopecks_above_zero_and_never_below_cost_by_whatever_way_it_was_paid(
    credits_: Decimal, usd_rub: Decimal, markup: Decimal, star_rub: Decimal
) -> None:
    price = Rates(usd_rub, markup, star_rub).price(Credits(credits_))

    cost = Fraction(credits_) * Fraction(5, 1000) * Fraction(usd_rub) * 100
    proceeds = Fraction(13, 1000) * Fraction(usd_rub)  # roubles that a Star brings
    assert type(price) is int
    assert price > 0
    assert price >= cost * max(Fraction(1), Fraction(star_rub) / proceeds)
    stars_behind_it = Fraction(price) / 100 / Fraction(star_rub)
    assert stars_behind_it * proceeds * 100 >= cost


@pytest.mark.proves("F49")
@settings(max_examples=300, deadline=None)
@given(CREDITS, USD_RUB, MARKUP, STAR_RUB)
def test_a_price_is_the_formula_rounded_up_to_the_next_kopeck(
    credits_: Decimal, usd_rub: Decimal, markup: Decimal, star_rub: Decimal
) -> None:
    price = Rates(usd_rub, markup, star_rub).price(Credits(credits_))

    dollars = Fraction(credits_) * Fraction(5, 1000)
    by_stars = dollars / Fraction(13, 1000) * Fraction(star_rub)
    assert price == ceil(max(dollars * Fraction(usd_rub) * Fraction(markup), by_stars) * 100)


def test_at_the_default_rates_the_markup_decides_and_with_dear_stars_the_star() -> None:
    credits_ = Credits(Decimal(13))

    assert Rates(Decimal(79), Decimal(2), Decimal(1)).price(credits_) == 1027
    assert Rates(Decimal(79), Decimal(2), Decimal(3)).price(credits_) == 1500  # 5 Stars


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

    rates = Rates(Decimal(1), Decimal(1), Decimal("0.001"))

    assert rates.price(Credits(Decimal(200))) == 100
    assert rates.price(Credits(trace)) == 101


@pytest.mark.parametrize(
    ("usd_rub", "markup", "star_rub"),
    [
        ("0", "2", "1"),
        ("-1", "2", "1"),
        ("79", "0.99", "1"),
        ("NaN", "2", "1"),
        ("79", "Infinity", "1"),
        ("79", "0", "1"),
        ("79", "2", "0"),
        ("79", "2", "NaN"),
    ],
)
def test_rates_that_would_sell_below_cost_are_refused(usd_rub: str, markup: str, star_rub: str) -> None:
    with pytest.raises(InvalidRatesError):
        Rates(Decimal(usd_rub), Decimal(markup), Decimal(star_rub))
