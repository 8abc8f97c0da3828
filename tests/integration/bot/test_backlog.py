"""Telegram was away for an hour and brings everything at once: all is answered, in order, as fast as it allows."""

import asyncio
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import TelegramMethod

from app.db import Database, Epoch
from app.inbox import Event, Inbox
from bot.middlewares.outgoing import BURST, ChatPace, OutgoingMiddleware
from tests.fakes import until
from tests.integration.inbox.conftest import a_message, consuming, inbox_on, until_settled
from tests.unit.bot.fake_telegram import FakeTelegram
from tests.unit.bot.test_pacing import Hands

PENDING, CHATS = 5000, 100
WINDOW = 10.0
ALLOWED = BURST + int(WINDOW) + 1
"""Messages of one chat in the window: a burst, and one a second."""
TIRED = 10
"""So many calls are refused at first, whoever makes them."""


@dataclass
class StrictTelegram(BaseRequestMiddleware):
    """Refuses with 429 what comes too fast in a chat, and everything for a while after the outage."""

    hands: Hands
    tired: int = TIRED
    refused: int = 0
    taken: dict[int, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    async def __call__(
        self, make_request: NextRequestMiddlewareType[Any], bot: Bot, method: TelegramMethod[Any]
    ) -> Any:
        lately = self.taken[getattr(method, "chat_id", 0)]
        while lately and lately[0] <= self.hands.at - WINDOW:
            lately.popleft()
        if self.tired > 0 or len(lately) >= ALLOWED:
            self.tired -= 1
            self.refused += 1
            raise TelegramRetryAfter(method=method, message="Flood", retry_after=2)
        lately.append(self.hands.at)
        return await make_request(bot, method)


@dataclass
class Answering:
    """Says to each chat the number of its update."""

    bot: Bot

    async def handle(self, event: Event, _epoch: Epoch) -> None:
        await self.bot.send_message(int(event.lane.rpartition(":")[2]), event.external_id)

    async def give_up(self, event: Event, _epoch: Epoch) -> None:
        raise AssertionError(f"event {event.external_id} was given up")


@pytest.mark.proves("X34", "F9", "F22", "F94")
async def test_five_thousand_updates_after_an_outage_are_all_answered_in_order_and_without_a_storm(
    database: Database, epoch: Epoch
) -> None:
    hands, telegram = Hands(), FakeTelegram()
    strict, session = StrictTelegram(hands), telegram.session()

    async def all_answered() -> bool:
        return len(telegram.messages) >= PENDING

    session.middleware(OutgoingMiddleware(ChatPace(hands), patience=5, sleep=hands.sleep))
    session.middleware(strict)
    async with inbox_on(database) as inbox:
        await all_at_once(inbox)
    async with consuming(database, epoch, Answering(Bot("1:x", session=session))):
        # Asking the database all the while would be most of the work.
        await until(all_answered, seconds=300)
        ended = await until_settled(database)
    assert list(ended.values()) == ["done"] * PENDING
    for chat in range(1, CHATS + 1):
        expected = [str(number) for number in range(PENDING) if number % CHATS == chat - 1]
        assert [shown.words for shown in telegram.in_chat(chat)] == expected
    assert strict.refused == TIRED, "asked more often than Telegram allows"


async def all_at_once(inbox: Inbox) -> None:
    """As an instance takes them in: each chat's in order, of many chats side by side."""
    for first in range(0, PENDING, CHATS):
        people = range(first, first + CHATS)
        await asyncio.gather(
            *(inbox.accept(a_message(number, person=number % CHATS + 1)) for number in people)
        )
