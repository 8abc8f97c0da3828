"""A month of a subscription that went back: the next one is not taken, and the person hears of it once."""

from dataclasses import dataclass

import pytest
from sqlalchemy import text

from app.db import Database, Epoch
from app.ledger import Explanation
from app.payments import (
    Arrival,
    Method,
    Order,
    PaymentService,
    ProviderAwayError,
    RefundService,
    RenewalState,
    RenewalStopper,
    SubscriptionService,
)
from app.users import User, UserService
from tests.fakes.payment_news import RememberedNews
from tests.fakes.stars import FakeStars
from tests.integration.payments.conftest import HandClock
from tests.integration.users.steps import NextStep

WHY = Explanation(actor="staff:1", reason="asked by the person")
JOBS = "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'payments.stop_renewal'"


@dataclass(frozen=True)
class Side:
    """Telegram, what the person was told, what their screen calls, and the job."""

    stars: FakeStars
    news: RememberedNews
    subscriptions: SubscriptionService
    stopper: RenewalStopper

    async def renewal(self, user_id: int) -> RenewalState:
        """Whether the person's subscription will be paid again."""
        running = await self.subscriptions.of(user_id)
        assert running is not None
        return running.renewal


@pytest.fixture
def side(database: Database, users: UserService, clock: HandClock) -> Side:
    """Telegram answers, and nobody was told anything."""
    stars, news = FakeStars(), RememberedNews()
    subscriptions = SubscriptionService(database, stars, clock)
    return Side(stars, news, subscriptions, RenewalStopper(database, subscriptions, users, news))


@pytest.fixture
async def order(payments: PaymentService, anna: User, epoch: Epoch, next_step: NextStep) -> Order:
    """Of a subscription whose first month is paid."""
    order = await payments.create_order(await next_step(), anna.id, payments.terms.monthly_wish())
    told = Arrival(Method.STARS, "month-1", anna.id, "XTR", order.amount, order.payload)
    await payments.credit(epoch, told)
    return order


async def wakes(database: Database) -> int:
    async with database.snapshot() as session:
        return int((await session.execute(text(JOBS))).scalar_one())


@pytest.mark.proves("X35")
async def test_the_renewal_is_stopped_once_and_the_person_may_resume_it(
    database: Database,
    epoch: Epoch,
    refunds: RefundService,
    order: Order,
    side: Side,
) -> None:
    for _ in range(2):
        await refunds.went_back(epoch, Method.STARS, "month-1", WHY)
    assert await wakes(database) == 1
    for _ in range(2):
        await side.stopper.stop(epoch, order.id)
    assert side.stars.renewals == [("month-1", False)]
    assert side.news.told == [("renewal stopped", order.user_id, "month-1")]
    assert await side.renewal(order.user_id) is RenewalState.CANCELED

    assert await side.subscriptions.set_renewal(epoch, order.user_id, order.id, renews=True)
    assert await side.renewal(order.user_id) is RenewalState.ACTIVE


async def test_while_telegram_is_away_nobody_is_told_and_the_job_comes_again(
    epoch: Epoch,
    refunds: RefundService,
    order: Order,
    side: Side,
) -> None:
    await refunds.went_back(epoch, Method.STARS, "month-1", WHY)
    side.stars.is_away = True
    with pytest.raises(ProviderAwayError):
        await side.stopper.stop(epoch, order.id)
    assert side.news.told == []
    side.stars.is_away = False
    await side.stopper.stop(epoch, order.id)
    assert len(side.news.told) == 1


async def test_what_the_person_has_canceled_before_is_left_alone(
    database: Database,
    epoch: Epoch,
    refunds: RefundService,
    order: Order,
    side: Side,
) -> None:
    await side.subscriptions.set_renewal(epoch, order.user_id, order.id, renews=False)
    await refunds.went_back(epoch, Method.STARS, "month-1", WHY)
    assert await wakes(database) == 0
    await side.stopper.stop(epoch, order.id)
    assert side.news.told == []


async def test_a_pack_that_went_back_stops_nothing(
    database: Database,
    epoch: Epoch,
    payments: PaymentService,
    refunds: RefundService,
    order: Order,
    next_step: NextStep,
) -> None:
    pack = await payments.create_order(await next_step(), order.user_id, payments.terms.wish(100))
    await payments.credit(epoch, Arrival(Method.STARS, "pack", order.user_id, "XTR", 100, pack.payload))
    await refunds.went_back(epoch, Method.STARS, "pack", WHY)
    assert await wakes(database) == 0
