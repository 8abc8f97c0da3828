"""Who comes by whose link, and the bonus for it: once, for a first payment, and back with it (P24)."""

import asyncio
import re
from dataclasses import dataclass, replace
from itertools import count, pairwise

import pytest
from sqlalchemy import text

from app.books import Auditor
from app.db import Database, Epoch
from app.inbox import Step
from app.jobs import JobQueue
from app.ledger import Balance, Corrections, Explanation, Ledger, TransferKind
from app.money import Kopecks
from app.payments import (
    TELL_INVITER,
    Arrival,
    Invitations,
    InviterRecord,
    InviterTeller,
    Method,
    Payment,
    PaymentReview,
    PaymentService,
    RefundService,
)
from app.users import ConsentService, Person, User, UserService
from tests.fakes.payment_news import RememberedNews
from tests.integration.payments.conftest import BONUS, WORDS, HandClock, inviting, service_at
from tests.integration.users.steps import NextStep

WHY = Explanation(actor="telegram", reason="refunded_payment")
NOBODY_CAME = InviterRecord(0, 0, Kopecks(0))
TOLD = text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = :job")


@dataclass(frozen=True)
class Town:
    """People who invite each other and pay."""

    database: Database
    epoch: Epoch
    next_step: NextStep
    users: UserService
    consents: ConsentService
    payments: PaymentService
    refunds: RefundService
    invitations: Invitations

    async def arrives(self, person_id: int, step: Step) -> User:
        """The person's event; they agree to the terms."""
        await self.consents.agree(self.epoch, person_id, WORDS)
        return await self.users.arrive(self.epoch, Person(person_id, "B"), event_id=step.event_id)

    async def comes(self, person_id: int, code: str) -> bool:
        """A new event of the person: they follow a link."""
        step = await self.next_step()
        return await self.invitations.accept(step, await self.arrives(person_id, step), code)

    async def code(self, person_id: int) -> str:
        return await self.invitations.code_of(self.epoch, person_id)

    async def record(self, person_id: int) -> InviterRecord:
        return await self.invitations.record_of(person_id)

    async def pay(self, person_id: int, charge_id: str, stars: int = 10) -> Payment:
        """A top-up by Stars."""
        order = await self.payments.create_order(
            await self.next_step(), person_id, self.payments.terms.wish(stars)
        )
        told = Arrival(Method.STARS, charge_id, person_id, "XTR", stars, order.payload)
        return await self.payments.credit(self.epoch, told)

    async def goes_back(self, charge_id: str) -> None:
        await self.refunds.went_back(self.epoch, Method.STARS, charge_id, WHY)

    async def balance(self, person_id: int) -> Balance:
        """A person's money, where all books fit."""
        async with self.database.snapshot() as session:
            assert await Auditor(Ledger()).audit(session) == []
            return await Ledger().balance(session, person_id)

    async def told(self) -> int:
        """How often an inviter is about to be told something."""
        async with self.database.snapshot() as session:
            return int((await session.execute(TOLD, {"job": TELL_INVITER})).scalar_one())

    async def ban(self, person_id: int) -> None:
        async with self.database.unit_of_work(self.epoch) as session:
            await self.users.ban(session, person_id)

    async def spend(self, person_id: int, amount: int) -> None:
        async with self.database.unit_of_work(self.epoch) as session:
            await Ledger().hold(session, user_id=person_id, amount=Kopecks(amount), key="hold:x")
            await Ledger().capture(session, hold_key="hold:x", key="resolution:x", to="adjustments")


@pytest.fixture
async def town(
    database: Database,
    epoch: Epoch,
    next_step: NextStep,
    users: UserService,
    consents: ConsentService,
    clock: HandClock,
    anna: User,
) -> Town:
    """Anna is 7, and has been here for a while."""
    assert anna.id == 7
    payments, invitations = service_at("1.235", database, users, clock), inviting(database, users)
    refunds = RefundService(database, Ledger(), Corrections(), invitations, JobQueue(), clock)
    return Town(database, epoch, next_step, users, consents, payments, refunds, invitations)


@pytest.fixture
async def boris(town: Town) -> int:
    """Has come by Anna's link."""
    assert await town.comes(8, await town.code(7))
    return 8


@pytest.mark.proves("S15")
async def test_a_link_carries_a_random_code_that_is_the_same_for_ever(town: Town) -> None:
    step = await town.next_step()
    await town.arrives(8, step)
    codes = await asyncio.gather(*(town.code(7) for _ in range(5)), town.code(8))
    assert len(set(codes)) == 2
    assert all(re.fullmatch("[a-z0-9]{12}", code) for code in codes)
    assert await town.code(7) == codes[0]


