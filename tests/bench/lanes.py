"""How many lanes are right for how many connections: `python -m tests.bench.lanes [events]`.

The consumer works off messages of many people. Each handler does what most do: it reads a picture, says something
to Telegram (which here only takes its time), and writes one unit of work. Measured are events a second and how long
handlers wait for a connection; the ways are run in turn, and the medians are printed.
"""

import asyncio
import statistics
import sys
import time
from dataclasses import dataclass, field
from itertools import product

import uvloop
from sqlalchemy import text

from app.db import Database, Epoch
from app.inbox import Consumer, Event, Inbox, Pace, Step, apply_once, incoming_update
from tests.bench.inbox import scratch_postgres, update

LANES = (16, 32, 64, 96, 128)
CONNECTIONS = (2, 4, 10)
ROUNDS = 3
TELEGRAM_SECONDS = 0.1
READ = text("SELECT posted FROM ledger_wallet WHERE user_id = :id")


@dataclass
class Chat:
    """A handler that notes how long it waited for a connection, each time, in seconds."""

    database: Database
    expected: int
    waits: list[float] = field(default_factory=list)
    handled: int = 0
    all_handled: asyncio.Event = field(default_factory=asyncio.Event)

    async def handle(self, event: Event, epoch: Epoch) -> None:
        """Reads, answers, writes."""
        begun = time.perf_counter()
        async with self.database.snapshot() as session:
            self.waits.append(time.perf_counter() - begun)
            for _ in range(3):
                await session.execute(READ, {"id": event.id})
        await asyncio.sleep(TELEGRAM_SECONDS)
        begun = time.perf_counter()
        async with self.database.unit_of_work(epoch) as session:
            self.waits.append(time.perf_counter() - begun)
            await apply_once(session, Step(event.id, epoch))
        self.handled += 1
        if self.handled >= self.expected:
            self.all_handled.set()

    async def give_up(self, event: Event, epoch: Epoch) -> None:
        """Nothing is given up here."""


async def run(url: str, lanes: int, connections: int, events: int) -> tuple[float, float, float]:
    """Events a second; the median and the longest wait for a connection in ms."""
    database = Database(url, application_name="bench", max_connections=connections)
    async with database.unfenced_unit_of_work() as session:
        await session.execute(text("UPDATE leader SET epoch = 1, holder = 'bench', renewed_at = now()"))
        await session.execute(text("TRUNCATE inbox"))
    inbox = Inbox(database, wake_consumer=lambda: True)
    bodies = (update(number) for number in range(events))
    await asyncio.gather(*(inbox.accept(incoming_update(body, 42)) for body in bodies))
    await inbox.close()
    chat = Chat(database, events)
    consumer = Consumer(database, {"telegram": chat}, pace=Pace(lanes=lanes))
    begun = time.perf_counter()
    working = asyncio.create_task(consumer.run(Epoch(1)))
    await chat.all_handled.wait()
    speed = events / (time.perf_counter() - begun)
    await consumer.stop(5)
    await working
    await database.close()
    return speed, statistics.median(chat.waits) * 1000, max(chat.waits) * 1000


async def measure(url: str, events: int) -> None:
    """Prints the table."""
    ways = list(product(CONNECTIONS, LANES))
    found: dict[tuple[int, int], list[tuple[float, float, float]]] = {way: [] for way in ways}
    for _ in range(ROUNDS):
        for connections, lanes in ways:
            found[connections, lanes].append(await run(url, lanes, connections, events))
    for (connections, lanes), runs in found.items():
        speed, wait, longest = (statistics.median(column) for column in zip(*runs, strict=True))
        print(
            f"{connections:>3} connections {lanes:>3} lanes {speed:>6.0f} events/s"
            f"   wait p50 {wait:>6.1f} ms, longest {longest:>6.0f} ms"
        )


def main(events: int = 300) -> None:
    """On a scratch server of its own."""
    with scratch_postgres() as url:
        uvloop.run(measure(url, events))


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))
