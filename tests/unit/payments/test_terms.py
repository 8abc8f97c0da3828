"""What a Star is worth."""

from decimal import Decimal
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.money import Stars
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
