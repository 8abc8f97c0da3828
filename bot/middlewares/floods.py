"""A flood of one person is answered once, so that their lane is free again and nobody waits for it (P48)."""

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import CallbackQuery, Message, TelegramObject, Update

from app.inbox import Step
from app.users import User
from bot.flood import FloodGauge, Tempo
from bot.middlewares.person import is_about_money
from bot.tap_answer import answer_tap
from bot.texts import Words

logger = logging.getLogger(__name__)

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class FloodMiddleware(BaseMiddleware):
    """What is too much gets one answer in words; after it taps get a short one and messages none.

    News of money is never too much.
    """

    def __init__(self, gauge: FloodGauge) -> None:
        self._gauge = gauge

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        """Hands on what comes at a human pace."""
        user: User = data["user"]
        step: Step = data["step"]
        received_at: datetime = data["received_at"]
        if not isinstance(event, Update) or is_about_money(event):
            return await handler(event, data)
        tempo = self._gauge.tempo(user.id, step.event_id, received_at)
        if tempo is Tempo.CALM:
            return await handler(event, data)
        await _answer(event.event, data["words"], tempo)
        return None


async def _answer(event: TelegramObject, words: Words, tempo: Tempo) -> None:
    is_first = tempo is Tempo.TOO_FAST
    if is_first:
        logger.info("a person writes faster than can be answered")
    if isinstance(event, CallbackQuery):
        await answer_tap(
            event, words.plain("too-fast" if is_first else "too-fast-toast"), alert=is_first, drawn=True
        )
    elif isinstance(event, Message) and is_first:
        await event.answer(words("too-fast"))
