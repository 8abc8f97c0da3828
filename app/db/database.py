"""Units of work and snapshots over one bounded pool."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from typing import NewType, cast

import asyncpg
from sqlalchemy import ExceptionContext, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from app.db.direct import (
    KEEPALIVE,
    SEARCH_PATH,
    Connection,
    as_libpq_url,
    is_connection_loss,
    is_contention,
)
from app.errors import FencedOutError, StorageBusyError, StorageUnavailableError

ReadSession = NewType("ReadSession", AsyncSession)
"""A session that only reads. A function that takes it cannot be accused of writing."""

Session = NewType("Session", ReadSession)
"""A session inside a unit of work. It reads, too, so it goes wherever a ReadSession goes."""

Epoch = NewType("Epoch", int)
"""The number of a reign: raised by each take-over, checked by each unit of work."""

FENCE = "SELECT 1 FROM leader WHERE epoch = $1 FOR KEY SHARE"

BEGIN = "SELECT 1"

# Said with BEGIN itself, so that it costs no round trip.
PICTURE = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}

# A handler that fails is run again and says everything twice, so being many must never fail it: 96 lanes share the
# two connections of the smallest pool, and even if each unit of work took half a second, this would not run out.
PATIENCE_SECONDS = 30

_unit_open: ContextVar[bool] = ContextVar("unit_open", default=False)


def unit_is_open() -> bool:
    """True while this task is inside a unit of work: no network call may be made then."""
    return _unit_open.get()


class Database:
    """The pool and the only place that commits.

    `max_connections` bounds the pool; whoever finds none free within half a minute gets StorageUnavailableError,
    as does whoever finds the database away. Whoever has to answer sooner sets a timeout around it. Statements are
    cut by the server after ten seconds, waits for a row's lock after five: StorageBusyError, as for a deadlock. A
    server that says nothing for `statement_seconds` is away.
    """

    def __init__(
        self, url: str, *, application_name: str, max_connections: int, statement_seconds: float = 15.0
    ) -> None:
        self._engine = create_async_engine(
            as_libpq_url(url).replace("postgresql://", "postgresql+asyncpg://", 1),
            # What people say is among the parameters, and errors are logged.
            hide_parameters=True,
            pool_size=max_connections,
            max_overflow=0,
            pool_timeout=PATIENCE_SECONDS,
            connect_args={
                "timeout": 5,
                "command_timeout": statement_seconds,
                "server_settings": {
                    "application_name": application_name,
                    "search_path": SEARCH_PATH,
                    "statement_timeout": "10000",
                    "lock_timeout": "5000",
                    "idle_in_transaction_session_timeout": "30000",
                    **KEEPALIVE,
                },
            },
        )
        event.listen(self._engine.sync_engine, "handle_error", _distrust_the_pool)

    @asynccontextmanager
    async def unit_of_work(self, epoch: Epoch) -> AsyncIterator[Session]:
        """All or nothing, by the ACTIVE side of `epoch` only; raises FencedOutError when that has ended."""
        async with self._unit() as session:
            connection = await session.connection()
            if (await connection.exec_driver_sql(FENCE, (epoch,))).first() is None:
                raise FencedOutError(epoch)
            yield session

    @asynccontextmanager
    async def unfenced_unit_of_work(self) -> AsyncIterator[Session]:
        """All or nothing by any instance: for set-up and one-time logins, nothing else."""
        async with self._unit() as session:
            yield session

    @asynccontextmanager
    async def single_statements(self) -> AsyncIterator[Connection]:
        """The bare driver, outside any transaction: each statement commits by itself in one round trip.

        For the inbox, where the one statement is the whole unit of work.
        """
        with _named_losses():
            pooled = await self._engine.raw_connection()
            connection = cast("Connection", pooled.driver_connection)
            is_sound = False
            try:
                yield connection
                is_sound = not connection.is_closed()
            finally:
                if is_sound:
                    pooled.close()
                else:  # the pool did not see what it met, and would give it out again
                    pooled.invalidate()

    @asynccontextmanager
    async def _unit(self) -> AsyncIterator[Session]:
        token = _unit_open.set(True)
        try:
            async with self._session() as session:
                yield Session(ReadSession(session))
                await session.commit()
        except DBAPIError as error:
            if _is_read_only(error):  # a standby; in a snapshot it would be a mistake of ours
                raise StorageUnavailableError("the database is read-only") from error
            raise
        finally:
            _unit_open.reset(token)

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[ReadSession]:
        """One consistent picture in a READ ONLY transaction."""
        async with self._session() as session:
            await session.connection(execution_options=PICTURE)
            yield ReadSession(session)

    @asynccontextmanager
    async def _session(self) -> AsyncIterator[AsyncSession]:
        session = self._open()
        with _named_losses():
            try:
                yield session
            finally:
                await _close(session)

    def _open(self) -> AsyncSession:
        return AsyncSession(self._engine, expire_on_commit=False)

    async def close(self) -> None:
        """Closes every connection of the pool."""
        await self._engine.dispose()


def _distrust_the_pool(context: ExceptionContext) -> None:
    """Where one connection meets silence or a standby, the others lead there, too: each is opened anew."""
    met = context.original_exception.__cause__ or context.original_exception
    if isinstance(met, (TimeoutError, asyncpg.ReadOnlySQLTransactionError)):
        context.is_disconnect = True
        context.invalidate_pool_on_disconnect = True  # it is not, by itself, for a TimeoutError


@contextmanager
def _named_losses() -> Iterator[None]:
    """Everything that means "no database" is a StorageUnavailableError, "not now" a StorageBusyError."""
    try:
        yield
    except PoolTimeoutError as error:
        raise StorageUnavailableError("no free connection") from error
    except DBAPIError as error:
        if _is_loss(error):
            raise StorageUnavailableError("connection lost") from error
        if is_contention(_driver_error(error)):
            raise StorageBusyError(type(_driver_error(error)).__name__) from error
        raise
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError) as error:
        if is_connection_loss(error):
            raise StorageUnavailableError("no connection") from error
        if is_contention(error):  # met by whoever speaks to the driver itself
            raise StorageBusyError(type(error).__name__) from error
        raise


async def _close(session: AsyncSession) -> None:
    """Rolling back on a connection that died under a plain statement fails; that hides no other error."""
    try:
        await session.close()
    except DBAPIError as error:
        if not _is_loss(error):
            raise


def _is_read_only(error: DBAPIError) -> bool:
    return isinstance(_driver_error(error), asyncpg.ReadOnlySQLTransactionError)


def _is_loss(error: DBAPIError) -> bool:
    if _is_read_only(error):
        return False
    return error.connection_invalidated or is_connection_loss(_driver_error(error))


def _driver_error(error: DBAPIError) -> BaseException:
    """What asyncpg itself raised below SQLAlchemy's wrapping."""
    original: BaseException = error.orig or error
    return original.__cause__ or original


async def driver_connection(session: ReadSession) -> Connection:
    """The asyncpg connection of this session's transaction, for the hot paths that speak plain SQL."""
    connection = await session.connection()
    driver = cast("Connection", (await connection.get_raw_connection()).driver_connection)
    if not driver.is_in_transaction():
        # SQLAlchemy begins with its own first statement; the driver alone would commit each of its own.
        await connection.exec_driver_sql(BEGIN)
    return driver
