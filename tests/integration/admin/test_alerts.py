"""What operators are told without having asked: each cause once, grouped, over retries, races and restarts."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from sqlalchemy import text

from app.admin import Alert, AlertKind, AlertWatch
from app.db import Database, Epoch
from app.generation import TryLaterError
from app.ledger import Explanation
from app.payments import FileKind, ReceiptFile
from app.users import User
from tests.integration.admin.conftest import paid
from tests.integration.users.steps import NextStep
from tests.unit.bot.house import OWNERS, House

TELEGRAM = Explanation(actor="telegram", reason="refunded_payment")


@dataclass
class Heard:
    """`app.admin.StaffAlerts`: what arrived; while `is_away` nothing does."""

    alerts: list[Alert] = field(default_factory=list)
    is_away: bool = False

    async def alert(self, alert: Alert) -> None:
        if self.is_away:
            raise TryLaterError(5.0)
        self.alerts.append(alert)

    @property
    def told(self) -> list[tuple[AlertKind, list[int]]]:
        """Kind and subjects of each message."""
        return [(it.kind, sorted(cause.subject for cause in it.causes)) for it in self.alerts]


@pytest.fixture
def heard() -> Heard:
    """Nothing yet."""
    return Heard()


async def look(database: Database, epoch: Epoch, heard: Heard) -> None:
    """One look of a process that has just been started."""
    await AlertWatch(database, heard).look(epoch, 0)


async def execute(database: Database, statement: str) -> None:
    async with database.unfenced_unit_of_work() as session:
        await session.execute(text(statement))


async def test_strange_payments_are_told_in_one_message_and_once(
    house: House, database: Database, epoch: Epoch, people: Sequence[User], heard: Heard
) -> None:
    await look(database, epoch, heard)
    assert heard.alerts == []
    ids = [(await paid(house, epoch, 999, f"charge-{number}")).id for number in range(3)]
    await asyncio.gather(*(look(database, epoch, heard) for _ in range(4)))
    await look(database, epoch, heard)
    assert heard.told == [(AlertKind.STRANGE_PAYMENT, ids)]
    last = await paid(house, epoch, 999, "another")
    await look(database, epoch, heard)
    assert heard.told[1:] == [(AlertKind.STRANGE_PAYMENT, [last.id])]


async def test_what_was_decided_before_the_look_is_not_told(
    house: House,
    database: Database,
    epoch: Epoch,
    next_step: NextStep,
    people: Sequence[User],
    heard: Heard,
) -> None:
    payment = await paid(house, epoch, 999, "charge")
    await house.desks.strange.keep(await next_step(), OWNERS[0], payment.id, "seen")
    await look(database, epoch, heard)
    assert heard.alerts == []


async def test_while_telegram_is_away_nothing_counts_as_told(
    house: House, database: Database, epoch: Epoch, people: Sequence[User], heard: Heard
) -> None:
    payment = await paid(house, epoch, 999, "charge")
    heard.is_away = True
    await look(database, epoch, heard)
    heard.is_away = False
    for _ in range(2):
        await look(database, epoch, heard)
    assert heard.told == [(AlertKind.STRANGE_PAYMENT, [payment.id])]


async def test_a_charge_that_went_back_without_us_is_told_and_one_that_we_sent_back_is_not(
    house: House,
    database: Database,
    epoch: Epoch,
    next_step: NextStep,
    people: Sequence[User],
    heard: Heard,
) -> None:
    ours, theirs = [await paid(house, epoch, 7, charge) for charge in ("ours", "theirs")]
    await execute(database, "UPDATE payment SET mismatch = NULL")
    await house.desks.money.pay_back(await next_step(), OWNERS[0], ours.id, "asked for")
    for payment in (ours, theirs):
        await house.refunds.went_back(epoch, payment.method, payment.charge_id, TELEGRAM)
    for _ in range(2):
        await look(database, epoch, heard)
    assert heard.told == [(AlertKind.CHARGED_BACK, [theirs.id])]
    (cause,) = heard.alerts[0].causes
    assert (cause.user_id, cause.amount) == (7, theirs.booked)


async def test_each_refusal_of_a_refund_is_told(
    house: House,
    database: Database,
    epoch: Epoch,
    next_step: NextStep,
    people: Sequence[User],
    heard: Heard,
) -> None:
    payment = await paid(house, epoch, 7, "charge")
    await execute(database, "UPDATE payment SET mismatch = NULL")
    for number in (1, 2):
        await house.desks.money.pay_back(await next_step(), OWNERS[0], payment.id, "asked for")
        async with database.snapshot() as session:
            refund = await house.refunds.of(session, payment.id)
        assert refund is not None
        await house.refunds.refused(epoch, refund.id, "CHARGE_NOT_FOUND")
        for _ in range(2):
            await look(database, epoch, heard)
        assert heard.told == [(AlertKind.REFUND_REFUSED, [payment.id])] * number
    assert heard.alerts[0].causes[0].detail == "CHARGE_NOT_FOUND"


async def test_a_receipt_that_nobody_answers_is_told_once(
    house: House,
    database: Database,
    epoch: Epoch,
    next_step: NextStep,
    people: Sequence[User],
    heard: Heard,
) -> None:
    terms = house.side.dispatcher.workflow_data["bank"].terms
    order = await house.payments.create_order(await next_step(), 7, terms.wish(terms.offered[0]))
    file = ReceiptFile("f", "u", FileKind.PHOTO, 1)
    await house.transfers.receive(await next_step(), 7, order.id, file)
    await execute(database, "UPDATE receipt SET state = 'waiting'")
    await look(database, epoch, heard)
    assert heard.alerts == []
    for _ in range(2):  # the second time the operators are pressed again, each by themselves
        await execute(database, "UPDATE receipt SET escalated_at = clock_timestamp()")
        await look(database, epoch, heard)
    assert [kind for kind, _ in heard.told] == [AlertKind.RECEIPT_LATE]


async def test_broken_books_are_told_once_for_the_same_findings_and_again_for_others(
    database: Database, epoch: Epoch, heard: Heard
) -> None:
    nights = [("a", 0), ("b", 2), ("b", 2), ("c", 1), ("a", 0), ("c", 1)]
    for night, (digest, findings) in enumerate(nights):
        await execute(
            database,
            "INSERT INTO audit_run (moment, finished_at, took_ms, findings, shown, digest)"
            f' VALUES ({night}, now(), 5, {findings}, \'[["rule", "row", "detail"]]\', \'{digest}\')',
        )
        for _ in range(2):
            await look(database, epoch, heard)
    assert heard.told == [
        (AlertKind.BOOKS_BROKEN, [2]),
        (AlertKind.BOOKS_BROKEN, [1]),
        (AlertKind.BOOKS_BROKEN, [1]),
    ]
    assert heard.alerts[0].causes[0].detail == "rule"
