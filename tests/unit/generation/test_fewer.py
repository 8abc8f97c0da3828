"""The rule for fewer results than were sold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.generation.fewer import Fewer, fewer
from app.money import Kopecks

prices = st.integers(0, 10**9).map(Kopecks)
counts = st.integers(1, 100)


@given(price=prices, sold=counts, arrived=st.integers(0, 200))
def test_never_more_than_the_price_comes_back_and_never_less_than_the_exact_share(
    price: Kopecks, sold: int, arrived: int
) -> None:
    few = fewer(price, sold=sold, arrived=arrived)
    assert type(few.returned) is int
    assert 0 <= few.returned <= price
    assert few.returned * sold >= price * few.missing, "rounded against the person"
    assert (few.returned - 1) * sold < price * few.missing or few.returned == 0, (
        "rounded by more than a kopeck"
    )
    assert few.missing == max(sold - arrived, 0)


@given(price=prices, sold=counts)
def test_nothing_is_everything_and_everything_is_nothing(price: Kopecks, sold: int) -> None:
    assert fewer(price, sold=sold, arrived=0) == Fewer(sold, price)
    assert fewer(price, sold=sold, arrived=sold) == Fewer(0, Kopecks(0))


@given(price=prices, sold=counts, arrived=st.integers(0, 99))
def test_one_more_that_arrives_never_brings_more_money_back(price: Kopecks, sold: int, arrived: int) -> None:
    fewer_arrived = fewer(price, sold=sold, arrived=arrived).returned
    assert fewer(price, sold=sold, arrived=arrived + 1).returned <= fewer_arrived


@pytest.mark.parametrize(
    ("price", "sold", "arrived", "returned"),
    [(100, 4, 3, 25), (100, 3, 2, 34), (100, 3, 1, 67), (1, 2, 1, 1), (0, 4, 1, 0), (100, 1, 2, 0)],
)
def test_shares_are_rounded_up_to_a_kopeck(price: int, sold: int, arrived: int, returned: int) -> None:
    assert fewer(Kopecks(price), sold=sold, arrived=arrived).returned == returned