@pytest.mark.proves("S15", "F59")
async def test_who_is_new_is_invited_once_and_never_by_a_second_person(town: Town, boris: int) -> None:
    assert await town.record(7) == InviterRecord(1, 0, Kopecks(0))
    step = await town.next_step()
    cyril = await town.arrives(9, step)
    assert cyril.is_new
    assert await town.invitations.accept(step, cyril, await town.code(boris))
    # The same event once more, and another link after it.
    assert not await town.invitations.accept(step, cyril, await town.code(boris))
    assert not await town.comes(9, await town.code(7))
    assert (await town.record(boris)).came == 1
    assert (await town.record(7)).came == 1


@pytest.mark.proves("S15", "F59")
async def test_a_person_of_two_links_at_once_has_one_inviter(town: Town, boris: int) -> None:
    codes = [await town.code(7), await town.code(boris)]
    first, second = await town.next_step(), await town.next_step()
    cyril = await town.arrives(9, first)
    taken = await asyncio.gather(
        town.invitations.accept(first, cyril, codes[0]),
        town.invitations.accept(second, cyril, codes[1]),
    )
    assert sorted(taken) == [False, True]


@pytest.mark.proves("S15", "F59")
async def test_nobody_invites_themselves_and_no_two_invite_each_other(town: Town, boris: int) -> None:
    assert not await town.comes(7, await town.code(boris))
    assert not await town.comes(7, await town.code(7))
    anna = await town.arrives(7, await town.next_step())
    # Even if somebody were taken for new who is not.
    assert not await town.invitations.accept(
        await town.next_step(), replace(anna, is_new=True), await town.code(7)
    )
    assert await town.record(boris) == NOBODY_CAME
    assert (await town.record(7)).came == 1


@pytest.mark.proves("S15")
@pytest.mark.parametrize("code", ["", "7", "x" * 12, "X" * 12, "а" * 12, "a'b", "0" * 64])
async def test_a_code_that_is_nobodys_invites_nobody(town: Town, code: str) -> None:
    assert not await town.comes(8, code)
    await town.pay(8, "c1")
    assert (await town.balance(7)).bonus == 0


@pytest.mark.proves("S15", "F59")
async def test_whoever_is_banned_neither_invites_nor_earns(town: Town, boris: int) -> None:
    code = await town.code(7)
    await town.ban(7)
    assert not await town.comes(9, code)
    await town.pay(boris, "c1")
    assert (await town.balance(7)).bonus == 0
    assert await town.record(7) == InviterRecord(1, 1, Kopecks(0))
    assert await town.told() == 0


@pytest.mark.proves("S15")
async def test_two_first_payments_at_once_earn_one_bonus_and_later_ones_nothing(
    town: Town, boris: int
) -> None:
    await asyncio.gather(*(town.pay(boris, f"c{number}") for number in range(4)))
    await town.pay(boris, "later")

    anna, theirs = await town.balance(7), await town.balance(boris)
    assert (anna.bonus, anna.cash) == (BONUS, 0)
    assert (theirs.bonus, theirs.cash) == (0, 5 * 1_235)
    assert await town.record(7) == InviterRecord(1, 1, BONUS)
    assert await town.told() == 1


@pytest.mark.proves("F59")
async def test_a_bonus_is_no_more_than_what_was_paid(town: Town, boris: int) -> None:
    await town.pay(boris, "c1", stars=1)
    assert (await town.balance(7)).bonus == (await town.balance(boris)).cash < BONUS


async def test_a_payment_that_is_told_of_again_earns_nothing_more(town: Town, boris: int) -> None:
    paid = await town.pay(boris, "c1")
    again = Arrival(Method.STARS, "c1", boris, "XTR", 10, paid.payload)
    await asyncio.gather(*(town.payments.credit(town.epoch, again) for _ in range(5)))
    assert (await town.balance(7)).bonus == BONUS


async def test_who_came_by_no_link_earns_nobody_anything(town: Town) -> None:
    await town.pay(7, "c1")
    assert (await town.balance(7)).bonus == 0
    assert await town.told() == 0


