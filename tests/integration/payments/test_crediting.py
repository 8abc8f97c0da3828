"""Charges are booked once: from their order, or to the suspense account."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from app.db import Database, Epoch
from app.ledger import Corrections, HouseAccount, Ledger
from app.money import Stars
from app.payments import (
    Arrival,
    Method,
    Mismatch,
    Order,
    OrderState,
    Outcome,
    PaymentReview,
    PaymentService,
    PreCheckout,
    Refusal,
)
from app.users import User, UserService
from tests.integration.payments.conftest import HandClock, service_at
from tests.integration.users.steps import NextStep


@pytest.fixture
async def order(payments: PaymentService, anna: User, next_step: NextStep) -> Order:
    """For 101 Stars, worth 124.73 roubles."""
    return await payments.create_order(await next_step(), anna.id, payments.terms.wish(Stars(101)))


def charge_of(order: Order, charge_id: str = "charge-1") -> Arrival:
    return Arrival(Method.STARS, charge_id, order.user_id, "XTR", order.amount, order.payload)


async def cash_of(database: Database, user_id: int) -> int:
    async with database.snapshot() as session:
        return (await Ledger().balance(session, user_id)).cash


async def account(database: Database, name: str) -> int:
    async with database.snapshot() as session:
        assert await Ledger().audit(session) == []
        return await Corrections().house_balance(session, name)


async def test_a_payment_credits_what_its_order_promised(
    payments: PaymentService, order: Order, database: Database, epoch: Epoch
) -> None:
    payment = await payments.credit(epoch, charge_of(order))

    assert (payment.outcome, payment.booked, payment.order_id) == (Outcome.CREDITED, 12_473, order.id)
    assert payment.is_new
    assert await cash_of(database, order.user_id) == 12_473
    assert await account(database, "payments:stars") == -12_473


@pytest.mark.proves("F43")
async def test_a_charge_that_is_told_of_again_is_credited_once(
    payments: PaymentService, order: Order, database: Database, epoch: Epoch
) -> None:
    first = await payments.credit(epoch, charge_of(order))
    again = await payments.credit(epoch, charge_of(order))

    assert again == replace(first, is_new=False)
    assert await cash_of(database, order.user_id) == 12_473


@pytest.mark.proves("F43")
async def test_a_charge_that_is_told_of_many_times_at_once_is_credited_once(
    payments: PaymentService, order: Order, database: Database, epoch: Epoch
) -> None:
    told = [payments.credit(epoch, charge_of(order)) for _ in range(8)]

    assert sum(payment.is_new for payment in await asyncio.gather(*told)) == 1
    assert await cash_of(database, order.user_id) == 12_473


async def test_a_paid_order_is_credited_whatever_its_age(
    payments: PaymentService, order: Order, database: Database, epoch: Epoch, clock: HandClock
) -> None:
    clock.moment += timedelta(days=400)

    payment = await payments.credit(epoch, charge_of(order))

    assert payment.outcome is Outcome.CREDITED
    assert await cash_of(database, order.user_id) == 12_473


@pytest.mark.proves("F43")
async def test_the_rate_of_the_order_counts_and_not_todays(
    order: Order, database: Database, epoch: Epoch, users: UserService, clock: HandClock
) -> None:
    cheaper = service_at("0.5", database, users, clock)

    assert (await cheaper.credit(epoch, charge_of(order))).booked == 12_473


async def test_a_banned_person_who_paid_is_credited(
    payments: PaymentService, order: Order, users: UserService, database: Database, epoch: Epoch
) -> None:
    async with database.unit_of_work(epoch) as session:
        await users.ban(session, order.user_id)

    await payments.credit(epoch, charge_of(order))

    assert await cash_of(database, order.user_id) == 12_473


async def test_a_paid_order_refuses_the_next_pre_checkout(
    payments: PaymentService, order: Order, epoch: Epoch
) -> None:
    await payments.credit(epoch, charge_of(order))

    query = PreCheckout("q", order.user_id, "XTR", order.amount, order.payload)
    assert (await payments.check_pre_checkout(query)).reason is Refusal.ALREADY_PAID


async def test_a_second_charge_for_one_order_is_credited_and_reported(
    payments: PaymentService,
    order: Order,
    database: Database,
    epoch: Epoch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await payments.credit(epoch, charge_of(order))
    await payments.credit(epoch, charge_of(order, "charge-2"))

    assert await cash_of(database, order.user_id) == 2 * 12_473
    assert [record.getMessage() for record in errors_in(caplog)] == ["an order was paid twice"]


@dataclass(frozen=True)
class Strange:
    """A payment that differs from the order in one way; what is credited to whom, and what is suspended."""

    mismatch: Mismatch
    differ: Callable[[Arrival], Arrival]
    cash: int = 0
    suspense: int = 0
    payer: int = 7


STRANGE = [
    Strange(Mismatch.UNKNOWN_ORDER, lambda told: replace(told, payload="made up"), cash=12_473),
    Strange(Mismatch.WRONG_PERSON, lambda told: replace(told, payer=8), suspense=12_473, payer=8),
    Strange(Mismatch.WRONG_AMOUNT, lambda told: replace(told, amount=1), cash=123),
    Strange(Mismatch.WRONG_CURRENCY, lambda told: replace(told, currency="USD")),
]


@pytest.mark.proves("F43", "F53")
@pytest.mark.parametrize("strange", STRANGE, ids=lambda strange: strange.mismatch.value)
async def test_money_that_does_not_fit_its_order_is_booked_by_the_rule_once_and_shown_to_operators(
    payments: PaymentService,
    review: PaymentReview,
    order: Order,
    database: Database,
    epoch: Epoch,
    caplog: pytest.LogCaptureFixture,
    strange: Strange,
) -> None:
    told = strange.differ(charge_of(order))

    payment = await payments.credit(epoch, told)
    again = await payments.credit(epoch, told)

    assert payment.mismatch is strange.mismatch
    assert (payment.outcome is Outcome.CREDITED) == (strange.cash > 0)
    assert again == replace(payment, is_new=False)
    assert await account(database, HouseAccount.SUSPENSE) == strange.suspense
    assert await cash_of(database, strange.payer) == strange.cash
    assert await account(database, "payments:stars") == -strange.cash - strange.suspense
    assert len(errors_in(caplog)) == 1
    async with database.snapshot() as session:
        assert await review.strange(session) == [again]
    async with database.unit_of_work(epoch) as session:
        await review.accept(session, payment.id, actor="operator 1")
    async with database.snapshot() as session:
        assert await review.strange(session) == []


async def test_suspended_money_is_assigned_to_its_person_once(
    payments: PaymentService,
    review: PaymentReview,
    order: Order,
    database: Database,
    epoch: Epoch,
) -> None:
    suspended = await payments.credit(epoch, replace(charge_of(order), payer=8))
    async with database.unit_of_work(epoch) as session:
        await review.assign(session, suspended.id, order.user_id, actor="operator 1")
    async with database.unit_of_work(epoch) as session:
        assigned = await review.assign(session, suspended.id, order.user_id, actor="operator 1")

    assert (assigned.outcome, assigned.user_id) == (Outcome.CREDITED, order.user_id)
    assert await cash_of(database, order.user_id) == suspended.booked
    assert await account(database, HouseAccount.SUSPENSE) == 0
    async with database.snapshot() as session:
        assert await review.strange(session) == []


async def test_an_order_that_was_paid_too_little_is_settled_and_a_second_charge_is_credited_too(
    payments: PaymentService, order: Order, database: Database, epoch: Epoch
) -> None:
    await payments.credit(epoch, replace(charge_of(order), amount=1))
    await payments.credit(epoch, charge_of(order, "charge-2"))

    assert await cash_of(database, order.user_id) == 123 + 12_473
    async with database.snapshot() as session:
        assert (await payments.get(session, order.id)).state is OrderState.PAID


def errors_in(caplog: pytest.LogCaptureFixture) -> list[logging.LogRecord]:
    """What was reported at ERROR."""
    return [record for record in caplog.records if record.levelno >= logging.ERROR]
