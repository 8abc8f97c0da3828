"""The comparison of money with its order."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.money import Kopecks
from app.payments import (
    Arrival,
    Method,
    Mismatch,
    Order,
    OrderState,
    Outcome,
    PreCheckout,
    Refusal,
    StarsTerms,
)
from app.payments.rules import Payer, mismatch_of, ruling, verdict

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ORDER = Order(
    id=1,
    user_id=7,
    method=Method.STARS,
    amount=100,
    credited=Kopecks(10_000),
    rate=Decimal(1),
    currency="XTR",
    period=None,
    payload="secret",
    state=OrderState.OPEN,
    created_at=NOW,
    expires_at=NOW + timedelta(hours=1),
    paid_at=None,
)
QUERY = PreCheckout("q", payer=7, currency="XTR", amount=100, payload="secret")


def test_the_owner_may_pay_an_open_order_with_its_exact_amount() -> None:
    answer = verdict(ORDER, QUERY, Payer(), moment=NOW)

    assert (answer.ok, answer.reason) == (True, None)


@pytest.mark.proves("F43")
@pytest.mark.parametrize(
    ("query", "reason"),
    [
        (replace(QUERY, payload="another"), Refusal.UNKNOWN_ORDER),
        (replace(QUERY, payer=8), Refusal.WRONG_PERSON),
        (replace(QUERY, currency="RUB"), Refusal.WRONG_CURRENCY),
        (replace(QUERY, amount=99), Refusal.WRONG_AMOUNT),
        (replace(QUERY, amount=101), Refusal.WRONG_AMOUNT),
    ],
)
def test_a_query_that_differs_from_the_order_is_refused(query: PreCheckout, reason: Refusal) -> None:
    answer = verdict(ORDER, query, Payer(), moment=NOW)

    assert (answer.ok, answer.reason) == (False, reason)


def test_a_query_without_an_order_is_refused() -> None:
    assert verdict(None, QUERY, Payer(), moment=NOW).reason is Refusal.UNKNOWN_ORDER


def test_an_order_is_good_until_its_last_moment_and_not_a_moment_longer() -> None:
    just_before = ORDER.expires_at - timedelta(microseconds=1)

    assert verdict(ORDER, QUERY, Payer(), moment=just_before).ok
    assert verdict(ORDER, QUERY, Payer(), moment=ORDER.expires_at).reason is Refusal.EXPIRED


def test_a_paid_order_is_not_paid_again() -> None:
    paid = replace(ORDER, state=OrderState.PAID, paid_at=NOW)

    assert verdict(paid, QUERY, Payer(), moment=NOW).reason is Refusal.ALREADY_PAID


def test_a_banned_person_does_not_pay() -> None:
    assert verdict(ORDER, QUERY, Payer(banned=True), moment=NOW).reason is Refusal.BANNED


def test_nobody_subscribes_twice_but_who_has_a_subscription_may_top_up() -> None:
    monthly, subscribed = replace(ORDER, period=timedelta(days=30)), Payer(subscribed=True)

    assert verdict(monthly, QUERY, subscribed, moment=NOW).reason is Refusal.SUBSCRIBED
    assert verdict(monthly, QUERY, Payer(), moment=NOW).ok
    assert verdict(ORDER, QUERY, subscribed, moment=NOW).ok


def test_every_mismatch_is_a_refusal_of_the_same_name() -> None:
    assert {Refusal(difference) for difference in Mismatch} < set(Refusal)


def test_age_does_not_make_money_foreign_to_its_order() -> None:
    ancient = replace(ORDER, expires_at=NOW - timedelta(days=400))

    assert mismatch_of(ancient, QUERY) is None


TERMS = StarsTerms(Decimal("1.5"))
MONEY = Arrival(Method.STARS, "charge", 7, "XTR", 100, "secret")


@pytest.mark.proves("F43")
@pytest.mark.parametrize(
    ("money", "known", "expected"),
    [
        (MONEY, True, (Outcome.CREDITED, 10_000, 7, None)),  # the promise, not today's rate
        (replace(MONEY, payer=None), False, (Outcome.CREDITED, 10_000, 7, None)),
        (replace(MONEY, amount=40), True, (Outcome.CREDITED, 4_000, 7, Mismatch.WRONG_AMOUNT)),
        (replace(MONEY, amount=0), True, (Outcome.SUSPENDED, 0, 7, Mismatch.WRONG_AMOUNT)),
        (replace(MONEY, currency="USD"), True, (Outcome.SUSPENDED, 0, 7, Mismatch.WRONG_CURRENCY)),
        (replace(MONEY, currency="RUB"), True, (Outcome.SUSPENDED, 100, 7, Mismatch.WRONG_CURRENCY)),
        (replace(MONEY, payload="?"), True, (Outcome.CREDITED, 15_000, 7, Mismatch.UNKNOWN_ORDER)),
        (replace(MONEY, payload="?"), False, (Outcome.SUSPENDED, 15_000, 7, Mismatch.UNKNOWN_ORDER)),
        (replace(MONEY, payer=8), True, (Outcome.CREDITED, 15_000, 8, Mismatch.WRONG_PERSON)),
        (replace(MONEY, payer=8), False, (Outcome.SUSPENDED, 15_000, 8, Mismatch.WRONG_PERSON)),
        (
            replace(MONEY, method=Method.BANK),
            True,
            (Outcome.CREDITED, 15_000, 7, Mismatch.UNKNOWN_ORDER),
        ),
    ],
)
def test_money_is_booked_by_the_written_rule(
    money: Arrival, known: bool, expected: tuple[Outcome, int, int | None, Mismatch | None]
) -> None:
    ruled = ruling(ORDER, money, payer_is_known=known, stars=TERMS)

    assert (ruled.outcome, ruled.booked, ruled.user_id, ruled.mismatch) == expected


@pytest.mark.proves("F43", "F49", "X38")
@settings(max_examples=300, deadline=None)
@given(
    st.integers(-5, 20_000),
    st.sampled_from(["XTR", "RUB", "USD"]),
    st.sampled_from(["secret", "?"]),
    st.sampled_from([7, 8, None]),
    st.booleans(),
)
def test_no_money_is_lost_and_none_is_made(
    amount: int, currency: str, payload: str, payer: int | None, known: bool
) -> None:
    money = Arrival(Method.STARS, "charge", payer, currency, amount, payload)
    ruled = ruling(ORDER, money, payer_is_known=known and payer is not None, stars=TERMS)

    assert type(ruled.booked) is int
    assert 0 <= ruled.booked <= max(amount, 0) * 150
    if currency != "USD":
        assert (ruled.booked > 0) == (amount > 0)
    if ruled.outcome is Outcome.CREDITED:
        assert ruled.user_id is not None
        assert ruled.booked > 0
    else:
        assert ruled.mismatch is not None


@pytest.mark.parametrize("state", OrderState)
def test_only_an_open_or_claimed_order_is_paid(state: OrderState) -> None:
    answer = verdict(replace(ORDER, state=state), QUERY, Payer(), moment=NOW)

    assert answer.ok == (state in (OrderState.OPEN, OrderState.CLAIMED))
