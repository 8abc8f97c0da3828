"""The way back: debts, chargebacks, races between operator, Telegram and a second payment."""

import asyncio
import logging
from datetime import timedelta

import pytest

from app.db import Database, Epoch
from app.ledger import (
    Corrections,
    Explanation,
    HouseAccount,
    InsufficientFundsError,
    Ledger,
)
from app.money import Kopecks
from app.payments import (
    AlreadyRefundedError,
    Arrival,
    Method,
    Order,
    OrderState,
    Payment,
    PaymentService,
    RefundService,
    RefundState,
    UnknownPaymentError,
)
from app.users import User
from tests.integration.payments.conftest import HandClock
from tests.integration.users.steps import NextStep

WHY = Explanation(actor="operator 1", reason="asked by the person")
TELEGRAM = Explanation(actor="telegram", reason="refunded_payment")


@pytest.fixture
async def order(payments: PaymentService, anna: User, next_step: NextStep) -> Order:
    """For 100 Stars, worth 123.50 roubles."""
    return await payments.create_order(await next_step(), anna.id, payments.terms.wish(100))


@pytest.fixture
async def payment(payments: PaymentService, order: Order, epoch: Epoch) -> Payment:
    """Its money has come."""
    return await payments.credit(epoch, charge(order, "charge-1"))


def charge(order: Order, charge_id: str) -> Arrival:
    return Arrival(Method.STARS, charge_id, order.user_id, "XTR", order.amount, order.payload)


async def money(database: Database, user_id: int) -> tuple[int, int, int]:
    """Cash, held, debt; the books are in order."""
    async with database.snapshot() as session:
        assert await Ledger().audit(session) == []
        balance = await Ledger().balance(session, user_id)
    return balance.cash, balance.held, balance.debt


async def house(database: Database, name: str) -> int:
    async with database.snapshot() as session:
        return await Corrections().house_balance(session, name)


async def spend(database: Database, epoch: Epoch, user_id: int, amount: int) -> None:
    async with database.unit_of_work(epoch) as session:
        key = f"hold:{amount}"
        await Ledger().hold(session, user_id=user_id, amount=Kopecks(amount), key=key)
        await Ledger().capture(session, hold_key=key, key=f"capture:{amount}")


async def ask(database: Database, epoch: Epoch, refunds: RefundService, payment: Payment) -> int:
    async with database.unit_of_work(epoch) as session:
        return (await refunds.ask(session, payment.id, why=WHY)).id


@pytest.mark.proves("F54", "X39")
async def test_a_refund_told_by_telegram_takes_what_is_free_and_makes_the_rest_a_debt_once(
    database: Database, epoch: Epoch, refunds: RefundService, payments: PaymentService, payment: Payment
) -> None:
    assert payment.user_id is not None
    await spend(database, epoch, payment.user_id, 10_000)

    done = await asyncio.gather(
        *(refunds.went_back(epoch, Method.STARS, "charge-1", TELEGRAM) for _ in range(8))
    )

    assert sum(it.is_new for it in done if it is not None) == 1
    assert await money(database, payment.user_id) == (0, 0, 10_000)
    assert await house(database, "payments:stars") == 0
    async with database.snapshot() as session:
        assert (await payments.get(session, payment.order_id or 0)).state is OrderState.REFUNDED


async def test_a_debt_blocks_spending_and_is_repaid_by_the_next_payment(
    database: Database,
    epoch: Epoch,
    refunds: RefundService,
    payments: PaymentService,
    order: Order,
    payment: Payment,
) -> None:
    await spend(database, epoch, order.user_id, 10_000)
    await refunds.went_back(epoch, Method.STARS, "charge-1", TELEGRAM)
    await payments.credit(epoch, charge(order, "charge-2"))

    assert await money(database, order.user_id) == (2_350, 0, 0)


@pytest.mark.proves("X39")
async def test_a_refund_that_an_operator_asked_for_and_telegram_told_of_first_takes_what_was_set_aside(
    database: Database, epoch: Epoch, refunds: RefundService, payment: Payment
) -> None:
    await ask(database, epoch, refunds, payment)

    await refunds.went_back(epoch, Method.STARS, "charge-1", TELEGRAM)

    assert payment.user_id is not None
    assert await money(database, payment.user_id) == (0, 0, 0)
    async with database.snapshot() as session:
        refund = await refunds.of(session, payment.id)
    assert refund is not None
    assert (refund.state, refund.actor, refund.reason) == (RefundState.DONE, WHY.actor, WHY.reason)


@pytest.mark.proves("F54")
async def test_what_is_spent_cannot_be_refunded_unless_the_debt_is_accepted(
    database: Database, epoch: Epoch, refunds: RefundService, payment: Payment
) -> None:
    assert payment.user_id is not None
    await spend(database, epoch, payment.user_id, 1)
    with pytest.raises(InsufficientFundsError):
        await ask(database, epoch, refunds, payment)
    async with database.snapshot() as session:
        assert await refunds.of(session, payment.id) is None

    async with database.unit_of_work(epoch) as session:
        asked = await refunds.ask(session, payment.id, why=WHY, most_debt=Kopecks(1))
    assert asked.held == 0
    await refunds.went_back(epoch, Method.STARS, "charge-1", TELEGRAM)

    assert await money(database, payment.user_id) == (0, 0, 1)


