"""Money that fits no order: of many decisions at once one is made, and it has one row and one credit."""

import asyncio
from collections.abc import Sequence

import pytest
from sqlalchemy import text

from app.admin import StrangePayment
from app.db import Database, Epoch
from app.ledger import Explanation
from app.payments import Mismatch, Outcome, Payment
from app.users import UnknownUserError, User
from tests.integration.admin.conftest import paid
from tests.integration.users.steps import NextStep
from tests.unit.bot.house import OWNERS, TERMS, House

STRANGER = 999
"""Somebody who has never written to the bot."""


async def rows(database: Database) -> list[tuple[str, str, int | None]]:
    """Action, reason and person of every row of the log."""
    async with database.snapshot() as session:
        found = await session.execute(text("SELECT action, reason, user_id FROM action_log ORDER BY id"))
        return [(row[0], row[1], row[2]) for row in found]


async def cash(house: House, database: Database, user_id: int) -> int:
    async with database.snapshot() as session:
        assert await house.ledger.audit(session) == []
        return (await house.ledger.balance(session, user_id)).cash


@pytest.fixture
async def suspended(house: House, epoch: Epoch, next_step: NextStep, people: Sequence[User]) -> Payment:
    """Paid by a stranger for the order of 7."""
    order = await house.payments.create_order(await next_step(), 7, TERMS.wish(100))
    payment = await paid(house, epoch, STRANGER, "charge", order.payload)
    assert (payment.outcome, payment.mismatch) == (Outcome.SUSPENDED, Mismatch.WRONG_PERSON)
    return payment


async def found(house: House, payment: Payment) -> StrangePayment:
    card = await house.desks.strange.find(payment.id)
    assert card is not None
    return card


async def test_its_card_names_the_order_and_its_owner(house: House, suspended: Payment) -> None:
    card = await found(house, suspended)
    assert card.order is not None
    assert card.owner is not None
    assert (card.order.payload, card.owner.id) == (suspended.payload, 7)
    assert card.is_assignable
    assert [it.id for it in await house.desks.strange.queue(10)] == [suspended.id]
    assert (await house.desks.admin.overview()).strange_payments == 1
    assert await house.desks.strange.find(12345) is None


async def test_what_is_foretold_of_an_assignment_is_what_happens(
    house: House, database: Database, next_step: NextStep, suspended: Payment
) -> None:
    foresight = await house.desks.strange.foresee(suspended, "7")
    assert foresight is not None
    await house.desks.strange.assign(await next_step(), OWNERS[0], suspended.id, 7, "found")
    async with database.snapshot() as session:
        assert await house.ledger.balance(session, 7) == foresight.after
    assert await house.desks.strange.foresee(suspended, "12345") is None


@pytest.mark.proves("F43")
async def test_two_operators_and_two_taps_at_once_are_one_credit_and_one_row(
    house: House, database: Database, next_step: NextStep, suspended: Payment
) -> None:
    steps = [await next_step() for _ in range(4)]
    done = await asyncio.gather(
        *(
            house.desks.strange.assign(step, OWNERS[number % 2], suspended.id, 7 + number % 2, "found")
            for number, step in enumerate(steps)
        )
    )
    assert sorted(done) == [False, False, False, True]
    assert await cash(house, database, 7) + await cash(house, database, 8) == suspended.booked
    ((action, _, _),) = await rows(database)
    assert action == "payment_assigned"
    card = await found(house, suspended)
    assert not card.is_open
    assert card.payment.reviewed_by in [f"staff:{owner}" for owner in OWNERS]


async def test_an_event_that_comes_twice_is_one_decision(
    house: House, database: Database, next_step: NextStep, suspended: Payment
) -> None:
    step = await next_step()
    for _ in range(2):
        assert await house.desks.strange.assign(step, OWNERS[0], suspended.id, 7, "found")
    assert await cash(house, database, 7) == suspended.booked
    assert await rows(database) == [("payment_assigned", "found", 7)]


async def test_what_was_left_with_a_note_is_not_assigned_any_more(
    house: House, database: Database, next_step: NextStep, suspended: Payment
) -> None:
    assert await house.desks.strange.keep(await next_step(), OWNERS[0], suspended.id, "a test payment")
    assert not await house.desks.strange.assign(await next_step(), OWNERS[1], suspended.id, 7, "x")
    assert not await house.desks.strange.keep(await next_step(), OWNERS[1], suspended.id, "x")
    assert await cash(house, database, 7) == 0
    assert await rows(database) == [("payment_accepted", "a test payment", None)]
    assert await house.desks.strange.queue(10) == ()


async def test_money_on_its_way_back_to_its_payer_is_credited_to_nobody(
    house: House, database: Database, epoch: Epoch, next_step: NextStep, suspended: Payment
) -> None:
    why = Explanation(actor="staff:901", reason="x")
    await house.desks.money.pay_back(await next_step(), OWNERS[0], suspended.id, "back")
    assert not (await found(house, suspended)).is_assignable
    for _ in range(2):
        assert not await house.desks.strange.assign(await next_step(), OWNERS[0], suspended.id, 7, "x")
        await house.refunds.went_back(epoch, suspended.method, "charge", why)
    assert await cash(house, database, 7) == 0
    assert await house.desks.strange.keep(await next_step(), OWNERS[0], suspended.id, "went back")


async def test_a_person_who_is_not_there_gets_nothing_and_leaves_no_row(
    house: House, database: Database, next_step: NextStep, suspended: Payment
) -> None:
    with pytest.raises(UnknownUserError):
        await house.desks.strange.assign(await next_step(), OWNERS[0], suspended.id, STRANGER, "x")
    assert await rows(database) == []
    assert (await found(house, suspended)).is_assignable


async def test_what_was_credited_to_its_payer_stays_and_can_only_be_accepted(
    house: House, database: Database, epoch: Epoch, next_step: NextStep, people: Sequence[User]
) -> None:
    payment = await paid(house, epoch, 8, "unknown")
    card = await found(house, payment)
    assert (card.order, card.is_open, card.is_assignable) == (None, True, False)
    assert not await house.desks.strange.assign(await next_step(), OWNERS[0], payment.id, 7, "x")
    assert await house.desks.strange.keep(await next_step(), OWNERS[0], payment.id, "a gift")
    assert (await cash(house, database, 7), await cash(house, database, 8)) == (0, payment.booked)
    assert await rows(database) == [("payment_accepted", "a gift", 8)]
