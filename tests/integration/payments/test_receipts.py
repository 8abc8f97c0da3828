"""Receipts: one at a time, decided once, credited once, and never forgotten."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import text

from app.db import Database, Epoch
from app.jobs import JobQueue
from app.ledger import Ledger
from app.money import Kopecks
from app.payments import (
    Approval,
    BankAccount,
    BankProvider,
    BankTransfers,
    Decision,
    FileKind,
    Order,
    OrderState,
    PaymentReview,
    PaymentService,
    Receipt,
    ReceiptFile,
    ReceiptReader,
    ReceiptState,
    Received,
)
from app.users import User, UserService
from tests.integration.payments.conftest import HandClock
from tests.integration.users.steps import NextStep

LIMIT = Kopecks(500_000)
OPERATOR, OTHER = 901, 902
ANNOUNCED = text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'receipt.announce'")


class Files:
    """Telegram's files: by their id, or not today."""

    def __init__(self) -> None:
        self.contents: dict[str, bytes] = {}

    async def fetch(self, file: ReceiptFile) -> bytes:
        """Raises KeyError: an outage that nobody expects."""
        return self.contents[file.file_id]


class Counter:
    """A bank's counter: orders, receipts and decisions in their own units of work."""

    def __init__(
        self,
        database: Database,
        epoch: Epoch,
        users: UserService,
        payments: PaymentService,
        review: PaymentReview,
        clock: HandClock,
        steps: NextStep,
    ) -> None:
        self.database, self.epoch, self.payments, self.steps = database, epoch, payments, steps
        self.files = Files()
        queue = JobQueue()
        self.transfers = BankTransfers(database, users, payments, review, queue, clock, second_over=LIMIT)
        self.reader = ReceiptReader(database, self.files, queue, clock)

    async def order(self, user: User, kopecks: int = 50_000) -> Order:
        """An order of a transfer."""
        terms = BankProvider(BankAccount("B", "C", "H", "P")).terms
        assert terms is not None
        return await self.payments.create_order(await self.steps(), user.id, terms.wish(kopecks))

    async def send(self, order: Order, name: str) -> Received:
        """A receipt for an order."""
        file = ReceiptFile(name, name, FileKind.PHOTO, 10)
        return await self.transfers.receive(await self.steps(), order.user_id, order.id, file)

    async def waiting(self, user: User, content: bytes, kopecks: int = 50_000) -> Receipt:
        """A receipt with these bytes that can be decided about."""
        order = await self.order(user, kopecks)
        name = f"file-{order.id}"
        self.files.contents[name] = content
        assert await self.send(order, name) is Received.TAKEN
        async with self.database.snapshot() as session:
            question = text("SELECT id FROM receipt WHERE order_id = :order_id")
            receipt_id = (await session.execute(question, {"order_id": order.id})).scalar_one()
        await self.reader.read(self.epoch, receipt_id)
        return await self.get(receipt_id)

    async def get(self, receipt_id: int) -> Receipt:
        """As it is now."""
        async with self.database.snapshot() as session:
            return await self.transfers.get(session, receipt_id)

    async def approve(
        self, receipt: Receipt, amount: int = 50_000, by: int = OPERATOR, *, alone: bool = False
    ) -> Approval:
        """An operator's yes."""
        decision = Decision(receipt.id, by, Kopecks(amount), alone)
        async with self.database.unit_of_work(self.epoch) as session:
            return (await self.transfers.approve(session, decision)).approval

    async def reject(self, receipt: Receipt) -> Receipt | None:
        """An operator's no."""
        async with self.database.unit_of_work(self.epoch) as session:
            return await self.transfers.reject(session, receipt.id, OTHER, "not_found")

    async def cash(self, user: User) -> int:
        """What was credited; the books are in order."""
        async with self.database.snapshot() as session:
            assert await Ledger().audit(session) == []
            return (await Ledger().balance(session, user.id)).cash

    async def announced(self) -> int:
        """How often operators were to be told."""
        async with self.database.snapshot() as session:
            return int((await session.execute(ANNOUNCED)).scalar_one())


@pytest.fixture
def counter(
    database: Database,
    epoch: Epoch,
    users: UserService,
    payments: PaymentService,
    review: PaymentReview,
    clock: HandClock,
    next_step: NextStep,
) -> Counter:
    """Open."""
    return Counter(database, epoch, users, payments, review, clock, next_step)


@pytest.mark.proves("X41", "S14")
async def test_of_eight_files_at_once_one_is_the_receipt(counter: Counter, anna: User) -> None:
    order = await counter.order(anna)
    sent = await asyncio.gather(*(counter.send(order, f"file-{number}") for number in range(8)))
    assert sorted(sent) == [Received.ALREADY] * 7 + [Received.TAKEN]


async def test_a_receipt_keeps_its_order_from_expiring(
    counter: Counter, anna: User, clock: HandClock
) -> None:
    receipt = await counter.waiting(anna, b"x")
    clock.moment += timedelta(days=3)
    await counter.payments.expire(counter.epoch)
    assert await counter.approve(receipt) is Approval.CREDITED
    async with counter.database.snapshot() as session:
        assert (await counter.payments.get(session, receipt.order_id)).state is OrderState.PAID


@pytest.mark.proves("F40", "S14")
async def test_a_receipt_that_was_not_read_yet_is_not_approved(counter: Counter, anna: User) -> None:
    receipt = await counter.waiting(anna, b"x")
    async with counter.database.unfenced_unit_of_work() as session:
        await session.execute(text("UPDATE receipt SET state = 'received'"))
    assert await counter.approve(receipt) is Approval.UNREAD
    assert await counter.reject(receipt) is None
    assert await counter.cash(anna) == 0