@pytest.mark.proves("S15", "F59")
async def test_the_bonus_goes_back_with_the_payment_once_and_does_not_come_again(
    town: Town, boris: int
) -> None:
    await town.pay(boris, "c1")
    await asyncio.gather(*(town.goes_back("c1") for _ in range(6)))
    assert (await town.balance(7)).bonus == 0
    assert await town.told() == 2

    await town.pay(boris, "c2")
    assert (await town.balance(7)).bonus == 0
    assert await town.record(7) == InviterRecord(1, 1, Kopecks(0))


async def test_another_payment_that_goes_back_leaves_the_bonus(town: Town, boris: int) -> None:
    await town.pay(boris, "c1")
    await town.pay(boris, "c2")
    await town.goes_back("c2")
    assert (await town.balance(7)).bonus == BONUS


@pytest.mark.proves("S15")
async def test_what_was_spent_of_the_bonus_is_written_off_and_the_inviters_own_money_stays(
    town: Town, boris: int
) -> None:
    await town.pay(7, "own")
    await town.pay(boris, "c1")
    await town.spend(7, BONUS - 1)
    await town.goes_back("c1")
    anna = await town.balance(7)
    assert (anna.bonus, anna.cash, anna.debt) == (0, 1_235, 0)


async def test_a_refund_that_an_operator_asked_for_takes_the_bonus_when_the_money_has_gone(
    town: Town, boris: int
) -> None:
    payment = await town.pay(boris, "c1")
    async with town.database.unit_of_work(town.epoch) as session:
        await town.refunds.ask(session, payment.id, why=WHY)
    assert (await town.balance(7)).bonus == BONUS
    await town.goes_back("c1")
    assert (await town.balance(7)).bonus == 0


async def test_money_that_waited_in_the_suspense_account_earns_the_bonus_when_it_is_assigned(
    town: Town, boris: int, review: PaymentReview
) -> None:
    stray = await town.payments.credit(town.epoch, Arrival(Method.STARS, "c1", 99, "XTR", 10, "no order"))
    assert (await town.balance(7)).bonus == 0
    for _ in range(2):
        async with town.database.unit_of_work(town.epoch) as session:
            await review.assign(session, stray.id, boris, actor="operator 1")
    assert (await town.balance(7)).bonus == BONUS
    await town.goes_back("c1")
    assert (await town.balance(7)).bonus == 0


async def test_what_is_not_promised_is_not_given_nor_made_up_for(
    town: Town, boris: int, users: UserService
) -> None:
    silent = Invitations(town.database, users, Ledger(), Corrections(), JobQueue(), bonus=Kopecks(0))
    paid = await town.pay(7, "own")
    async with town.database.unit_of_work(town.epoch) as session:
        await silent.reward(session, replace(paid, user_id=boris))
    assert await town.record(7) == InviterRecord(1, 1, Kopecks(0))
    async with town.database.unit_of_work(town.epoch) as session:
        await town.invitations.reward(session, replace(paid, user_id=boris))
    assert await town.record(7) == InviterRecord(1, 1, Kopecks(0))
    assert await town.told() == 0


async def test_a_chain_of_friends_who_all_pay_and_get_it_back_at_once_leaves_no_two_waiting_for_each_other(
    town: Town, boris: int
) -> None:
    chain = [7, boris, 9, 10, 11]
    for inviter, invited in pairwise(chain[1:]):
        assert await town.comes(invited, await town.code(inviter))
    numbers = count(1)
    async with asyncio.timeout(60):
        for _ in range(3):
            charges = [f"c{next(numbers)}" for _ in chain]
            await asyncio.gather(*map(town.pay, chain, charges))
            await asyncio.gather(*map(town.goes_back, charges), town.pay(7, f"c{next(numbers)}"))
    assert [(await town.balance(it)).bonus for it in chain] == [0] * 5
    assert [(await town.record(it)).paid for it in chain] == [1, 1, 1, 1, 0]


async def test_the_inviter_is_told_how_the_bonus_stands(town: Town, boris: int) -> None:
    news = RememberedNews()
    teller = InviterTeller(town.database, town.users, news)
    for stranger in (7, boris):
        await teller.tell(town.epoch, stranger)
    assert news.told == []
    await town.pay(boris, "c1")
    await teller.tell(town.epoch, boris)
    await town.goes_back("c1")
    await teller.tell(town.epoch, boris)
    assert news.told == [("earned", 7, str(BONUS)), ("earnings taken back", 7, str(BONUS))]
    async with town.database.snapshot() as session:
        kinds = [line.kind for line in await Ledger().statement(session, 7)]
    assert kinds == [TransferKind.CLAWBACK, TransferKind.BONUS]
