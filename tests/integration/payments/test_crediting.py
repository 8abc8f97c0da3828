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
    Mismatch,
    Order,
    Outcome,
    PaymentService,
    PreCheckout,
    Refusal,
    SuccessfulPayment,
)
from app.users import User, UserService
from tests.integration.payments.conftest import HandClock, service_at
from tests.integration.users.steps import NextStep


@pytest.fixture
async def order(payments: PaymentService, anna: User, next_step: NextStep) -> Order:
    """For 101 Stars, worth 124.73 roubles."""
    return await payments.create_order(await next_step(), anna.id, Stars(101))


def charge_of(order: Order, charge_id: str = "charge-1") -> SuccessfulPayment:
    return SuccessfulPayment(order.user_id, "XTR", order.stars, order.payload, charge_id)


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

    query = PreCheckout("q", order.user_id, "XTR", order.stars, order.payload)
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
    """A payment that differs from the order in one way, and what its Stars are worth today in kopecks."""

    mismatch: Mismatch
    differ: Callable[[SuccessfulPayment], SuccessfulPayment]
    worth: int


STRANGE = [
    Strange(Mismatch.UNKNOWN_ORDER, lambda told: replace(told, payload="made up"), 12_473),
    Strange(Mismatch.WRONG_PERSON, lambda told: replace(told, user_id=8), 12_473),
    Strange(Mismatch.WRONG_AMOUNT, lambda told: replace(told, total_amount=1), 123),
    Strange(Mismatch.WRONG_CURRENCY, lambda told: replace(told, currency="USD"), 0),
]


@pytest.mark.proves("F40", "F43")
@pytest.mark.parametrize("strange", STRANGE, ids=lambda strange: strange.mismatch.value)
async def test_money_that_fits_no_order_waits_in_the_suspense_account_and_is_reported(
    payments: PaymentService,
    order: Order,
    database: Database,
    epoch: Epoch,
    caplog: pytest.LogCaptureFixture,
    strange: Strange,
) -> None:
    told = strange.differ(charge_of(order))

    payment = await payments.credit(epoch, told)
    again = await payments.credit(epoch, told)

    assert (payment.outcome, payment.mismatch) == (Outcome.SUSPENDED, strange.mismatch)
    assert payment.booked == strange.worth
    assert again == replace(payment, is_new=False)
    assert await account(database, HouseAccount.SUSPENSE) == strange.worth
    assert await cash_of(database, order.user_id) == 0
    assert await cash_of(database, 8) == 0
    assert len(errors_in(caplog)) == 1


async def test_an_order_whose_charge_was_suspended_can_still_be_paid(
    payments: PaymentService, order: Order, database: Database, epoch: Epoch
) -> None:
    await payments.credit(epoch, replace(charge_of(order), total_amount=1))
    await payments.credit(epoch, charge_of(order, "charge-2"))

    assert await cash_of(database, order.user_id) == 12_473


def errors_in(caplog: pytest.LogCaptureFixture) -> list[logging.LogRecord]:
    """What was reported at ERROR."""
    return [record for record in caplog.records if record.levelno >= logging.ERROR]
