"""A house with something of everything in it: paid, held, captured, failed, cancelled, free, refunded, suspended."""

from dataclasses import dataclass
from decimal import Decimal

import pytest

from app.books import Auditor
from app.clock import SystemClock
from app.db import Database, Epoch
from app.generation import AmbiguousError, FailureClass, FreeAllowance, RefusedError, Submitted
from app.jobs import JobQueue
from app.ledger import Corrections, Explanation, Finding, Ledger
from app.money import Kopecks, Stars
from app.offers import Rates
from app.payments import (
    Arrival,
    Invitations,
    Method,
    Payers,
    PaymentReview,
    PaymentService,
    RefundService,
    StarsTerms,
)
from app.users import Person
from tests.fakes.rates import rates_in_force
from tests.integration.generation.parlour import PRICE, open_parlour
from tests.integration.generation.world import World, make_world
from tests.integration.guards.conftest import ZONE, picture

WHY = Explanation(actor="operator 1", reason="asked for")
BONUS = Kopecks(5_000)
"""What a friend's first payment earns."""


@dataclass(frozen=True)
class Shop:
    """A world in which money comes in through payments."""

    world: World
    payments: PaymentService
    refunds: RefundService
    review: PaymentReview
    invitations: Invitations

    async def pay(self, person_id: int, stars: int, charge_id: str) -> int:
        """An order and its payment; returns the payment's id."""
        wish = self.payments.terms.wish(Stars(stars))
        order = await self.payments.create_order(await self.world.next_step(), person_id, wish)
        told = Arrival(Method.STARS, charge_id, person_id, "XTR", stars, order.payload)
        return (await self.payments.credit(self.world.epoch, told)).id

    async def invite(self, inviter: int, invited: int) -> None:
        """Somebody new comes by the inviter's link."""
        code = await self.invitations.code_of(self.world.epoch, inviter)
        step = await self.world.next_step()
        user = await self.world.users.arrive(
            self.world.epoch, Person(invited, "Boris", language_code="ru"), event_id=step.event_id
        )
        assert await self.invitations.accept(step, user, code)

    async def pay_for_nothing(self, charge_id: str, payer: int = 999) -> int:
        """Money that fits no order, of somebody who is not known."""
        told = Arrival(Method.STARS, charge_id, payer, "XTR", 10, "no such order")
        return (await self.payments.credit(self.world.epoch, told)).id

    async def findings(self) -> list[Finding]:
        """What the audit says."""
        async with self.world.database.snapshot() as session:
            return await Auditor(self.world.ledger).audit(session)

    async def tamper(self, statement: str) -> None:
        """What nobody may do: past the triggers that keep the ledger for ever."""
        async with self.world.database.unfenced_unit_of_work() as session:
            connection = await session.connection()
            await connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            await connection.exec_driver_sql(statement)


def open_shop(url: str, database: Database, epoch: Epoch) -> Shop:
    """Two free runs a day."""
    world = make_world(url, database, epoch, free=FreeAllowance(2, 2, ZONE))
    ledger, clock = Ledger(), SystemClock()
    rates = rates_in_force(Rates(Decimal(79), Decimal(2)))
    terms = StarsTerms(Decimal(1))
    invitations = Invitations(database, world.users, ledger, Corrections(), JobQueue(), bonus=BONUS)
    payers = Payers(world.users, world.consents, invitations)
    payments = PaymentService(database, ledger, Corrections(), payers, terms, rates, clock)
    refunds = RefundService(database, ledger, Corrections(), invitations, JobQueue(), clock)
    review = PaymentReview(ledger, world.users, invitations, clock)
    return Shop(world, payments, refunds, review, invitations)


@pytest.fixture
async def shop(database_url: str, database: Database, epoch: Epoch) -> Shop:
    """Generation 1 delivered, 2 held, 3 failed, 4 cancelled, 5 free and delivered, 6 free and given back.

    Improvement 1 ready and paid, 2 lost, 3 ready for nothing, 4 waits.

    Payment 1 credited, 2 refunded, 3 about to be refunded, 4 suspended, 5 assigned.

    Person 7 invited 11, who paid c6, and 12, who paid c7 and got it back.
    """
    shop = open_shop(database_url, database, epoch)
    await furnish(shop)
    assert await shop.findings() == []
    return shop


async def furnish(shop: Shop) -> None:
    """Lets everything happen once that can happen to money, through the services."""
    await _generate(shop)
    await _refund(shop)
    await _improve(shop)
    await _invite(shop)


async def _generate(shop: Shop) -> None:
    world = shop.world
    await world.person(7, cash=0)
    await shop.pay(7, 1000, "c1")
    await world.deliverer.deliver(world.epoch, (await world.captured()).id)
    await world.submitted()
    world.provider.refusals.append(RefusedError(FailureClass.PROVIDER_DOWN))
    await world.started()
    cancelled = await world.submitted()
    await world.service.cancel(await world.next_step(), 7, cancelled.id)
    free = await picture(world)
    assert isinstance(free, Submitted)
    await world.starter.start(world.epoch, free.generation.id)
    started = await world.now(free.generation)
    assert started.task_id is not None
    world.provider.succeed(started.task_id)
    await world.check_when_due(started)
    await world.deliverer.deliver(world.epoch, started.id)
    returned = await picture(world)
    assert isinstance(returned, Submitted)
    await world.service.cancel(await world.next_step(), 7, returned.generation.id)


async def _refund(shop: Shop) -> None:
    world = shop.world
    await shop.pay(7, 100, "c2")
    going = await shop.pay(7, 50, "c3")
    await shop.pay_for_nothing("c4")
    assigned = await shop.pay_for_nothing("c5")
    await shop.refunds.went_back(world.epoch, Method.STARS, "c2", WHY)
    async with world.database.unit_of_work(world.epoch) as session:
        await shop.refunds.ask(session, going, why=WHY)
        await shop.review.assign(session, assigned, 7, actor="operator 1")


async def _improve(shop: Shop) -> None:
    """Improvement 1 ready and paid, 2 lost, 3 ready for nothing, 4 waits."""
    world = shop.world
    draft = await world.draft(7)
    sold, given = (open_parlour(world, world.database, price=price) for price in (PRICE, Kopecks(0)))
    first = await sold.improve(await sold.asked(draft))
    sold.writer.refusals.append(AmbiguousError("no answer"))
    second = await sold.improve(await sold.asked(draft, after=first.id))
    third = await given.improve(await given.asked(draft, after=second.id))
    await sold.asked(draft, after=third.id)


async def _invite(shop: Shop) -> None:
    for invited, charge_id in ((11, "c6"), (12, "c7")):
        await shop.invite(7, invited)
        await shop.world.person(invited, cash=0)
        await shop.pay(invited, 10, charge_id)
    await shop.refunds.went_back(shop.world.epoch, Method.STARS, "c7", WHY)
