"""Telegram Stars: the invoice of an order."""

from aiogram import Bot
from aiogram.types import LabeledPrice

from app.payments import Method, Order
from bot.texts import Words


class StarsInvoices:
    """`app.payments.PaymentProvider` of the method STARS, in one person's words."""

    def __init__(self, bot: Bot, words: Words) -> None:
        self._bot = bot
        self._words = words

    @property
    def method(self) -> Method:
        """Stars."""
        return Method.STARS

    async def request(self, order: Order, *, chat_id: int) -> None:
        """Sends the invoice; raises aiogram's errors. Sent twice it is still paid once: the order is one."""
        credited = self._words.money(order.credited)
        await self._bot.send_invoice(
            chat_id=chat_id,
            title=self._words.plain("invoice-title"),
            description=self._words.plain(
                "invoice-description", stars=order.stars, amount=credited, time=self._lifetime(order)
            ),
            payload=order.payload,
            currency=order.currency,
            prices=[LabeledPrice(label=self._words.plain("invoice-label"), amount=order.stars)],
            provider_token="",
        )

    def _lifetime(self, order: Order) -> str:
        return self._words.duration(int((order.expires_at - order.created_at).total_seconds()))
