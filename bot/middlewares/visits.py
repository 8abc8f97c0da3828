"""The visit around a handler, and the one answer to each tap (F2)."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware, Bot
from aiogram.exceptions import TelegramRetryAfter
from aiogram.types import CallbackQuery, Message, TelegramObject

from app.users import ScreenService, User
from bot.screens import Place, Screen
from bot.tap_answer import answer_tap
from bot.visit import Visit

logger = logging.getLogger(__name__)

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class VisitMiddleware(BaseMiddleware):
    """Puts `visit` beside a message or a tap, and answers the tap when its handler has ended.

    Where the chat is too busy for a screen the answer to the tap says so. A handler that raises otherwise leaves
    the tap unanswered here: the event comes again, or it is given up and `TelegramEvents.give_up` answers. So each
    tap is answered once, with whatever was decided last.
    """

    def __init__(self, screens: ScreenService) -> None:
        self._screens = screens

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        """Runs the handler with its visit."""
        bot: Bot = data["bot"]
        user: User = data["user"]
        step = data["step"]
        screen = Screen(bot, self._screens, step.epoch, _place(event, user.id))
        visit = Visit(user=user, words=data["words"], step=step, screen=screen, replayed=data["replayed"])
        result = await self._handled(handler, event, {**data, "visit": visit}, visit)
        if isinstance(event, CallbackQuery):
            await answer_tap(event, visit.toast, drawn=visit.drawn)
        return result

    async def _handled(
        self, handler: Handler, event: TelegramObject, data: dict[str, Any], visit: Visit
    ) -> Any:
        try:
            return await handler(event, data)
        except TelegramRetryAfter as error:
            if not isinstance(event, CallbackQuery):
                raise
            # What the tap asked for is done; only the screen is missing, and the next tap draws it.
            logger.info("a tap is answered without its screen", extra={"seconds": error.retry_after})
            visit.say("toast-chat-busy", seconds=error.retry_after)


def _place(event: TelegramObject, user_id: int) -> Place:
    if isinstance(event, CallbackQuery):
        chat_id = event.message.chat.id if event.message else user_id
        return Place(chat_id=chat_id, user_id=user_id, tapped=event.message)
    if isinstance(event, Message):
        return Place(chat_id=event.chat.id, user_id=user_id, typed_id=event.message_id)
    return Place(chat_id=user_id, user_id=user_id)
