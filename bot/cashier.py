"""Asks a person for Stars: the order first, then what it is paid by."""

from aiogram import Bot

from app.money import Stars
from app.payments import Invoice, PaymentProvider, PaymentService, PayPage
from bot.stars import send_invoice
from bot.views.top_up import invoice_wording, monthly_wording
from bot.visit import Visit


class Cashier:
    """The same event makes no second order."""

    def __init__(self, bot: Bot, payments: PaymentService, stars: PaymentProvider) -> None:
        self._bot = bot
        self._payments = payments
        self._stars = stars

    async def invoice(self, visit: Visit, stars: Stars) -> None:
        """An invoice in the chat; raises InvalidAmountError and aiogram's errors."""
        wish = self._payments.terms.wish(stars)
        order = await self._payments.create_order(visit.step, visit.user.id, wish)
        request = await self._stars.request(order, invoice_wording(visit.words, order))
        if isinstance(request, Invoice):
            await send_invoice(self._bot, visit.screen.place.chat_id, request)

    async def subscription_page(self, visit: Visit) -> str:
        """Where the subscription is paid; raises InvalidAmountError and a provider's errors."""
        wish = self._payments.terms.monthly_wish()
        order = await self._payments.create_order(visit.step, visit.user.id, wish)
        request = await self._stars.request(order, monthly_wording(visit.words, order))
        if not isinstance(request, PayPage):
            raise TypeError("a subscription is paid on a page of Telegram's own")
        return request.url
