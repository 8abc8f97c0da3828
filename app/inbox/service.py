"""The way in: stored first, understood later."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from app.db import Database, Epoch, Session
from app.errors import OverloadedError, StorageUnavailableError
from app.inbox import repository
from app.inbox.errors import MalformedEventError
from app.inbox.events import Backlog, Incoming, Step
from app.inbox.repository import Writer

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Capacity:
    """Bounds of what waits for the disk: events, bytes, events in one statement, seconds for one statement.

    A connection is waited for `wait` seconds: whoever sent the event is there and can send it again. After `idle`
    seconds without news it is given back.
    """

    events: int = 2000
    payload_bytes: int = 64 * 1024 * 1024
    batch: int = 200
    seconds: float = 5.0
    wait: float = 2.0
    idle: float = 1.0


@dataclass(eq=False, slots=True)
class _Waiter:
    incoming: Incoming
    stored: asyncio.Future[bool]


class Inbox:
    """Stores events by group commit: the next statement starts when the one before has ended, no timer.

    `wake_consumer` is asked after each commit: True means that a consumer of this very process was woken,
    False that another process must be told by NOTIFY. Give it `Consumer.wake`.
    Close it before its database.
    """

    def __init__(
        self, database: Database, *, wake_consumer: Callable[[], bool], capacity: Capacity | None = None
    ) -> None:
        self._database = database
        self._wake_consumer = wake_consumer
        self._capacity = capacity or Capacity()
        self._waiting: deque[_Waiter] = deque()
        self._waiting_bytes = 0
        self._news = asyncio.Event()
        self._closing = False
        self._flusher: asyncio.Task[None] | None = None

    async def accept(self, incoming: Incoming) -> bool:
        """Returns after COMMIT: True when the event is new, False when it was stored before.

        Raises OverloadedError, StorageUnavailableError (it may have been stored all the same: coming again is
        harmless), or MalformedEventError when Postgres cannot hold it.
        """
        size = len(incoming.payload)
        full = len(self._waiting) >= self._capacity.events
        if full or self._waiting_bytes + size > self._capacity.payload_bytes:
            raise OverloadedError
        stored: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiter(incoming, stored))
        self._waiting_bytes += size
        self._news.set()
        if self._flusher is None or self._flusher.done():
            self._flusher = asyncio.create_task(self._flush())
        return await stored

    async def close(self) -> None:
        """Waits until everything accepted so far is stored or refused, and gives the connection back."""
        self._closing = True
        self._news.set()
        if self._flusher is not None:
            await asyncio.wait({self._flusher})

    async def backlog(self) -> Backlog:
        """How much is waiting, for health and dashboard."""
        async with self._database.snapshot() as session:
            return await repository.backlog(session)

    async def forget(self, epoch: Epoch, *, older_than_seconds: float, most: int = 1000) -> int:
        """Deletes up to `most` done events; how many. Telegram redelivers for a day, so keep two at least."""
        async with self._database.unit_of_work(epoch) as session:
            return await repository.forget(session, seconds=older_than_seconds, most=most)

    async def _flush(self) -> None:
        """Stores what waits, on one connection, until nothing waits. Storage away: everyone who waits is told."""
        batch: list[_Waiter] = []
        try:
            while self._waiting:  # again for what came while the connection was given back
                async with repository.open_writer(self._database, wait=self._capacity.wait) as writer:
                    while await self._something_waits():
                        batch = self._next_batch()
                        if await self._store(writer, batch) and not self._wake_consumer():
                            await self._tell_others(writer)
        except (StorageUnavailableError, TimeoutError) as error:
            logger.warning("the inbox cannot store", extra={"reason": repr(error)})
        finally:  # whatever happened, nobody waits for ever
            for waiter in (*batch, *self._waiting):
                _refuse(waiter, StorageUnavailableError("not stored"))
            self._waiting.clear()
            self._waiting_bytes = 0

    async def _tell_others(self, writer: Writer) -> None:
        async with asyncio.timeout(self._capacity.seconds):
            await writer.notify()

    async def _something_waits(self) -> bool:
        """False after a while without news: then the connection goes back to the pool."""
        if self._waiting:
            return True
        self._news.clear()
        if self._closing:
            return False
        with suppress(TimeoutError):
            async with asyncio.timeout(self._capacity.idle):
                await self._news.wait()
        return bool(self._waiting)

    def _next_batch(self) -> list[_Waiter]:
        count = min(len(self._waiting), self._capacity.batch)
        batch = [self._waiting.popleft() for _ in range(count)]
        self._waiting_bytes -= sum(len(waiter.incoming.payload) for waiter in batch)
        return batch

    async def _store(self, writer: Writer, batch: Sequence[_Waiter]) -> bool:
        """True when something is there for the consumer."""
        try:
            async with asyncio.timeout(self._capacity.seconds):
                fresh = await writer.insert([waiter.incoming for waiter in batch])
        except MalformedEventError as error:
            if len(batch) > 1:  # one bad row must not cost its neighbours
                return any([await self._store(writer, [waiter]) for waiter in batch])
            _refuse(batch[0], error)
            return False
        for waiter, is_new in zip(batch, fresh, strict=True):
            if not waiter.stored.done():  # whoever waited may have hung up
                waiter.stored.set_result(is_new)
        return any(new and not waiter.incoming.done for waiter, new in zip(batch, fresh, strict=True))


def _refuse(waiter: _Waiter, error: Exception) -> None:
    if not waiter.stored.done():
        waiter.stored.set_exception(error)


async def revive(session: Session, ids: Sequence[int]) -> int:
    """Dead letters become new again, in the caller's unit; how many of these were still dead.

    The consumer finds them with its next look. What an earlier try has applied is not applied again (`apply_once`).
    """
    return await repository.revive(session, ids)


async def apply_once(session: Session, step: Step) -> bool:
    """Inside a handler's unit of work: True the first time; False means a replay, so apply nothing, only draw.

    The mark commits with the unit of work, so it says exactly whether the event's effect is in the database.
    """
    return await repository.apply_once(session, step.event_id)