@pytest.mark.proves("X41", "S14")
async def test_ten_approvals_at_once_credit_once(counter: Counter, anna: User) -> None:
    receipt = await counter.waiting(anna, b"x")
    approvals = await asyncio.gather(*(counter.approve(receipt, by=900 + it) for it in range(10)))
    assert sorted(approvals) == [Approval.CREDITED] + [Approval.DECIDED] * 9
    assert await counter.cash(anna) == 50_000


async def test_a_yes_and_a_no_at_once_are_one_decision(counter: Counter, anna: User) -> None:
    for number in range(5):
        receipt = await counter.waiting(anna, f"{number}".encode())
        before = await counter.cash(anna)
        approval, rejected = await asyncio.gather(counter.approve(receipt), counter.reject(receipt))
        assert (approval is Approval.CREDITED) != (rejected is not None)
        credited = await counter.cash(anna) - before
        assert credited == (50_000 if approval is Approval.CREDITED else 0)


@pytest.mark.proves("F42", "X41", "S14")
async def test_the_same_bytes_approved_twice_at_once_are_credited_once(counter: Counter, anna: User) -> None:
    receipts = [await counter.waiting(anna, b"the same") for _ in range(2)]
    assert receipts[1].twin is not None
    assert (receipts[1].twin.receipt_id, receipts[1].twin.exact) == (receipts[0].id, True)
    outcomes = await asyncio.gather(*(counter.approve(it) for it in receipts), return_exceptions=True)
    assert [it for it in outcomes if it is Approval.CREDITED] == [Approval.CREDITED]
    loser = receipts[0 if outcomes[0] is not Approval.CREDITED else 1]
    assert await counter.approve(loser) is Approval.COPY
    assert await counter.cash(anna) == 50_000


@pytest.mark.proves("S14")
async def test_two_operators_are_needed_over_the_limit_and_for_the_same_sum(
    counter: Counter, anna: User
) -> None:
    receipt = await counter.waiting(anna, b"x", 600_000)
    assert await counter.approve(receipt, 600_000, OPERATOR) is Approval.SECONDED
    assert await counter.approve(receipt, 600_000, OPERATOR) is Approval.NEEDS_ANOTHER
    assert await counter.approve(receipt, 600_100, OTHER) is Approval.SECONDED
    assert await counter.approve(receipt, 600_000, OPERATOR) is Approval.SECONDED
    assert await counter.cash(anna) == 0
    assert await counter.approve(receipt, 600_000, OTHER) is Approval.CREDITED
    assert await counter.cash(anna) == 600_000


async def test_the_limit_itself_takes_one_operator(counter: Counter, anna: User) -> None:
    receipt = await counter.waiting(anna, b"x", LIMIT)
    assert await counter.approve(receipt, LIMIT) is Approval.CREDITED


@pytest.mark.proves("S14")
async def test_the_only_operator_confirms_again_after_a_minute(
    counter: Counter, anna: User, clock: HandClock
) -> None:
    receipt = await counter.waiting(anna, b"x", 600_000)
    assert await counter.approve(receipt, 600_000, alone=True) is Approval.SECONDED
    clock.moment += timedelta(seconds=59)
    assert await counter.approve(receipt, 600_000, alone=True) is Approval.TOO_SOON
    clock.moment += timedelta(seconds=1)
    assert await counter.approve(receipt, 600_000, alone=True) is Approval.CREDITED


@pytest.mark.proves("S14")
async def test_another_sum_is_booked_as_seen_by_an_operator(counter: Counter, anna: User) -> None:
    receipt = await counter.waiting(anna, b"x")
    assert await counter.approve(receipt, 12_345) is Approval.CREDITED
    assert await counter.cash(anna) == 12_345
    async with counter.database.snapshot() as session:
        strange = text("SELECT count(*) FROM payment WHERE mismatch IS NOT NULL AND reviewed_at IS NULL")
        assert (await session.execute(strange)).scalar_one() == 0


async def test_a_rejected_receipt_may_be_followed_by_another_for_the_same_order(
    counter: Counter, anna: User
) -> None:
    receipt = await counter.waiting(anna, b"x")
    assert await counter.reject(receipt) is not None
    async with counter.database.snapshot() as session:
        order = await counter.payments.get(session, receipt.order_id)
    assert order.state is OrderState.REFUSED
    assert await counter.send(order, "better") is Received.TAKEN


async def test_a_file_that_cannot_be_had_goes_to_the_operators_after_ten_minutes(
    counter: Counter, anna: User, clock: HandClock
) -> None:
    order = await counter.order(anna)
    await counter.send(order, "lost")
    with pytest.raises(KeyError):
        await counter.reader.read(counter.epoch, 1)
    await counter.reader.escalate(counter.epoch, 0)
    assert (await counter.get(1)).state is ReceiptState.RECEIVED
    clock.moment += timedelta(minutes=11)
    await counter.reader.escalate(counter.epoch, 0)
    receipt = await counter.get(1)
    assert (receipt.state, receipt.was_read) == (ReceiptState.WAITING, False)
    assert await counter.announced() == 1


async def test_a_receipt_that_nobody_answers_is_pressed_for(
    counter: Counter, anna: User, clock: HandClock
) -> None:
    receipt = await counter.waiting(anna, b"x")
    assert await counter.announced() == 1
    for minutes, told in ((59, 1), (2, 2), (60, 2), (5 * 60 + 1, 3)):
        clock.moment += timedelta(minutes=minutes)
        await counter.reader.escalate(counter.epoch, 0)
        assert await counter.announced() == told, minutes
    await counter.approve(receipt)
    clock.moment += timedelta(days=1)
    await counter.reader.escalate(counter.epoch, 0)
    assert await counter.announced() == 3
