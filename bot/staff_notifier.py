"""Brings operators the receipts, and people what the staff did: what nobody asked for just now."""

import logging

from aiogram import Bot

from app.admin import LogEntry, ReceiptCard
from app.generation import UnreachablePersonError
from app.users import User
from bot.pacing import Priority, UnsolicitedRate
from bot.refusals import translated
from bot.texts import Texts
from bot.view import View
from bot.views.admin_receipts import waits_view
from bot.views.staff_news import news_view

logger = logging.getLogger(__name__)


class TelegramStaffNotices:
    """`app.admin.StaffNotices` over Telegram, at the pace of notices."""

    def __init__(self, bot: Bot, texts: Texts, rate: UnsolicitedRate) -> None:
        self._bot = bot
        self._texts = texts
        self._rate = rate

    async def receipt_waits(self, operator: User, card: ReceiptCard) -> None:
        """A message with a button that opens the receipt."""
        await self._send(operator, waits_view(self._texts.for_language(operator.language), card))

    async def told(self, person: User, entry: LogEntry) -> None:
        """A message in the person's own language."""
        await self._send(person, news_view(self._texts.for_language(person.language), entry))

    async def _send(self, person: User, view: View) -> None:
        """In the private chat, whose id is the person's."""
        await self._rate.admit(Priority.NOTICE)
        try:
            with translated():
                await self._bot.send_message(person.id, view.text, reply_markup=view.keyboard)
        except UnreachablePersonError:
            logger.info("a person cannot be told", extra={"user_id": person.id})
