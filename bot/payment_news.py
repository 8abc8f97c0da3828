"""Tells people what happened to their money while they were not looking."""

import logging

from aiogram import Bot
from aiogram.exceptions import AiogramError

from app.money import Kopecks
from app.payments import Payment, Subscription
from app.users import User
from bot.balances import Balances
from bot.pacing import Priority, UnsolicitedRate
from bot.texts import Markup, Texts
from bot.view import View
from bot.views.balance import balance_view
from bot.views.subscription import renewal_stopped_view

logger = logging.getLogger(__name__)


class TelegramPaymentNews:
    """`app.payments.PaymentNews` over Telegram."""

    def __init__(self, bot: Bot, texts: Texts, balances: Balances, rate: UnsolicitedRate) -> None:
        self._bot = bot
        self._texts = texts
        self._balances = balances
        self._rate = rate

    async def credited(self, payment: Payment, user: User) -> None:
        """A payment that was lost on the way and found."""
        words = self._texts.for_language(user.language)
        await self._tell(user, words("payment-found", amount=words.money(payment.booked)))

    async def taken_back(self, payment: Payment, user: User) -> None:
        """A charge that went back without a word."""
        words = self._texts.for_language(user.language)
        await self._tell(user, words("payment-returned", amount=words.money(payment.booked)))

    async def renewal_stopped(self, subscription: Subscription, user: User) -> None:
        """A month went back, so the next one is not taken; one tap leads to where it is resumed."""
        await self._send(user, renewal_stopped_view(self._texts.for_language(user.language), subscription))

    async def referral_earned(self, bonus: Kopecks, inviter: User) -> None:
        """A friend has paid."""
        words = self._texts.for_language(inviter.language)
        await self._tell(inviter, words("referral-earned", bonus=words.money(bonus)))

    async def referral_taken_back(self, bonus: Kopecks, inviter: User) -> None:
        """A friend's payment went back."""
        words = self._texts.for_language(inviter.language)
        await self._tell(inviter, words("referral-taken-back", bonus=words.money(bonus)))

    async def _tell(self, user: User, note: Markup) -> None:
        words = self._texts.for_language(user.language)
        view = balance_view(words, await self._balances.of(user.id), None)
        await self._send(user, view.noting(note))

    async def _send(self, user: User, view: View) -> None:
        await self._rate.admit(Priority.NOTICE)
        try:
            await self._bot.send_message(user.id, view.text, reply_markup=view.keyboard)
        except AiogramError as error:
            facts = {"user_id": user.id, "reason": type(error).__name__}
            logger.warning("nobody could be told about a payment", extra=facts)
