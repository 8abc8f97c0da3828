"""What every payment method does, whatever is behind it: the same orders, credits and refunds."""

import asyncio
from dataclasses import replace

import pytest

from app.db import Database, Epoch
from app.ledger import Explanation, Ledger
from app.payments import (
    Arrival,
    InvalidAmountError,
    Mismatch,
    Order,
    OrderState,
    Payment,
    PaymentService,
    ProviderAwayError,
    Refunder,
    RefundService,
    RefundState,
    Wording,
)
from app.users import User
from tests.integration.payments.methods import METHODS, REMOTE_METHODS, Outside, Remote
from tests.integration.users.steps import NextStep

WORDING = Wording("Top-up", "Money for the balance")
WHY = Explanation(actor="operator 1", reason="asked by the person")


@pytest.fixture(params=METHODS)
def outside(request: pytest.FixtureRequest) -> Outside:
    """Each method in turn."""
    return METHODS[request.param]()


@pytest.fixture(params=REMOTE_METHODS)
def remote(request: pytest.FixtureRequest) -> Remote:
    """Each method behind which there is a company."""
    return REMOTE_METHODS[request.param]()


class Till:
    """The services around one method."""

    def __init__(
        self,
        database: Database,
        epoch: Epoch,
        payments: PaymentService,
        refunds: RefundService,
        steps: NextStep,
    ) -> None:
        self.database, self.epoch = database, epoch
        self.payments, self.refunds, self.steps = payments, refunds, steps

    async def order(self, outside: Outside, user: User) -> Order:
        return await self.payments.create_order(await self.steps(), user.id, outside.wish)

    async def state(self, order: Order) -> OrderState:
        async with self.database.snapshot() as session:
            return (await self.payments.get(session, order.id)).state

    async def money(self, user_id: int) -> tuple[int, int, int]:
        """Cash, held, debt; the books are in order."""
        async with self.database.snapshot() as session:
            assert await Ledger().audit(session) == []
            balance = await Ledger().balance(session, user_id)
        return balance.cash, balance.held, balance.debt

    async def ask_refund(self, payment: Payment) -> int:
        async with self.database.unit_of_work(self.epoch) as session:
            return (await self.refunds.ask(session, payment.id, why=WHY)).id

    async def refund_state(self, payment: Payment) -> RefundState | None:
        async with self.database.snapshot() as session:
            refund = await self.refunds.of(session, payment.id)
        return None if refund is None else refund.state

    async def send_back(self, outside: Outside, refund_id: int) -> None:
        refunder = Refunder(self.database, self.refunds, {outside.provider.method: outside.provider})
        await refunder.send_back(self.epoch, refund_id)


@pytest.fixture
def till(
    database: Database, epoch: Epoch, payments: PaymentService, refunds: RefundService, next_step: NextStep
) -> Till:
    """Over the real ledger."""
    return Till(database, epoch, payments, refunds, next_step)


async def test_a_method_that_is_offered_takes_what_it_offers_and_refuses_nothing_at_all(
    outside: Outside,
) -> None:
    terms = outside.provider.terms

    assert terms is not None
    assert terms.wish(outside.wish.amount) == outside.wish
    assert outside.wish.method is outside.provider.method
    assert outside.wish.credited > 0
    for amount in (-1, 0, 10**12):
        assert not terms.takes(amount)
        with pytest.raises(InvalidAmountError):
            terms.wish(amount)


@pytest.mark.proves("F40")
async def test_asking_for_money_credits_nothing(till: Till, outside: Outside, anna: User) -> None:
    order = await till.order(outside, anna)
    first = await outside.provider.request(order, WORDING)

    assert await outside.provider.request(order, WORDING) == first
    assert await till.money(anna.id) == (0, 0, 0)
    assert list(await outside.provider.arrivals(order)) == []
    assert await till.state(order) is OrderState.OPEN


@pytest.mark.proves("F40", "F43", "F53", "X35")
async def test_money_that_came_is_credited_once_however_often_and_by_whatever_way_it_is_told(
    till: Till, outside: Outside, anna: User
) -> None:
    order = await till.order(outside, anna)
    told = outside.pays(order, "charge-1")
    all_told = [told] * 8 + list(await outside.provider.arrivals(order))

    booked = await asyncio.gather(*(till.payments.credit(till.epoch, it) for it in all_told))

    assert sum(payment.is_new for payment in booked) == 1
    assert await till.money(anna.id) == (order.credited, 0, 0)
    assert await till.state(order) is OrderState.PAID


