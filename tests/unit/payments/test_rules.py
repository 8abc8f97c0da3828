"""The comparison of money with its order."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from app.money import Kopecks, Stars
from app.payments import Method, Mismatch, Order, OrderState, PreCheckout, Refusal
from app.payments.rules import matched, verdict

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ORDER = Order(
    id=1,
    user_id=7,
    method=Method.STARS,
    stars=Stars(100),
    credited=Kopecks(10_000),
    star_rub=Decimal(1),
    currency="XTR",
    payload="secret",
    state=OrderState.OPEN,
    created_at=NOW,
    expires_at=NOW + timedelta(hours=1),
    paid_at=None,
)
QUERY = PreCheckout("q", user_id=7, currency="XTR", total_amount=100, payload="secret")


def test_the_owner_may_pay_an_open_order_with_its_exact_amount() -> None:
    answer = verdict(ORDER, QUERY, banned=False, moment=NOW)

    assert (answer.ok, answer.reason) == (True, None)


@pytest.mark.proves("F43")
@pytest.mark.parametrize(
    ("query", "reason"),
    [
        (replace(QUERY, payload="another"), Refusal.UNKNOWN_ORDER),
        (replace(QUERY, user_id=8), Refusal.WRONG_PERSON),
        (replace(QUERY, currency="RUB"), Refusal.WRONG_CURRENCY),
        (replace(QUERY, total_amount=99), Refusal.WRONG_AMOUNT),
        (replace(QUERY, total_amount=101), Refusal.WRONG_AMOUNT),
    ],
)
def test_a_query_that_differs_from_the_order_is_refused(query: PreCheckout, reason: Refusal) -> None:
    answer = verdict(ORDER, query, banned=False, moment=NOW)

    assert (answer.ok, answer.reason) == (False, reason)


def test_a_query_without_an_order_is_refused() -> None:
    assert verdict(None, QUERY, banned=False, moment=NOW).reason is Refusal.UNKNOWN_ORDER


def test_an_order_is_good_until_its_last_moment_and_not_a_moment_longer() -> None:
    just_before = ORDER.expires_at - timedelta(microseconds=1)

    assert verdict(ORDER, QUERY, banned=False, moment=just_before).ok
    assert verdict(ORDER, QUERY, banned=False, moment=ORDER.expires_at).reason is Refusal.EXPIRED


def test_a_paid_order_is_not_paid_again() -> None:
    paid = replace(ORDER, state=OrderState.PAID, paid_at=NOW)

    assert verdict(paid, QUERY, banned=False, moment=NOW).reason is Refusal.ALREADY_PAID


def test_a_banned_person_does_not_pay() -> None:
    assert verdict(ORDER, QUERY, banned=True, moment=NOW).reason is Refusal.BANNED


def test_every_mismatch_is_a_refusal_of_the_same_name() -> None:
    assert {Refusal(difference) for difference in Mismatch} < set(Refusal)


def test_age_does_not_make_money_foreign_to_its_order() -> None:
    ancient = replace(ORDER, expires_at=NOW - timedelta(days=400))

    assert matched(ancient, QUERY) is ancient
