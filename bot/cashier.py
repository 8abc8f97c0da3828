"""Asks a person for Stars: their consent first, then the order, then what it is paid by."""

from aiogram import Bot

from app.money import Stars
from app.payments import (
    Invoice,
    Order,
    PaymentProvider,
    PaymentService,
    PayPage,
    SubscriptionService,
    TooManyOrdersError,
    Wish,
)
from bot.callbacks import Onwards
from bot.consent_desk import ConsentDesk
from bot.stars import send_invoice
from bot.views.consent import agreed_view
from bot.views.subscription import pay_subscription_view, subscription_view
from bot.views.top_up import invoice_wording, monthly_wording, too_many_orders_view
from bot.visit import Visit


class Cashier:
    """The same event makes no second order; who has not agreed to the terms or ordered too much is told so."""

    def __init__(
        self,
        bot: Bot,
        payments: PaymentService,
        stars: PaymentProvider,
        subscriptions: SubscriptionService,
        consent_desk: ConsentDesk,
    ) -> None:
        self._bot = bot
        self._payments = payments
        self._stars = stars
        self._subscriptions = subscriptions
        self._consent_desk = consent_desk

    async def invoice(self, visit: Visit, stars: Stars) -> bool:
        """An invoice in the chat; False when something else stands there.

        Raises InvalidAmountError and aiogram's errors.
        """
        wish = self._payments.terms.wish(stars)
        if not await self._consent_desk.passes(visit, Onwards.STARS, stars):
            return False
        order = await self._ordered(visit, wish)
        if order is None:
            return False
        request = await self._stars.request(order, invoice_wording(visit.words, order))
        if isinstance(request, Invoice):
            await send_invoice(self._bot, visit.screen.place.chat_id, request)
        return True

    async def invoice_agreed(self, visit: Visit, stars: int) -> None:
        """The invoice that waited for the person's consent, below the thanks; a number that no order takes has none."""
        if not self._payments.terms.takes(stars):
            await visit.show(agreed_view(visit.words, invoiced=False))
        elif await self.invoice(visit, Stars(stars)):
            await visit.show(agreed_view(visit.words, invoiced=True))

    async def subscribe(self, visit: Visit) -> None:
        """The way to the page where the subscription is paid; who has one already sees it.

        Raises a provider's errors.
        """
        running, terms = await self._subscriptions.of(visit.user.id), self._payments.terms
        if running is not None or terms.subscription is None:
            await visit.show(subscription_view(visit.words, terms, running))
            return
        if not await self._consent_desk.passes(visit, Onwards.MONTHLY):
            return
        order = await self._ordered(visit, terms.monthly_wish())
        if order is not None:
            url = await self._subscription_page(visit, order)
            await visit.show(pay_subscription_view(visit.words, terms, url))

    async def _subscription_page(self, visit: Visit, order: Order) -> str:
        request = await self._stars.request(order, monthly_wording(visit.words, order))
        if not isinstance(request, PayPage):
            raise TypeError("a subscription is paid on a page of Telegram's own")
        return request.url

    async def _ordered(self, visit: Visit, wish: Wish) -> Order | None:
        try:
            return await self._payments.create_order(visit.step, visit.user.id, wish)
        except TooManyOrdersError:
            await visit.show(too_many_orders_view(visit.words))
            return None
