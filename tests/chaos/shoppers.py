"""People who want one picture after the other, whatever happens around them."""

import asyncio
import contextlib
import random
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

import aiohttp
import psycopg

from tests.fixtures.books import Books
from tests.fixtures.journeys import order_picture
from tests.fixtures.people import Person, SandboxClient

PATIENCE = 45.0
"""Seconds after which a person who gets no screen begins anew."""
PAUSE = (0.2, 1.5)


@dataclass
class Shopper:
    """One person; every order has words of its own, by which its picture is known in the chat."""

    person: Person
    luck: random.Random
    orders: int = 0

    async def shop(self) -> None:
        """Until it is cancelled."""
        while True:
            self.orders += 1
            await self.order(f"картина {self.person.id} номер {self.orders};")
            await asyncio.sleep(self.luck.uniform(*PAUSE))

    async def order(self, words: str) -> None:
        """May come to nothing: then nobody was told that it came to something."""
        try:
            async with asyncio.timeout(PATIENCE):
                await order_picture(self.person, words)
        except (TimeoutError, aiohttp.ClientError, AssertionError):
            await asyncio.sleep(self.luck.uniform(*PAUSE))

    async def is_answered(self) -> None:
        """The bot has forgotten nobody: whoever was interrupted can go on."""
        started = await self.person.say("/start")
        await self.person.wait_for_button("Картинки", after=started)


async def arrive(sandbox: SandboxClient, people: int, seed: int) -> list[Shopper]:
    """So many newcomers, each with dice of their own."""
    return [Shopper(await sandbox.person(), random.Random(f"{seed}:{number}")) for number in range(people)]


async def accepted(books: Callable[[], Books], generations: int, *, within: float) -> None:
    """Returns when so many were accepted, or when that takes too long: weather may be that bad."""
    end = monotonic() + within
    while monotonic() < end:
        with contextlib.suppress(psycopg.OperationalError):  # Postgres recovers just now
            if int(str(books().one("SELECT count(*) FROM generation"))) >= generations:
                return
        await asyncio.sleep(0.09)
