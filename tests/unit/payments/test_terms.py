"""What a Star is worth."""

from decimal import Decimal
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.money import Kopecks, Stars
from app.payments import StarsTerms

RATE = st.decimals("0.000001", "1000", allow_nan=False, allow_infinity=False, places=9).filter(bool)


@pytest.mark.proves("F49")
@settings(max_examples=200, deadline=None)
@given(st.integers(1, 10_000), RATE)
def test_what_is_credited_is_the_product_rounded_down_to_a_kopeck(stars: int, rate: Decimal) -> None:
    assert StarsTerms(rate).credited(Stars(stars)) == floor(stars * Fraction(rate) * 100)


@settings(max_examples=200, deadline=None)
@given(RATE)
def test_the_smallest_order_is_the_first_that_is_worth_a_kopeck(rate: Decimal) -> None:
    terms = StarsTerms(rate)

    assert terms.credited(terms.smallest) >= 1
    assert terms.smallest == 1 or terms.credited(Stars(terms.smallest - 1)) == 0


KOPECKS = st.integers(1, 1_000_000)


@settings(max_examples=200, deadline=None)
@given(KOPECKS, RATE)
def test_what_an_amount_takes_is_the_fewest_stars_that_credit_it(amount: int, rate: Decimal) -> None:
    terms = StarsTerms(rate)
    stars = terms.worth(Kopecks(amount))

    assert terms.credited(stars) >= amount
    assert stars == terms.smallest or terms.credited(Stars(stars - 1)) < amount


@settings(max_examples=200, deadline=None)
@given(KOPECKS, RATE, st.lists(st.integers(1, 20_000).map(Stars), max_size=6))
def test_the_pack_offered_is_the_smallest_that_fits_and_can_be_ordered(
    amount: int, rate: Decimal, packs: list[Stars]
) -> None:
    terms = StarsTerms(rate, tuple(packs))
    fitting = terms.fitting(Kopecks(amount))

    assert terms.takes(fitting)
    enough = [pack for pack in terms.offered if terms.credited(pack) >= amount]
    if enough:
        assert fitting == enough[0]
    elif fitting < terms.largest:
        assert fitting == terms.worth(Kopecks(amount))


def test_packs_are_offered_once_in_order_and_only_those_that_can_be_ordered() -> None:
    packs = tuple(Stars(pack) for pack in (500, 50, 50, 0, 20_000))
    assert StarsTerms(Decimal(1), packs).offered == (50, 500)
