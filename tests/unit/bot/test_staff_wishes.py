"""What one of the staff agrees to is what stood on the screen, whatever they typed."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.admin import Adjustment, Direction, Forecast, Sort
from app.ledger import Bucket
from app.money import Kopecks
from bot.staff_awaiting import Awaited, read_awaited
from bot.staff_typed import read_reason
from bot.staff_wishes import (
    BucketOf,
    PaybackWish,
    ReplayWish,
    StrangeWish,
    adjustment_of,
    bucket_of,
    digest_of,
    forecast_of,
    payback_of,
    ready,
    refund_all_asked,
    refund_all_ready,
    replay_of,
    strange_of,
)

REASONS = st.text(min_size=1).map(read_reason).filter(bool)
IDS = st.integers(1, 2**52)
SUMS = st.integers(1, 10**11).map(Kopecks)
BUCKETS = st.sampled_from([Bucket.CASH, Bucket.BONUS])


def kept(awaited: Awaited) -> Awaited:
    """As it comes back from the live screen."""
    found = read_awaited(awaited.text)
    assert found is not None
    return found


@given(IDS, st.sampled_from(Direction), BUCKETS, SUMS, REASONS)
def test_a_correction_comes_back_whole_from_the_screen_that_keeps_it(
    user_id: int, direction: Direction, bucket: Bucket, amount: Kopecks, reason: str
) -> None:
    wanted = Adjustment(user_id, direction, bucket, amount, reason)
    assert adjustment_of(kept(ready(wanted))) == wanted
    asked = BucketOf(user_id, direction, bucket)
    assert bucket_of(kept(asked.awaited)) == asked


@given(IDS, SUMS, REASONS)
def test_a_refund_and_a_decision_come_back_whole(payment_id: int, most_debt: Kopecks, reason: str) -> None:
    payback = PaybackWish(payment_id, most_debt, reason)
    assert payback_of(kept(payback.awaited)) == payback
    for user_id in (None, 7):
        strange = StrangeWish(payment_id, user_id, reason)
        assert strange_of(kept(strange.awaited)) == strange


@given(st.integers(0, 2**33), st.integers(1, 10**6), st.integers(1, 10**6), SUMS, REASONS)
def test_a_refund_of_many_comes_back_whole(
    since: int, generations: int, people: int, amount: Kopecks, reason: str
) -> None:
    forecast = Forecast(datetime.fromtimestamp(since, UTC), generations, people, amount)
    assert forecast_of(kept(refund_all_asked(forecast))) == (forecast, "")
    assert forecast_of(kept(refund_all_ready(forecast, reason))) == (forecast, reason)


@given(
    st.sampled_from(Sort), st.none() | IDS, st.sampled_from(["telegram", "payments:stars", "generation.tell"])
)
def test_a_replay_comes_back_whole(sort: Sort, work_id: int | None, kind: str) -> None:
    wish = ReplayWish(sort, work_id, kind)
    assert replay_of(kept(wish.awaited)) == wish


@pytest.mark.parametrize(
    "other",
    [
        Adjustment(8, Direction.GIVE, Bucket.CASH, Kopecks(100), "why"),
        Adjustment(7, Direction.TAKE, Bucket.CASH, Kopecks(100), "why"),
        Adjustment(7, Direction.GIVE, Bucket.BONUS, Kopecks(100), "why"),
        Adjustment(7, Direction.GIVE, Bucket.CASH, Kopecks(1000), "why"),
        Adjustment(7, Direction.GIVE, Bucket.CASH, Kopecks(100), "why?"),
    ],
    ids=["person", "direction", "bucket", "amount", "reason"],
)
def test_a_button_agrees_to_nothing_but_its_own_wish(other: Adjustment) -> None:
    wanted = Adjustment(7, Direction.GIVE, Bucket.CASH, Kopecks(100), "why")
    assert digest_of(ready(wanted)) != digest_of(ready(other))
