"""Somebody attacks the port while people write to the bot."""

import asyncio
import json
import resource
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import aiohttp
import pytest

from tests.fixtures.fleet import Fleet
from tests.fixtures.people import SandboxClient

IDLE, DRIPPING, FORGED, LARGE = 850, 150, 300, 6
REAL = 40
TEN_MEGABYTES = 10 * 1024 * 1024
PATIENCE_SECONDS = 60.0
P99_SECONDS = 15.0
"""Generous: the machine of the tests is shared. Some 30 ms are usual."""
HEADER = "X-Telegram-Bot-Api-Secret-Token"


@dataclass
class Attacker:
    """`statuses` are the answers so far, `closed` counts the connections that the server ended."""

    host: str
    port: int
    secret: str
    statuses: list[int] = field(default_factory=list)
    closed: int = 0

    async def attack(self) -> None:
        """Everything at once; returns when every slow connection was ended and every request was answered."""
        async with asyncio.TaskGroup() as group:
            for number in range(IDLE + DRIPPING):
                group.create_task(self._hold(drips=number < DRIPPING))
            for number in range(FORGED):
                group.create_task(self._send(TEN_MEGABYTES, b"", f"forged-{number}"))
            for _ in range(LARGE):
                group.create_task(self._send(TEN_MEGABYTES, b"x" * TEN_MEGABYTES, self.secret))

    async def _hold(self, *, drips: bool) -> None:
        """A connection that begins a header and says no more of it, or one byte at a time.

        One that says nothing at all may still stand in the kernel's queue, where only this side holds it open.
        """
        async with self._connection() as (reader, writer):
            writer.write(b"GET /health HTTP/1.1\r\nX-Slow: ")
            ended = asyncio.create_task(reader.read())
            while drips and not ended.done():
                writer.write(b"x")
                await asyncio.wait({ended}, timeout=0.5)
            with suppress(ConnectionError):
                async with asyncio.timeout(PATIENCE_SECONDS):
                    await ended
        self.closed += 1

    async def _send(self, length: int, body: bytes, secret: str) -> None:
        """A request; what is refused by its header is answered before its body, which never comes."""
        head = f"POST /webhook/telegram HTTP/1.1\r\nHost: x\r\n{HEADER}: {secret}\r\n"
        async with self._connection() as (reader, writer):
            writer.write(f"{head}Content-Length: {length}\r\n\r\n".encode() + body)
            with suppress(ConnectionError):  # of what is too large the rest is not taken
                async with asyncio.timeout(PATIENCE_SECONDS):
                    self.statuses.append(int((await reader.readline()).split()[1]))

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
        reader, writer = await asyncio.open_connection(self.host, self.port)
        try:
            yield reader, writer
        finally:
            writer.transport.abort()


@pytest.mark.proves("X49", "S17", "S1")
async def test_real_updates_are_taken_while_somebody_attacks_the_port(
    fleet: Fleet, outside: SandboxClient
) -> None:
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    person = await outside.person()
    host, _, port = fleet.instances[0].url.removeprefix("http://").partition(":")
    attacker = Attacker(host, int(port), fleet.secret)
    attack = asyncio.create_task(attacker.attack())
    async with aiohttp.ClientSession() as session:
        took = sorted([await taken(fleet, session, person.id, number) for number in range(REAL)])
    await attack
    print(f"acknowledged under attack: p50 {took[REAL // 2] * 1000:.0f} ms, p99 {took[-1] * 1000:.0f} ms")
    assert took[-1] < P99_SECONDS
    assert attacker.closed == IDLE + DRIPPING
    assert attacker.statuses.count(401) == FORGED
    assert {*attacker.statuses} <= {401, 413}
    stored = f"SELECT count(*) FROM inbox WHERE source = 'telegram' AND lane = '{person.id}'"
    assert fleet.books.one(stored) == REAL


async def taken(fleet: Fleet, session: aiohttp.ClientSession, person: int, number: int) -> float:
    """Seconds until an update of this person was answered 200."""
    sender = {"id": person, "is_bot": False, "first_name": "E"}
    chat = {"id": person, "type": "private", "first_name": "E"}
    message = {"message_id": 10**6 + number, "date": 1, "chat": chat, "from": sender, "text": "/menu"}
    update = json.dumps({"update_id": 10**8 + number, "message": message}).encode()
    begun = time.monotonic()
    url = f"{fleet.instances[0].url}/webhook/telegram"
    async with session.post(url, data=update, headers={HEADER: fleet.secret}) as answer:
        assert answer.status == 200
    return time.monotonic() - begun
