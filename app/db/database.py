"""Units of work and snapshots over one bounded pool."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from contextvars import ContextVar
from typing import NewType, cast

import asyncpg
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession, create_async_engine

from app.db.direct import KEEPALIVE, Connection, as_libpq_url, is_connection_loss
from app.errors import FencedOutError, StorageUnavailableError

ReadSession = NewType("ReadSession", AsyncSession)
"""A session that only reads. A function that takes it cannot be accused of writing."""

Session = NewType("Session", ReadSession)
"""A session inside a unit of work. It reads, too, so it goes wherever a ReadSession goes."""

Epoch = NewType("Epoch", int)
"""The number of a reign: raised by each take-over, checked by each unit of work."""

FENCE = text("SELECT 1 FROM leader WHERE epoch = :epoch FOR KEY SHARE")

BEGIN = text("SELECT 1")

_unit_open: ContextVar[bool] = ContextVar("unit_open", default=False)


def unit_is_open() -> bool:
    """True while this task is inside a unit of work: no network call may be made then."""
    return _unit_open.get()


class Database:
    """The pool and the only place that commits.

    `max_connections` bounds the pool; whoever finds none free within two seconds gets StorageUnavailableError,
    as does whoever finds the database away. Statements are cut after ten seconds, waits for a row's lock
    after five.
    """

    def __init__(self, url: str, *, application_name: str, max_connections: int) -> None:
        self._engine = create_async_engine(
            as_libpq_url(url).replace("postgresql://", "postgresql+asyncpg://", 1),
            pool_size=max_connections,
            max_overflow=0,
            pool_timeout=2,
            connect_args={
                "timeout": 5,
                "command_timeout": 15,
                "server_settings": {
                    "application_name": application_name,
                    "statement_timeout": "10000",
                    "lock_timeout": "5000",
                    "idle_in_transaction_session_timeout": "30000",
                    **KEEPALIVE,
                },
            },
        )

    @asynccontextmanager
    async def unit_of_work(self, epoch: Epoch) -> AsyncIterator[Session]:
        """All or nothing, by the ACTIVE side of `epoch` only; raises FencedOutError when that has ended."""
        async with self._unit() as session:
            if (await session.execute(FENCE, {"epoch": epoch})).first() is None:
                raise FencedOutError(epoch)
            yield session

    @asynccontextmanager
    async def unfenced_unit_of_work(self) -> AsyncIterator[Session]:
        """All or nothing by any instance: for set-up and one-time logins, nothing else."""
        async with self._unit() as session:
            # SQLAlchemy begins with its first statement; the driver alone would commit each of its own.
            await session.execute(BEGIN)
            yield session

    @asynccontextmanager
    async def single_statements(self) -> AsyncIterator[Connection]:
        """The bare driver, outside any transaction: each statement commits by itself in one round trip.

        For the inbox, where the one statement is the whole unit of work.
        """
        async with self._session() as session:
            connection = await driver_connection(ReadSession(session))
            try:
                yield connection
            finally:
                if connection.is_closed():
                    # The pool did not see how it died; using it once more tells it.
                    with suppress(DBAPIError):
                        await session.execute(BEGIN)

    @asynccontextmanager
    async def _unit(self) -> AsyncIterator[Session]:
        token = _unit_open.set(True)
        try:
            async with self._session() as session:
                yield Session(ReadSession(session))
                await session.commit()
        finally:
            _unit_open.reset(token)

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[ReadSession]:
        """One consistent picture in a READ ONLY transaction."""
        async with self._session() as session:
            await session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))
            yield ReadSession(session)

    @asynccontextmanager
    async def _session(self) -> AsyncIterator[AsyncSession]:
        session = self._open()
        try:
            yield session
        except PoolTimeoutError as error:
            raise StorageUnavailableError("no free connection") from error
        except DBAPIError as error:
            if _is_loss(error):
                raise StorageUnavailableError("connection lost") from error
            raise
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError) as error:
            if is_connection_loss(error):
                raise StorageUnavailableError("no connection") from error
            raise
        finally:
            await _close(session)

    def _open(self) -> AsyncSession:
        return AsyncSession(self._engine, expire_on_commit=False)

    async def close(self) -> None:
        """Closes every connection of the pool."""
        await self._engine.dispose()


async def _close(session: AsyncSession) -> None:
    """Rolling back on a connection that died under a plain statement fails; that hides no other error."""
    try:
        await session.close()
    except DBAPIError as error:
        if not _is_loss(error):
            raise


def _is_loss(error: DBAPIError) -> bool:
    return error.connection_invalidated or is_connection_loss(_driver_error(error))


def _driver_error(error: DBAPIError) -> BaseException:
    """What asyncpg itself raised below SQLAlchemy's wrapping."""
    original: BaseException = error.orig or error
    return original.__cause__ or original


async def driver_connection(session: ReadSession) -> Connection:
    """The asyncpg connection of this session's transaction, for the hot paths that speak plain SQL."""
    connection: AsyncConnection = await session.connection()
    raw = await connection.get_raw_connection()
    return cast("Connection", raw.driver_connection)