@pytest.mark.proves("F54")
async def test_a_refund_takes_nothing_of_another_payments_refund(
    database: Database,
    epoch: Epoch,
    refunds: RefundService,
    payments: PaymentService,
    order: Order,
    payment: Payment,
) -> None:
    second = await payments.credit(epoch, charge(order, "charge-2"))
    await ask(database, epoch, refunds, payment)
    other = await ask(database, epoch, refunds, second)

    await refunds.went_back(epoch, Method.STARS, "charge-1", TELEGRAM)
    await refunds.refused(epoch, other, "CHARGE_NOT_FOUND")
    await refunds.refused(epoch, other, "CHARGE_NOT_FOUND")

    assert await money(database, order.user_id) == (12_350, 0, 0)
    async with database.snapshot() as session:
        assert (await payments.get(session, order.id)).state is OrderState.PAID


@pytest.mark.proves("X39")
async def test_two_operators_telegram_and_the_refusal_at_once_end_in_one_booking(
    database: Database, epoch: Epoch, refunds: RefundService, payment: Payment
) -> None:
    asked = await asyncio.gather(
        *(ask(database, epoch, refunds, payment) for _ in range(4)),
        refunds.went_back(epoch, Method.STARS, "charge-1", TELEGRAM),
        return_exceptions=True,
    )
    problems = [it for it in asked if isinstance(it, BaseException)]
    assert all(isinstance(it, AlreadyRefundedError) for it in problems), problems
    ids = [it for it in asked if isinstance(it, int)]
    await asyncio.gather(
        *(refunds.refused(epoch, it, "too late") for it in ids),
        refunds.went_back(epoch, Method.STARS, "charge-1", TELEGRAM),
    )

    assert payment.user_id is not None
    assert await money(database, payment.user_id) == (0, 0, 0)
    assert await house(database, "payments:stars") == 0


@pytest.mark.proves("X35", "X39")
async def test_a_refund_and_the_same_payment_told_again_at_once_leave_it_refunded(
    database: Database,
    epoch: Epoch,
    refunds: RefundService,
    payments: PaymentService,
    order: Order,
    payment: Payment,
) -> None:
    told = (payments.credit(epoch, charge(order, "charge-1")) for _ in range(10))
    back = (refunds.went_back(epoch, Method.STARS, "charge-1", TELEGRAM) for _ in range(10))
    await asyncio.gather(*told, *back)

    assert await money(database, order.user_id) == (0, 0, 0)
    assert await house(database, "payments:stars") == 0
    async with database.snapshot() as session:
        assert (await payments.get(session, order.id)).state is OrderState.REFUNDED
    assert payment.is_new


@pytest.mark.proves("X39")
async def test_a_refund_asked_for_twice_at_once_holds_once(
    database: Database, epoch: Epoch, refunds: RefundService, payment: Payment
) -> None:
    ids = await asyncio.gather(*(ask(database, epoch, refunds, payment) for _ in range(10)))

    assert len(set(ids)) == 1
    assert payment.user_id is not None
    assert await money(database, payment.user_id) == (12_350, 12_350, 0)


async def test_suspended_money_goes_back_out_of_the_suspense_account(
    database: Database, epoch: Epoch, refunds: RefundService, payments: PaymentService, order: Order
) -> None:
    stranger = Arrival(Method.STARS, "charge-9", 99, "XTR", 100, "made up")
    suspended = await payments.credit(epoch, stranger)
    assert await house(database, HouseAccount.SUSPENSE) == 12_350

    await ask(database, epoch, refunds, suspended)
    await refunds.went_back(epoch, Method.STARS, "charge-9", TELEGRAM)

    assert await house(database, HouseAccount.SUSPENSE) == 0
    assert await house(database, "payments:stars") == 0


async def test_a_charge_that_was_never_booked_and_went_back_waits_for_reconciliation(
    database: Database, epoch: Epoch, refunds: RefundService, caplog: pytest.LogCaptureFixture
) -> None:
    assert await refunds.went_back(epoch, Method.STARS, "unheard of", TELEGRAM) is None
    assert [it.levelno for it in caplog.records] == [logging.WARNING]


async def test_an_unknown_payment_is_not_refunded(
    database: Database, epoch: Epoch, refunds: RefundService
) -> None:
    with pytest.raises(UnknownPaymentError):
        async with database.unit_of_work(epoch) as session:
            await refunds.ask(session, 404, why=WHY)


@pytest.mark.proves("X43")
async def test_a_refund_whose_wake_up_was_lost_is_woken_again(
    database: Database, epoch: Epoch, refunds: RefundService, payment: Payment, clock: HandClock
) -> None:
    await ask(database, epoch, refunds, payment)
    assert await refunds.wake_forgotten(epoch, after=timedelta(minutes=10)) == 0
    clock.moment += timedelta(minutes=11)
    assert await refunds.wake_forgotten(epoch, after=timedelta(minutes=10)) == 1


@pytest.mark.proves("F54", "X31", "X39")
async def test_the_providers_refusal_and_its_refund_at_once_end_what_was_set_aside_once(
    database: Database, epoch: Epoch, refunds: RefundService, payments: PaymentService, order: Order
) -> None:
    for number in range(20):
        told = charge(order, f"charge-{number}")
        refund_id = await ask(database, epoch, refunds, await payments.credit(epoch, told))
        await asyncio.gather(
            refunds.refused(epoch, refund_id, "BALANCE_TOO_LOW"),
            refunds.went_back(epoch, Method.STARS, told.charge_id, TELEGRAM),
            refunds.refused(epoch, refund_id, "BALANCE_TOO_LOW"),
            refunds.went_back(epoch, Method.STARS, told.charge_id, TELEGRAM),
        )

        assert await money(database, order.user_id) == (0, 0, 0)
    assert await house(database, "payments:stars") == 0
