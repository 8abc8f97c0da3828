"""What operators are told without having asked: one chat, in the product's first language."""

import logging
from collections.abc import Sequence
from decimal import Decimal

from aiogram import Bot

from app.generation import UnreachablePersonError
from app.ledger import Finding
from bot.pacing import Priority, UnsolicitedRate
from bot.refusals import translated
from bot.texts import Markup, Texts, Words
from bot.texts.loader import FIRST_LANGUAGE

logger = logging.getLogger(__name__)

SHOWN = 5
"""Findings that a message names; the log has them all."""


class OperatorAlerts:
    """`app.generation.OperatorNews` and `app.books.BooksNews` over Telegram.

    `chat_id` None: nobody is configured, and what would be told is only in the log.
    """

    def __init__(self, bot: Bot, texts: Texts, rate: UnsolicitedRate, chat_id: int | None) -> None:
        self._bot = bot
        self._words: Words = texts.for_language(FIRST_LANGUAGE)
        self._rate = rate
        self._chat_id = chat_id

    async def credits_low(self, left: Decimal) -> None:
        """KIE's balance fell below the threshold."""
        await self._tell(self._words("alert-credits-low", credits=f"{left:f}"))

    async def books_broken(self, findings: Sequence[Finding]) -> None:
        """The audit found something."""
        lines = [
            self._words("alert-finding", rule=it.rule, row=it.row, detail=it.detail)
            for it in findings[:SHOWN]
        ]
        head = self._words("alert-books-broken", findings=len(findings))
        await self._tell(Markup("\n".join([head, *lines])))

    async def _tell(self, text: Markup) -> None:
        if self._chat_id is None:
            logger.warning("nobody is configured to be alerted")
            return
        await self._rate.admit(Priority.NOTICE)
        try:
            with translated():
                await self._bot.send_message(self._chat_id, text)
        except UnreachablePersonError:
            logger.exception("the alerts' chat cannot be reached")
