"""The answer to a tap, which Telegram takes for a few seconds only."""

import logging

from aiogram.exceptions import TelegramBadRequest
from aiogram.types import CallbackQuery

logger = logging.getLogger(__name__)


async def answer_tap(
    query: CallbackQuery, words: str | None, *, alert: bool = False, drawn: bool = False
) -> None:
    """Answers with a toast or an alert (plain text, at most 200 characters).

    A tap that waited too long gets its words as a message, unless `drawn`: a new screen says enough.
    """
    try:
        await query.answer(words, show_alert=alert)
    except TelegramBadRequest:
        logger.info("a tap was too old to be answered", extra={"callback_query_id": query.id})
        if words is not None and not drawn and query.bot is not None:
            chat_id = query.message.chat.id if query.message else query.from_user.id
            await query.bot.send_message(chat_id, words, parse_mode=None)
