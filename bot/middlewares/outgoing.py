"""Every call to Telegram passes here: the pace of its chat first, then Telegram's own word when it says 429."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from math import ceil
from typing import Any

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType

from app.clock import Clock
from bot.pacing import Bucket, in_a_hurry

logger = logging.getLogger(__name__)

Sleep = Callable[[float], Awaitable[None]]

# Telegram allows about one message a second in a private chat and twenty a minute in a group; a person who taps
# quickly is let through from what was saved up.
PRIVATE_PER_SECOND, GROUP_PER_SECOND = 1.0, 20 / 60
BURST = 20
REMEMBERED_CHATS = 10_000
# A handler has a minute and speaks two or three times: longer than this it waits for no turn.
LONGEST_WAIT = 15.0


class ChatPace:
    """How fast each chat is spoken to. Kept in memory only: it is a courtesy, 429 is the law."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._chats: dict[int, Bucket] = {}

    def take(self, chat_id: int) -> float:
        """Seconds to wait before the next message to this chat; over LONGEST_WAIT no turn was taken."""
        bucket = self._chats.get(chat_id)
        if bucket is None:
            self._forget_idle()
            rate = GROUP_PER_SECOND if chat_id < 0 else PRIVATE_PER_SECOND
            bucket = self._chats[chat_id] = Bucket(rate, BURST, self._clock)
        wait = bucket.wait()
        return wait if wait > LONGEST_WAIT else bucket.take()

    def _forget_idle(self) -> None:
        if len(self._chats) >= REMEMBERED_CHATS:
            self._chats = {chat: bucket for chat, bucket in self._chats.items() if not bucket.is_full}


class OutgoingMiddleware(BaseRequestMiddleware):
    """Waits as the chat's pace says; obeys a 429 that asks for at most `patience` seconds, and hands on others.

    With patience 0 (what nobody asked for) every 429 is the caller's. A chat to which more is on its way than
    LONGEST_WAIT lets through is refused here as Telegram would: with TelegramRetryAfter.
    """

    def __init__(self, pace: ChatPace, *, patience: float, sleep: Sleep = asyncio.sleep) -> None:
        self._pace = pace
        self._patience = patience
        self._sleep = sleep

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        """Sends, in its turn."""
        await self._keep_pace(method)
        left = self._patience
        while True:
            try:
                return await make_request(bot, method)
            except TelegramRetryAfter as error:
                if error.retry_after > left:
                    raise
                left -= error.retry_after
                logger.info("Telegram asks to wait", extra={"seconds": error.retry_after})
                await self._sleep(error.retry_after)

    async def _keep_pace(self, method: TelegramMethod[Any]) -> None:
        chat_id = getattr(method, "chat_id", None)
        if isinstance(chat_id, int) and method.__api_method__.startswith(("send", "edit")):
            wait = self._pace.take(chat_id)
            if in_a_hurry.get():
                return
            if wait > LONGEST_WAIT:
                raise TelegramRetryAfter(method=method, message="the chat is busy", retry_after=ceil(wait))
            if wait > 0:
                await self._sleep(wait)
