"""Our books beside Telegram's own list: lost payments, untold refunds, and charges that Telegram does not know."""

import asyncio
import logging
from dataclasses import dataclass
from datetime import timedelta

import pytest

from app.db import Database, Epoch
from app.ledger import Corrections, Ledger
from app.money import Stars
from app.payments import (
    Arrival,
    Method,
    Order,
    PaymentService,
    ProviderAwayError,
    RefundService,
    StarsMovement,
    StarsReconciliation,
    SubscriptionService,
)
from app.users import User, UserService
from tests.fakes.payment_news import RememberedNews
from tests.fakes.stars import FakeStars
from tests.integration.payments.conftest import HandClock
from tests.integration.users.steps import NextStep

HOUR = timedelta(hours=1)


@pytest.fixture
def stars() -> FakeStars:
    """Nothing happened there yet."""
    return FakeStars()


@pytest.fixture
def news() -> RememberedNews:
    """Nobody was told anything."""
    return RememberedNews()


@dataclass(frozen=True)
class Telegram:
    """What happened there, who was told by us, and what time it is."""

    stars: FakeStars
    news: RememberedNews
    clock: HandClock


@pytest.fixture
def telegram(stars: FakeStars, news: RememberedNews, clock: HandClock) -> Telegram:
    """All three."""
    return Telegram(stars, news, clock)


@pytest.fixture
def reconciliation(
    database: Database,
    payments: PaymentService,
    refunds: RefundService,
    users: UserService,
    clock: HandClock,
    stars: FakeStars,
    news: RememberedNews,
) -> StarsReconciliation:
    """Over the real books."""
    return StarsReconciliation(database, payments, refunds, stars, users, news, clock)


@pytest.fixture
async def order(payments: PaymentService, anna: User, next_step: NextStep) -> Order:
    """For 100 Stars, worth 123.50 roubles."""
    return await payments.create_order(await next_step(), anna.id, payments.terms.wish(100))


async def money(database: Database, user_id: int) -> tuple[int, int]:
    """Cash and debt; the books are in order."""
    async with database.snapshot() as session:
        assert await Ledger().audit(session) == []
        balance = await Ledger().balance(session, user_id)
    return balance.cash, balance.debt


def arrival(line: StarsMovement) -> Arrival:
    return Arrival(Method.STARS, line.charge_id, line.user_id, "XTR", line.amount, line.payload)


@pytest.mark.proves("X36")
async def test_a_payment_lost_in_a_long_outage_is_credited_once_and_the_person_is_told(
    database: Database,
    epoch: Epoch,
    reconciliation: StarsReconciliation,
    payments: PaymentService,
    telegram: Telegram,
    order: Order,
    caplog: pytest.LogCaptureFixture,
) -> None:
    line = telegram.stars.pays(order, "lost", telegram.clock.now())
    telegram.clock.moment += timedelta(hours=30)

    found = await reconciliation.recent(epoch)
    await reconciliation.recent(epoch)
    await reconciliation.whole(epoch)
    late = await payments.credit(epoch, arrival(line))

    assert [payment.charge_id for payment in found.credited] == ["lost"]
    assert not late.is_new
    assert await money(database, order.user_id) == (12_350, 0)
    assert telegram.news.told == [("credited", order.user_id, "lost")]
    assert "a lost payment was found" in [
        it.getMessage() for it in caplog.records if it.levelno >= logging.ERROR
    ]


@pytest.mark.proves("X40")
async def test_a_chargeback_that_nobody_told_of_is_found_and_becomes_a_debt(
    database: Database,
    epoch: Epoch,
    reconciliation: StarsReconciliation,
    payments: PaymentService,
    telegram: Telegram,
    order: Order,
    caplog: pytest.LogCaptureFixture,
) -> None:
    line = telegram.stars.pays(order, "charge-1", telegram.clock.now())
    await payments.credit(epoch, arrival(line))
    async with database.unit_of_work(epoch) as session:
        await Ledger().hold(session, user_id=order.user_id, amount=order.credited, key="hold:1")
        await Ledger().capture(session, hold_key="hold:1", key="capture:1")
    telegram.stars.goes_back(line)
    telegram.clock.moment += HOUR

    for _ in range(2):
        await reconciliation.recent(epoch)
    await reconciliation.whole(epoch)

    assert await money(database, order.user_id) == (0, 12_350)
    assert telegram.news.told == [("taken back", order.user_id, "charge-1")]
    assert "a charge went back untold" in [
        it.getMessage() for it in caplog.records if it.levelno >= logging.ERROR
    ]


@pytest.mark.proves("X36", "X40")
async def test_a_payment_and_its_refund_both_lost_end_in_nothing(
    database: Database,
    epoch: Epoch,
    reconciliation: StarsReconciliation,
    stars: FakeStars,
    clock: HandClock,
    order: Order,
) -> None:
    stars.goes_back(stars.pays(order, "lost", clock.now()))
    clock.moment += HOUR
    await reconciliation.recent(epoch)  # the page is compared with what was booked before it
    await reconciliation.whole(epoch)

    assert await money(database, order.user_id) == (0, 0)
    async with database.snapshot() as session:
        assert await Corrections().house_balance(session, "payments:stars") == 0


