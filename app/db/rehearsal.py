"""A database on which everything can be tried and nothing stays."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from app.db.database import Database, Epoch, ReadSession, Session, driver_connection
from app.db.direct import Connection

# Whoever rehearses waits for nobody: a row that a real unit of work holds ends the rehearsal, not the other way.
LIMITS = "SET LOCAL lock_timeout = '2s'"


@dataclass(frozen=True)
class Mark:
    """A moment of a rehearsal that can be gone back to."""

    name: str


@dataclass(frozen=True)
class _Stage:
    """The one connection, and the driver's own below it, which needs one round trip for a savepoint."""

    connection: AsyncConnection
    driver: Connection


class Rehearsal(Database):
    """All units of work are savepoints of ONE transaction on one connection, and that is rolled back at the end.

    It may run on the database of a living installation, for seconds: nothing becomes visible to anybody, no NOTIFY
    goes out, only sequences move on. There is no fence, for the leader's row locked for so long would hold up a
    take-over. Snapshots see what the rehearsal wrote and do not refuse writes. `now()` stands still.
    """

    def __init__(self, url: str, *, application_name: str) -> None:
        super().__init__(url, application_name=application_name, max_connections=1)
        self._current: _Stage | None = None
        self._turn = asyncio.Lock()
        self._numbers = count(1)

    @asynccontextmanager
    async def performance(self) -> AsyncIterator[None]:
        """Inside, the database can be used; at the end, however it comes, nothing of it is left.

        Raises StorageUnavailableError when there is no connection.
        """
        async with super()._session() as session:
            driver = await driver_connection(ReadSession(session))
            self._current = _Stage(await session.connection(), driver)
            await self._say(LIMITS)
            try:
                yield
            finally:
                self._current = None
                await session.rollback()

    async def mark(self) -> Mark:
        """Remembers this moment."""
        mark = Mark(f"mark_{next(self._numbers)}")
        await self._say(f"SAVEPOINT {mark.name}")
        return mark

    async def go_back(self, mark: Mark) -> None:
        """Everything since that mark is undone, later marks included; once only."""
        await self._say(f"ROLLBACK TO SAVEPOINT {mark.name}; RELEASE SAVEPOINT {mark.name}")

    @asynccontextmanager
    async def unit_of_work(self, epoch: Epoch) -> AsyncIterator[Session]:
        """All or nothing; the epoch is not asked for."""
        async with self._unit() as session:
            yield session

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[ReadSession]:
        """The picture of the one transaction."""
        async with self._turn, super()._session() as session:
            yield ReadSession(session)

    @asynccontextmanager
    async def single_statements(self) -> AsyncIterator[Connection]:
        """The one connection; what is said commits no more than the rest."""
        async with self._session() as session:
            yield await driver_connection(ReadSession(session))

    @asynccontextmanager
    async def _session(self) -> AsyncIterator[AsyncSession]:
        async with self._turn:
            await self._say("SAVEPOINT unit")
            try:
                async with super()._session() as session:
                    yield session
            except BaseException:
                await self._say("ROLLBACK TO SAVEPOINT unit; RELEASE SAVEPOINT unit")
                raise
            await self._say("RELEASE SAVEPOINT unit")

    def _open(self) -> AsyncSession:
        if self._current is None:
            return super()._open()
        # Its commit keeps, and its end leaves the one transaction as it is.
        connection = self._current.connection
        return AsyncSession(connection, expire_on_commit=False, join_transaction_mode="rollback_only")

    async def _say(self, statement: str) -> None:
        if self._current is None:
            raise RuntimeError("there is no performance")
        await self._current.driver.execute(statement)
