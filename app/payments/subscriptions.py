"""Stars that come again each month: the person sees until when, cancels and resumes."""

import logging
from dataclasses import replace

from app.clock import Clock
from app.db import Database, Epoch
from app.payments.errors import ProviderRefusedError
from app.payments.ports import StarsApi
from app.payments.repository import orders, subscriptions
from app.payments.states import RenewalState
from app.payments.subscription import Subscription

logger = logging.getLogger(__name__)


class SubscriptionService:
    """Telegram keeps the subscription and takes the money; here is what it told, by the payload of its order."""

    def __init__(self, database: Database, api: StarsApi, clock: Clock) -> None:
        self._database = database
        self._api = api
        self._clock = clock

    async def of(self, user_id: int) -> Subscription | None:
        """The one that is paid for now, to be renewed or not; None where there is none."""
        async with self._database.snapshot() as session:
            return await subscriptions.running(session, user_id, self._clock.now())

    async def set_renewal(self, epoch: Epoch, user_id: int, order_id: int, *, renews: bool) -> bool:
        """Cancels or resumes the person's subscription, with Telegram first: it takes the same wish twice.

        False where it is not the one that is paid for, or Telegram refuses. Raises ProviderAwayError.
        """
        running = await self.of(user_id)
        if running is None or running.order_id != order_id:
            return False
        if not await self._tell_telegram(running, renews=renews):
            return False
        await self._write(epoch, order_id, RenewalState.ACTIVE if renews else RenewalState.CANCELED)
        return True

    async def stop(self, epoch: Epoch, order_id: int) -> Subscription | None:
        """Nothing more is taken for the subscription of this order; the person may resume it.

        None where nothing would have been taken, or Telegram refuses. Raises ProviderAwayError.
        """
        async with self._database.snapshot() as session:
            found = await subscriptions.find(session, order_id)
            is_renewed = await subscriptions.is_renewed(session, order_id, self._clock.now())
        if found is None or not is_renewed:
            return None
        if not await self._tell_telegram(found, renews=False):
            return None
        await self._write(epoch, order_id, RenewalState.CANCELED)
        return replace(found, renewal=RenewalState.CANCELED)

    async def told(self, epoch: Epoch, user_id: int, payload: str, renewal: RenewalState) -> bool:
        """What Telegram says that the person did elsewhere, or that could not be paid; False for none of ours."""
        async with self._database.snapshot() as session:
            order = await orders.find_order(session, payload)
        if order is None or order.user_id != user_id or order.period is None:
            logger.warning("a subscription is not known", extra={"user_id": user_id})
            return False
        await self._write(epoch, order.id, renewal)
        return True

    async def _tell_telegram(self, subscription: Subscription, *, renews: bool) -> bool:
        try:
            await self._api.set_renewal(subscription.user_id, subscription.charge_id, renews=renews)
        except ProviderRefusedError as error:
            logger.warning("Telegram keeps a subscription as it is", extra={"reason": error.reason})
            return False
        return True

    async def _write(self, epoch: Epoch, order_id: int, renewal: RenewalState) -> None:
        async with self._database.unit_of_work(epoch) as session:
            await subscriptions.set_renewal(session, order_id, renewal, self._clock.now())
        logger.info("a subscription changed", extra={"order_id": order_id, "renewal": renewal.value})
