"""What the tests of the inbox share."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

import pytest
from sqlalchemy import text

from app.db import Database, Epoch
from app.inbox import Capacity, Consumer, Event, EventHandler, Inbox, Pace, incoming_update
from app.inbox.events import Incoming

QUICK = Pace(poll=0.05, retry_delays=(0.01, 0.01), storage_delay=0.05)


def a_message(update_id: int, *, person: int = 1, words: str = "hi") -> Incoming:
    raw = f'{{"update_id":{update_id},"message":{{"from":{{"id":{person}}},"text":"{words}"}}}}'
    return incoming_update(raw.encode(), 42)


def nobody() -> bool:
    """No consumer in this process."""
    return False


@dataclass
class Diary:
    """A handler that writes down what it saw and then does `act`."""

    act: Callable[[Event], object] = lambda event: None
    seen: list[Event] = field(default_factory=list)
    given_up: list[str] = field(default_factory=list)
    news: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def handle(self, event: Event, epoch: Epoch) -> None:
        async with self.news:
            self.seen.append(event)
            self.news.notify_all()
        outcome = self.act(event)
        if asyncio.iscoroutine(outcome):
            await outcome

    async def give_up(self, event: Event, epoch: Epoch) -> None:
        async with self.news:
            self.given_up.append(event.external_id)
            self.news.notify_all()

    async def until(self, true: Callable[[], bool]) -> None:
        async with asyncio.timeout(60), self.news:
            await self.news.wait_for(true)

    def ids(self) -> list[str]:
        return [event.external_id for event in self.seen]


@dataclass(frozen=True)
class Stored:
    """A row as the test reads it."""

    external_id: str
    status: str
    attempts: int
    error: str | None


async def stored(database: Database) -> list[Stored]:
    async with database.snapshot() as session:
        rows = await session.execute(
            text("SELECT external_id, status, attempts, error FROM inbox ORDER BY id")
        )
        return [Stored(row.external_id, row.status, row.attempts, row.error) for row in rows]


async def statuses(database: Database) -> dict[str, str]:
    return {row.external_id: row.status for row in await stored(database)}


async def until_settled(database: Database, *, seconds: float = 60) -> dict[str, str]:
    """Polls until no event is new."""
    async with asyncio.timeout(seconds):
        while "new" in (found := await statuses(database)).values():  # noqa: ASYNC110 - another process writes
            await asyncio.sleep(0.01)
    return found


@asynccontextmanager
async def consuming(
    database: Database, epoch: Epoch, handler: EventHandler, pace: Pace = QUICK, **fields: object
) -> AsyncIterator[Consumer]:
    """A running consumer, stopped at the end."""
    handlers: Mapping[str, EventHandler] = {"telegram": handler}
    consumer = Consumer(database, handlers, pace=replace(pace, **fields))  # type: ignore[arg-type]
    running = asyncio.create_task(consumer.run(epoch))
    try:
        yield consumer
    finally:
        await consumer.stop(5)
        await running


@asynccontextmanager
async def inbox_on(
    database: Database, *, wake: Callable[[], bool] = nobody, capacity: Capacity | None = None
) -> AsyncIterator[Inbox]:
    """An inbox, closed at the end."""
    inbox = Inbox(database, wake_consumer=wake, capacity=capacity)
    yield inbox
    await inbox.close()


@pytest.fixture
async def inbox(database: Database) -> AsyncIterator[Inbox]:
    """An inbox of a process without a consumer."""
    async with inbox_on(database) as inbox:
        yield inbox