async def test_what_the_outside_says_later_is_what_it_said_at_once(
    till: Till, outside: Outside, anna: User
) -> None:
    order, other = await till.order(outside, anna), await till.order(outside, anna)
    told = outside.pays(order, "charge-1")
    outside.pays(other, "charge-2")

    said = await outside.provider.arrivals(order)

    assert all(it == told for it in said)


@pytest.mark.proves("F43", "X38")
async def test_another_amount_is_credited_as_what_really_came(
    till: Till, outside: Outside, anna: User
) -> None:
    order = await till.order(outside, anna)
    told: Arrival = replace(outside.pays(order, "charge-1"), amount=order.amount // 2)

    payment = await till.payments.credit(till.epoch, told)

    assert payment.mismatch is Mismatch.WRONG_AMOUNT
    assert 0 < payment.booked == order.worth(order.amount // 2) < order.credited
    assert await till.money(anna.id) == (payment.booked, 0, 0)


@pytest.mark.proves("F54", "X39")
async def test_a_payment_goes_back_whole_and_once(till: Till, outside: Outside, anna: User) -> None:
    order = await till.order(outside, anna)
    payment = await till.payments.credit(till.epoch, outside.pays(order, "charge-1"))

    refund_id = await till.ask_refund(payment)
    assert await till.ask_refund(payment) == refund_id
    assert await till.money(anna.id) == (order.credited, order.credited, 0)
    await asyncio.gather(*(till.send_back(outside, refund_id) for _ in range(3)))

    assert await till.money(anna.id) == (0, 0, 0)
    assert await till.refund_state(payment) is RefundState.DONE
    assert await till.state(order) is OrderState.REFUNDED
    assert outside.went_back("charge-1") == 1


@pytest.mark.proves("X39")
async def test_while_the_provider_is_away_the_money_stays_set_aside_and_goes_later(
    till: Till, remote: Remote, anna: User
) -> None:
    order = await till.order(remote, anna)
    payment = await till.payments.credit(till.epoch, remote.pays(order, "charge-1"))
    refund_id = await till.ask_refund(payment)
    remote.go_away()
    with pytest.raises(ProviderAwayError):
        await remote.provider.refund(payment)
    await till.send_back(remote, refund_id)
    assert await till.money(anna.id) == (order.credited, order.credited, 0)
    assert await till.refund_state(payment) is RefundState.ASKED

    remote.come_back()
    await till.send_back(remote, refund_id)

    assert await till.money(anna.id) == (0, 0, 0)


@pytest.mark.proves("X39")
async def test_a_refund_whose_answer_was_lost_is_booked_once_when_it_is_asked_for_again(
    till: Till, remote: Remote, anna: User
) -> None:
    order = await till.order(remote, anna)
    payment = await till.payments.credit(till.epoch, remote.pays(order, "charge-1"))
    refund_id = await till.ask_refund(payment)
    remote.lose_answers()
    await till.send_back(remote, refund_id)
    assert await till.refund_state(payment) is RefundState.ASKED

    remote.come_back()
    await till.send_back(remote, refund_id)

    assert remote.went_back("charge-1") == 1
    assert await till.money(anna.id) == (0, 0, 0)
    assert await till.refund_state(payment) is RefundState.DONE


async def test_a_refund_that_is_refused_for_good_frees_the_money_and_may_be_asked_for_again(
    till: Till, remote: Remote, anna: User
) -> None:
    order = await till.order(remote, anna)
    payment = await till.payments.credit(till.epoch, remote.pays(order, "charge-1"))
    remote.refuse("BALANCE_TOO_LOW")
    await till.send_back(remote, await till.ask_refund(payment))
    assert await till.money(anna.id) == (order.credited, 0, 0)
    assert await till.refund_state(payment) is RefundState.REFUSED

    remote.refuse(None)
    await till.send_back(remote, await till.ask_refund(payment))

    assert await till.money(anna.id) == (0, 0, 0)
    assert remote.went_back("charge-1") == 1
