"""Corrections and refunds: what is foretold is what happens, and no more debt than was agreed to."""

import asyncio

import pytest
from sqlalchemy import text

from app.admin import Adjustment, Direction, NotAllowedError, Role
from app.db import Database, Epoch
from app.ledger import Balance, Bucket, Explanation, InsufficientFundsError
from app.money import Kopecks
from app.payments import AlreadyRefundedError
from app.users import User
from tests.integration.admin.conftest import paid
from tests.integration.users.steps import NextStep
from tests.unit.bot.house import OWNERS, WELCOME, House

BOSS = OWNERS[0]
PRICE = 10_000
"""What a payment of these tests is worth."""
WANTED = [
    Adjustment(7, direction, bucket, Kopecks(3_000), "why")
    for direction in Direction
    for bucket in (Bucket.CASH, Bucket.BONUS)
]
TELEGRAM = Explanation(actor="telegram", reason="refunded_payment")


async def balance(house: House, database: Database, user_id: int = 7) -> Balance:
    async with database.snapshot() as session:
        return await house.ledger.balance(session, user_id)


async def spend(house: House, database: Database, epoch: Epoch, amount: int) -> None:
    async with database.unit_of_work(epoch) as session:
        key = f"hold:{amount}"
        await house.ledger.hold(session, user_id=7, amount=Kopecks(amount), key=key)
        await house.ledger.capture(session, hold_key=key, key=f"spent:{amount}")


async def count(database: Database, query: str) -> int:
    async with database.snapshot() as session:
        return int((await session.execute(text(query))).scalar_one())


@pytest.mark.parametrize("debt", [0, 2_000, 5_000], ids=["no debt", "less debt", "more debt"])
@pytest.mark.parametrize("wanted", WANTED, ids=lambda it: f"{it.direction} {it.bucket}")
async def test_what_is_foretold_of_a_correction_is_what_the_ledger_does(
    house: House,
    database: Database,
    epoch: Epoch,
    next_step: NextStep,
    people: list[User],
    debt: int,
    wanted: Adjustment,
) -> None:
    """With debt there is no cash to take: then both refuse."""
    payment = await paid(house, epoch, 7, "charge")
    if debt:
        await spend(house, database, epoch, WELCOME + debt)
        await house.refunds.went_back(epoch, payment.method, "charge", TELEGRAM)
    before = await balance(house, database)
    free = before.cash if wanted.bucket is Bucket.CASH else before.bonus
    if wanted.direction is Direction.TAKE and free < wanted.amount:
        with pytest.raises(InsufficientFundsError):
            await house.desks.money.foresee(BOSS, wanted)
        with pytest.raises(InsufficientFundsError):
            await house.desks.money.adjust(await next_step(), BOSS, wanted)
        return
    foresight = await house.desks.money.foresee(BOSS, wanted)
    assert foresight.before == before
    await house.desks.money.adjust(await next_step(), BOSS, wanted)
    assert foresight.after == await balance(house, database) != before


@pytest.mark.proves("F54")
async def test_what_is_spent_of_a_payment_is_foretold_as_debt_and_only_an_owner_accepts_just_that(
    house: House, database: Database, epoch: Epoch, next_step: NextStep, people: list[User]
) -> None:
    money, payment = house.desks.money, await paid(house, epoch, 7, "charge")
    assert (await money.payback(payment.id)).shortfall == 0
    await spend(house, database, epoch, WELCOME + 4_000)  # the bonus first, then cash
    foretold = await money.payback(payment.id)
    assert foretold.shortfall == 4_000
    assert foretold.foresight is not None
    assert (foretold.foresight.after.cash, foretold.foresight.after.debt) == (0, 4_000)

    await house.desks.crew.grant(await next_step(), BOSS, 8, Role.OPERATOR)
    for actor, most, refusal in (
        (8, 0, InsufficientFundsError),
        (8, 4_000, NotAllowedError),
        (BOSS, 3_999, InsufficientFundsError),
    ):
        with pytest.raises(refusal):
            await money.pay_back(await next_step(), actor, payment.id, "why", most_debt=Kopecks(most))
    assert await count(database, "SELECT count(*) FROM payment_refund") == 0
    assert await count(database, "SELECT count(*) FROM action_log WHERE action = 'payment_refunded'") == 0

    await money.pay_back(await next_step(), BOSS, payment.id, "why", most_debt=Kopecks(4_000))
    await house.refunds.went_back(epoch, payment.method, "charge", TELEGRAM)
    assert await balance(house, database) == foretold.foresight.after


async def test_a_debt_that_was_accepted_and_is_not_needed_any_more_is_none(
    house: House, database: Database, epoch: Epoch, next_step: NextStep, people: list[User]
) -> None:
    """The person topped up between the card and the tap: the money is set aside as ever."""
    payment = await paid(house, epoch, 7, "charge")
    await spend(house, database, epoch, WELCOME + 4_000)
    await paid(house, epoch, 7, "another")
    await house.desks.money.pay_back(await next_step(), BOSS, payment.id, "why", most_debt=Kopecks(4_000))
    now = await balance(house, database)
    assert (now.cash_held, now.debt) == (PRICE, 0)


async def test_two_owners_at_once_send_a_payment_back_once_with_one_row(
    house: House, database: Database, epoch: Epoch, next_step: NextStep, people: list[User]
) -> None:
    payment = await paid(house, epoch, 7, "charge")
    steps = [(await next_step(), owner) for owner in OWNERS]
    done = await asyncio.gather(
        *(house.desks.money.pay_back(step, owner, payment.id, "why") for step, owner in steps),
        return_exceptions=True,
    )
    assert [type(it) for it in done if it is not None] == [AlreadyRefundedError]
    with pytest.raises(AlreadyRefundedError):
        await house.desks.money.pay_back(await next_step(), BOSS, payment.id, "why")
    assert await count(database, "SELECT count(*) FROM action_log WHERE action = 'payment_refunded'") == 1
    assert (await balance(house, database)).cash_held == PRICE


async def test_a_correction_whose_event_comes_twice_is_one(
    house: House, database: Database, next_step: NextStep, people: list[User]
) -> None:
    step = await next_step()
    for _ in range(2):
        await house.desks.money.adjust(step, BOSS, WANTED[0])
    assert (await balance(house, database)).cash == 3_000
    assert await count(database, "SELECT count(*) FROM action_log") == 1
