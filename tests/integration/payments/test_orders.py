"""Orders stand before their invoice, and pre-checkout compares with them."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from app.db import Database, Epoch
from app.money import Stars
from app.payments import (
    ORDERS_AN_HOUR,
    Arrival,
    InvalidAmountError,
    Method,
    Order,
    OrderState,
    PaymentService,
    PreCheckout,
    PreCheckoutVerdict,
    Refusal,
    TooManyOrdersError,
)
from app.users import ConsentMissingError, ConsentService, Person, User, UserService
from tests.integration.payments.conftest import HandClock, service_at
from tests.integration.users.steps import NextStep


@pytest.fixture
async def order(payments: PaymentService, anna: User, next_step: NextStep) -> Order:
    """For 101 Stars."""
    return await payments.create_order(await next_step(), anna.id, payments.terms.wish(Stars(101)))


def query_for(order: Order) -> PreCheckout:
    return PreCheckout("q", order.user_id, "XTR", order.amount, order.payload)


async def test_an_order_freezes_what_will_be_credited(order: Order, clock: HandClock) -> None:
    assert (order.state, order.currency, order.amount) == (OrderState.OPEN, "XTR", 101)
    assert order.credited == 12_473  # floor(101 x 123.5)
    assert order.expires_at == clock.now() + timedelta(hours=1)


async def test_payloads_fit_an_invoice_and_no_two_are_alike(
    payments: PaymentService, anna: User, next_step: NextStep
) -> None:
    orders = [
        await payments.create_order(await next_step(), anna.id, payments.terms.wish(Stars(50)))
        for _ in range(5)
    ]

    assert len({order.payload for order in orders}) == 5
    assert all(1 <= len(order.payload.encode()) <= 128 for order in orders)


async def test_the_same_event_makes_one_order(
    payments: PaymentService, anna: User, next_step: NextStep
) -> None:
    step = await next_step()

    first = await payments.create_order(step, anna.id, payments.terms.wish(Stars(50)))
    assert await payments.create_order(step, anna.id, payments.terms.wish(Stars(50))) == first


async def test_nobody_orders_before_they_have_agreed_and_the_refusal_leaves_no_row(
    payments: PaymentService,
    users: UserService,
    consents: ConsentService,
    epoch: Epoch,
    next_step: NextStep,
) -> None:
    boris = await users.arrive(epoch, Person(8, "Boris"))
    step, wish = await next_step(), payments.terms.wish(Stars(50))
    with pytest.raises(ConsentMissingError):
        await payments.create_order(step, boris.id, wish)
    await consents.agree(epoch, boris.id, consents.version)
    assert (await payments.create_order(step, boris.id, wish)).user_id == boris.id


@pytest.mark.proves("S12")
async def test_of_many_orders_at_once_an_hour_takes_so_many_and_a_replay_is_none_of_them(
    payments: PaymentService, anna: User, next_step: NextStep, clock: HandClock
) -> None:
    wish = payments.terms.wish(Stars(50))
    steps = [await next_step() for _ in range(ORDERS_AN_HOUR + 10)]
    made = await asyncio.gather(
        *(payments.create_order(step, anna.id, wish) for step in steps), return_exceptions=True
    )
    orders = [it for it in made if isinstance(it, Order)]
    assert len(orders) == ORDERS_AN_HOUR
    assert sum(isinstance(it, TooManyOrdersError) for it in made) == 10
    first = next(step for step, it in zip(steps, made, strict=True) if isinstance(it, Order))
    assert await payments.create_order(first, anna.id, wish) in orders
    clock.moment += timedelta(minutes=61)
    assert (await payments.create_order(await next_step(), anna.id, wish)).amount == 50


@pytest.mark.parametrize("stars", [-1, 0, 10_001])
async def test_amounts_outside_the_bounds_are_refused(
    payments: PaymentService, anna: User, next_step: NextStep, stars: int
) -> None:
    with pytest.raises(InvalidAmountError) as refusal:
        await payments.create_order(await next_step(), anna.id, payments.terms.wish(Stars(stars)))

    assert (refusal.value.smallest, refusal.value.largest) == (1, 10_000)


async def test_the_owner_may_pay(payments: PaymentService, order: Order) -> None:
    assert await payments.check_pre_checkout(query_for(order)) == PreCheckoutVerdict(ok=True)


@pytest.mark.proves("F43")
async def test_a_query_that_differs_from_its_order_is_refused(payments: PaymentService, order: Order) -> None:
    query = query_for(order)
    differing = {
        Refusal.UNKNOWN_ORDER: replace(query, payload="made up"),
        Refusal.WRONG_PERSON: replace(query, payer=8),
        Refusal.WRONG_CURRENCY: replace(query, currency="USD"),
        Refusal.WRONG_AMOUNT: replace(query, amount=1),
    }

    for reason, other in differing.items():
        assert await payments.check_pre_checkout(other) == PreCheckoutVerdict(ok=False, reason=reason)


async def test_an_expired_order_is_not_paid(payments: PaymentService, order: Order, clock: HandClock) -> None:
    clock.moment = order.expires_at

    verdict = await payments.check_pre_checkout(query_for(order))
    assert verdict == PreCheckoutVerdict(ok=False, reason=Refusal.EXPIRED)


@pytest.mark.proves("X31")
async def test_an_order_that_is_paid_while_it_expires_is_paid(
    payments: PaymentService, anna: User, next_step: NextStep, clock: HandClock, epoch: Epoch
) -> None:
    orders = [
        await payments.create_order(await next_step(), anna.id, payments.terms.wish(50)) for _ in range(10)
    ]
    clock.moment += timedelta(hours=2)
    told = [Arrival(Method.STARS, f"c{it.id}", anna.id, "XTR", 50, it.payload) for it in orders]

    await asyncio.gather(*(payments.credit(epoch, it) for it in told), payments.expire(epoch))

    verdicts = [await payments.check_pre_checkout(query_for(order)) for order in orders]
    assert {verdict.reason for verdict in verdicts} == {Refusal.ALREADY_PAID}


async def test_open_orders_expire_once_and_paid_or_claimed_ones_never(
    payments: PaymentService, order: Order, anna: User, next_step: NextStep, clock: HandClock, epoch: Epoch
) -> None:
    paid = await payments.create_order(await next_step(), anna.id, payments.terms.wish(50))
    await payments.credit(epoch, Arrival(Method.STARS, "c1", anna.id, "XTR", 50, paid.payload))
    assert await payments.expire(epoch) == 0
    clock.moment = order.expires_at

    assert await payments.expire(epoch) == 1
    assert await payments.expire(epoch) == 0
    assert (await payments.check_pre_checkout(query_for(order))).reason is Refusal.EXPIRED


async def test_who_is_subscribed_is_not_let_subscribe_again_by_a_link_of_before(
    payments: PaymentService, anna: User, next_step: NextStep, clock: HandClock, epoch: Epoch
) -> None:
    first, second = [
        await payments.create_order(await next_step(), anna.id, payments.terms.monthly_wish())
        for _ in range(2)
    ]
    assert (await payments.check_pre_checkout(query_for(second))).ok
    paid = Arrival(Method.STARS, "c1", anna.id, "XTR", first.amount, first.payload)
    await payments.credit(epoch, paid)

    assert (await payments.check_pre_checkout(query_for(second))).reason is Refusal.SUBSCRIBED


async def test_a_banned_person_does_not_pay(
    payments: PaymentService, order: Order, users: UserService, database: Database, epoch: Epoch
) -> None:
    async with database.unit_of_work(epoch) as session:
        await users.ban(session, order.user_id)

    verdict = await payments.check_pre_checkout(query_for(order))
    assert verdict == PreCheckoutVerdict(ok=False, reason=Refusal.BANNED)


async def test_while_the_storage_is_away_the_query_is_refused_with_that_reason(
    users: UserService, clock: HandClock
) -> None:
    nowhere = Database("postgresql://nobody@127.0.0.1:9/none", application_name="test", max_connections=1)
    payments = service_at("1", nowhere, users, clock)

    verdict = await payments.check_pre_checkout(PreCheckout("q", 7, "XTR", 1, "payload"))
    await nowhere.close()

    assert verdict == PreCheckoutVerdict(ok=False, reason=Refusal.STORAGE_AWAY)
