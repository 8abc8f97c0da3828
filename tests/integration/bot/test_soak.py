"""What the product keeps of an update that is done: a row, and nothing in memory."""

import asyncio
import gc
import itertools
import tracemalloc
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field

import aiohttp
import pytest
from aiohttp.test_utils import BaseTestServer, TestServer
from sqlalchemy import text

from app.db import Database
from app.inbox import Consumer, Pace
from app.web import make_application
from tests.fakes import until
from tests.integration.bot.conftest import AGREED, LivingHouse
from tests.integration.web.site import parts_on
from tests.unit.bot.fake_telegram import FakeTelegram, Shown, chat_json

SECRET = "soak"
HEADERS = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
PEOPLE = range(7000, 7050)
MANY = 400
WORDS = ("/start", "/balance", "кот в сапогах", "/help", "/start model_z-image", "ещё один кот")
MOST_KEPT = 512
"""Bytes of memory for each update: half of what one is, as Telegram sends it."""
WAITING = text("SELECT count(*) FROM inbox WHERE status = 'new'")
DEAD = text("SELECT count(*) FROM inbox WHERE status = 'dead'")


@dataclass
class Soak:
    """The way in over HTTP, the inbox, and the handlers behind it, in this process."""

    database: Database
    telegram: FakeTelegram
    server: BaseTestServer
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    async def take(self, updates: int) -> None:
        """So many updates at the pace of the machine; returns when all are done."""
        async with aiohttp.ClientSession() as http:
            await asyncio.gather(*(self._say(http, updates // len(PEOPLE), person) for person in PEOPLE))
            await until(self._is_done)
        await until(self._is_left_alone)
        self._forget()

    async def count(self, query: object) -> int:
        """Of the inbox."""
        async with self.database.snapshot() as session:
            return int((await session.execute(query)).scalar_one())  # type: ignore[call-overload]

    async def _say(self, http: aiohttp.ClientSession, times: int, person: int) -> None:
        address = self.server.make_url("/webhook/telegram")
        for _ in range(times):
            number = next(self.numbers)
            words = WORDS[number % len(WORDS)]
            command = [{"type": "bot_command", "offset": 0, "length": len(words.split(" ", maxsplit=1)[0])}]
            message = {
                "message_id": 1_000_000 + number,
                "date": 1_790_000_000,
                "chat": chat_json(person),
                "from": {"id": person, "is_bot": False, "first_name": "Анна", "language_code": "ru"},
                "text": words,
                "entities": command if words.startswith("/") else [],
            }
            update = {"update_id": number, "message": message}
            async with http.post(address, json=update, headers=HEADERS) as answer:
                assert answer.status == 200

    async def _is_done(self) -> bool:
        return await self.count(WAITING) == 0

    async def _is_left_alone(self) -> bool:
        """Each open connection has its task and its buffers."""
        assert self.server.handler is not None
        return not self.server.handler.connections

    def _forget(self) -> None:
        """The stand-in keeps everything; a person sees the newest message."""
        newest: dict[int, Shown] = {it.chat_id: it for it in self.telegram.messages.values()}
        self.telegram.messages = {it.message_id: it for it in newest.values()}
        self.telegram.calls.clear()
        self.telegram.answers.clear()


@pytest.fixture
async def soak(house: LivingHouse) -> AsyncIterator[Soak]:
    """Everybody has agreed to the terms, and a consumer works."""
    async with house.database.unfenced_unit_of_work() as session:
        for person in PEOPLE:
            await session.execute(AGREED, {"person": person, "version": house.consents.version})
    consumer = Consumer(house.database, {"telegram": house.side.events}, pace=Pace(poll=0.02))
    working = asyncio.create_task(consumer.run(house.epoch))
    async with aiohttp.ClientSession() as http:
        parts = parts_on(house.database, http, secret=SECRET, metrics_token=None)
        async with TestServer(make_application(parts)) as server:
            yield Soak(house.database, house.telegram, server)
        await parts.kie.inbox.close()
    await consumer.stop(5)
    await working


async def kept() -> int:
    """Bytes that are in use."""
    loop = asyncio.get_running_loop()
    for _ in range(
        1000
    ):  # the loop lets go of cancelled timers, and of all that they hold, when they are many
        loop.call_later(3600, gc.collect).cancel()
    await asyncio.sleep(0)
    gc.collect()
    return tracemalloc.get_traced_memory()[0]


@pytest.mark.proves("X48")
async def test_neither_memory_nor_tasks_grow_with_the_updates_that_are_done(soak: Soak) -> None:
    await soak.take(300)  # whatever is opened, compiled and remembered once
    tracemalloc.start()
    try:
        await soak.take(150)  # aiogram remembers the last 128
        before, tasks = await kept(), len(asyncio.all_tasks())
        await soak.take(MANY)
        grown = await kept() - before
    finally:
        tracemalloc.stop()
    assert grown / MANY < MOST_KEPT
    assert len(asyncio.all_tasks()) <= tasks
    assert await soak.count(DEAD) == 0
