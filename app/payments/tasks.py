"""What payments do by the clock and by wake-up, on the ACTIVE side."""

import logging
from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType

from app.db import Database, Epoch
from app.failpoints import FailPoint, reach
from app.jobs import JobFunction, Periodic, RetryPolicy
from app.ledger import Explanation
from app.payments.errors import AlreadyRefundedError, ProviderAwayError, ProviderRefusedError
from app.payments.invitations import TELL_INVITER, InviterTeller
from app.payments.ports import PaymentNews, PaymentProvider
from app.payments.reconciliation import StarsReconciliation
from app.payments.refunds import REFUND, STOP_RENEWAL, RefundService
from app.payments.service import PaymentService
from app.payments.states import Method
from app.payments.subscriptions import SubscriptionService
from app.users import UserService

logger = logging.getLogger(__name__)

RECONCILE = "payments.reconcile"
RECONCILE_WHOLE = "payments.reconcile_whole"
TIDY = "payments.tidy"

PAYMENTS_BY_THE_CLOCK = (
    Periodic(RECONCILE, "7 * * * *"),
    Periodic(RECONCILE_WHOLE, "37 0 * * *"),
    Periodic(TIDY, "* * * * *"),
)

PAYMENT_POLICIES: Mapping[str, RetryPolicy] = MappingProxyType(
    # A Telegram that is away for days must not cost the person another month.
    {STOP_RENEWAL: RetryPolicy(attempts=100, first_delay=5.0, factor=2.0, longest=3600.0)}
)

AGAIN_SECONDS = 30.0
FORGOTTEN = timedelta(minutes=10)
SENT_BACK = Explanation(actor="provider", reason="the provider took the refund")


class Refunder:
    """The job behind a refund: asks the provider until the answer is known, then books it."""

    def __init__(
        self,
        database: Database,
        refunds: RefundService,
        providers: Mapping[Method, PaymentProvider],
    ) -> None:
        self._database = database
        self._refunds = refunds
        self._providers = providers

    async def send_back(self, epoch: Epoch, refund_id: int) -> None:
        """One try. A crash between the provider's answer and its booking ends in a second try, which is told that
        the charge went back before: the same as success.
        """
        async with self._database.snapshot() as session:
            payment = await self._refunds.waiting(session, refund_id)
        provider = None if payment is None else self._providers.get(payment.method)
        if payment is None or provider is None:
            return
        try:
            await provider.refund(payment)
        except AlreadyRefundedError:
            logger.info("a charge had been sent back before", extra={"payment_id": payment.id})
        except ProviderRefusedError as error:
            await self._refunds.refused(epoch, refund_id, error.reason)
            return
        except ProviderAwayError as error:
            await self._refunds.wake_later(epoch, refund_id, max(error.seconds, AGAIN_SECONDS))
            return
        reach(FailPoint.REFUND_SENT)
        await self._refunds.went_back(epoch, payment.method, payment.charge_id, SENT_BACK)


class RenewalStopper:
    """The job behind a month that went back: the next one is not taken, and the person hears of it."""

    def __init__(
        self,
        database: Database,
        subscriptions: SubscriptionService,
        users: UserService,
        news: PaymentNews,
    ) -> None:
        self._database = database
        self._subscriptions = subscriptions
        self._users = users
        self._news = news

    async def stop(self, epoch: Epoch, order_id: int) -> None:
        """Once, however often it runs; raises ProviderAwayError for another try."""
        stopped = await self._subscriptions.stop(epoch, order_id)
        if stopped is None:
            return
        async with self._database.snapshot() as session:
            user = await self._users.get(session, stopped.user_id)
        await self._news.renewal_stopped(stopped, user)


def payment_jobs(
    payments: PaymentService,
    refunds: RefundService,
    refunder: Refunder,
    stopper: RenewalStopper,
    teller: InviterTeller,
    reconciliation: StarsReconciliation,
) -> dict[str, JobFunction]:
    """What the worker runs, by name; the moment that a periodic job gets is of no use here."""

    async def tidy(epoch: Epoch, _moment: int) -> None:
        await payments.expire(epoch)
        await refunds.wake_forgotten(epoch, after=FORGOTTEN)

    async def reconcile(epoch: Epoch, _moment: int) -> None:
        await reconciliation.recent(epoch)

    async def reconcile_whole(epoch: Epoch, _moment: int) -> None:
        await reconciliation.whole(epoch)

    return {
        REFUND: refunder.send_back,
        STOP_RENEWAL: stopper.stop,
        TELL_INVITER: teller.tell,
        TIDY: tidy,
        RECONCILE: reconcile,
        RECONCILE_WHOLE: reconcile_whole,
    }
