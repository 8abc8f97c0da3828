"""Brings people the file with their data, and the last word when they are deleted."""

import logging

from aiogram import Bot
from aiogram.types import BufferedInputFile

from app.generation import UnreachablePersonError
from app.users import Language, User
from bot.pacing import Priority, UnsolicitedRate
from bot.refusals import translated
from bot.texts import Texts

logger = logging.getLogger(__name__)


class TelegramPrivacyNews:
    """`app.privacy.PrivacyNews` over Telegram, in the private chat, whose id is the person's."""

    def __init__(self, bot: Bot, texts: Texts, rate: UnsolicitedRate) -> None:
        self._bot = bot
        self._texts = texts
        self._rate = rate

    async def exported(self, user: User, name: str, content: bytes) -> None:
        """A document with a line below it."""
        caption = self._texts.for_language(user.language)("exported")
        await self._rate.admit(Priority.NOTICE)
        try:
            with translated():
                await self._bot.send_document(user.id, BufferedInputFile(content, name), caption=caption)
        except UnreachablePersonError:
            logger.info("a person cannot be given their data", extra={"user_id": user.id})

    async def gone(self, user_id: int, language: Language) -> None:
        """How to begin anew."""
        words = self._texts.for_language(language)
        await self._rate.admit(Priority.NOTICE)
        try:
            with translated():
                await self._bot.send_message(user_id, words("gone"))
        except UnreachablePersonError:
            logger.info("a person who was deleted cannot be told", extra={"user_id": user_id})