async def test_what_is_young_is_left_to_its_update_and_read_again_later(
    database: Database,
    epoch: Epoch,
    reconciliation: StarsReconciliation,
    stars: FakeStars,
    news: RememberedNews,
    clock: HandClock,
    order: Order,
) -> None:
    stars.pays(order, "charge-1", clock.now())
    await reconciliation.recent(epoch)
    assert await money(database, order.user_id) == (0, 0)
    assert news.told == []
    clock.moment += HOUR

    await reconciliation.recent(epoch)

    assert await money(database, order.user_id) == (12_350, 0)


async def test_a_long_list_is_read_page_by_page_from_where_it_was_read_to(
    database: Database,
    epoch: Epoch,
    reconciliation: StarsReconciliation,
    stars: FakeStars,
    clock: HandClock,
    order: Order,
) -> None:
    stars.lines += [None] * 250
    stars.pays(order, "charge-1", clock.now())
    clock.moment += HOUR
    await reconciliation.recent(epoch)
    assert await money(database, order.user_id) == (12_350, 0)

    stars.lines[250] = None  # nobody looks there again before the night
    stars.pays(order, "charge-2", clock.now())
    clock.moment += HOUR
    found = await reconciliation.recent(epoch)

    assert [payment.charge_id for payment in found.credited] == ["charge-2"]


async def test_a_charge_that_telegram_does_not_know_is_reported_every_night(
    epoch: Epoch,
    reconciliation: StarsReconciliation,
    payments: PaymentService,
    stars: FakeStars,
    clock: HandClock,
    order: Order,
    caplog: pytest.LogCaptureFixture,
) -> None:
    forged = StarsMovement("forged", order.user_id, Stars(100), order.payload, clock.now(), None, False)
    await payments.credit(epoch, arrival(forged))
    await payments.credit(epoch, arrival(stars.pays(order, "true", clock.now())))
    clock.moment += HOUR

    assert (await reconciliation.whole(epoch)).unknown_to_telegram == ["forged"]
    assert "a charge of ours is not in Telegram's list" in [it.getMessage() for it in caplog.records]


async def test_while_telegram_is_away_nothing_is_remembered_as_read(
    database: Database,
    epoch: Epoch,
    reconciliation: StarsReconciliation,
    stars: FakeStars,
    clock: HandClock,
    order: Order,
) -> None:
    stars.pays(order, "charge-1", clock.now())
    clock.moment += HOUR
    stars.is_away = True
    with pytest.raises(ProviderAwayError):
        await reconciliation.recent(epoch)
    stars.is_away = False

    await reconciliation.recent(epoch)

    assert await money(database, order.user_id) == (12_350, 0)


@pytest.mark.proves("X36", "X47")
async def test_a_payment_whose_order_was_lost_with_the_database_is_credited_to_its_payer(
    database: Database,
    epoch: Epoch,
    reconciliation: StarsReconciliation,
    stars: FakeStars,
    clock: HandClock,
    anna: User,
) -> None:
    stars.lines.append(StarsMovement("old", anna.id, Stars(100), "forgotten", clock.now(), None, False))
    stars.lines.append(StarsMovement("foreign", 99, Stars(100), "forgotten", clock.now(), None, False))
    clock.moment += HOUR

    await reconciliation.whole(epoch)

    assert await money(database, anna.id) == (12_350, 0)
    async with database.snapshot() as session:
        assert await Corrections().house_balance(session, "suspense") == 12_350


@pytest.mark.proves("X31", "X36")
async def test_reconciliation_and_the_update_at_once_credit_once(
    database: Database,
    epoch: Epoch,
    reconciliation: StarsReconciliation,
    payments: PaymentService,
    stars: FakeStars,
    clock: HandClock,
    order: Order,
) -> None:
    line = stars.pays(order, "charge-1", clock.now())
    clock.moment += HOUR

    await asyncio.gather(
        reconciliation.recent(epoch),
        reconciliation.whole(epoch),
        *(payments.credit(epoch, arrival(line)) for _ in range(5)),
    )

    assert await money(database, order.user_id) == (12_350, 0)


@pytest.mark.proves("X36")
async def test_a_lost_renewal_is_credited_and_moves_the_end_of_the_subscription(
    database: Database,
    epoch: Epoch,
    reconciliation: StarsReconciliation,
    payments: PaymentService,
    telegram: Telegram,
    anna: User,
    next_step: NextStep,
) -> None:
    order = await payments.create_order(await next_step(), anna.id, payments.terms.monthly_wish())
    assert order.period is not None
    first = telegram.clock.now()
    telegram.stars.pays(order, "month-1", first, order.period)
    telegram.stars.pays(order, "month-2", first + order.period, order.period)
    telegram.clock.moment = first + order.period + HOUR

    await reconciliation.recent(epoch)

    assert await money(database, anna.id) == (2 * order.credited, 0)
    running = await SubscriptionService(database, telegram.stars, telegram.clock).of(anna.id)
    assert running is not None
    assert (running.charge_id, running.paid_until) == ("month-1", first + 2 * order.period)
