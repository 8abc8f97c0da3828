"""Whether a URL leads to Postgres itself, or to a transaction pooler that keeps no session."""

import asyncio
from collections.abc import Sequence

import asyncpg

from app.db.direct import Connection, as_libpq_url, is_connection_loss
from app.db.installation import UnusableDatabaseError
from app.errors import StorageUnavailableError

SESSIONS = 3
PATIENCE_SECONDS = 5.0
WHO = "SELECT pg_backend_pid()"


class PooledConnectionError(UnusableDatabaseError):
    """The lock and LISTEN live in a session, and this URL's sessions are lent out one transaction at a time."""

    def __init__(self) -> None:
        super().__init__("leads through a transaction pooler; set DATABASE_DIRECT_URL to Postgres itself")


async def require_sessions(url: str) -> None:
    """Raises PooledConnectionError where sessions share or change their backends.

    Three sessions say which backend serves them: at rest, with all their transactions open side by side, and at
    rest again in another order. Of Postgres each has its own throughout; a pooler that lends the last one back
    (pgbouncer) or goes round its backends is found out, however many it has. Raises StorageUnavailableError.
    """
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            kept = await _keeps_sessions(url)
    except (asyncpg.InvalidSQLStatementNameError, asyncpg.DuplicatePreparedStatementError):
        raise PooledConnectionError from None  # the statement was prepared at another backend
    except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        if is_connection_loss(error):
            raise StorageUnavailableError("the direct connection cannot be opened") from error
        raise
    if not kept:
        raise PooledConnectionError


async def _keeps_sessions(url: str) -> bool:
    connections: list[Connection] = []
    try:
        for _ in range(SESSIONS):
            connections.append(await _connect(url))
        backends = await _backends(connections)
        return len(set(backends)) == SESSIONS and await _stay(connections, backends)
    finally:
        for connection in connections:
            connection.terminate()


async def _stay(connections: Sequence[Connection], backends: Sequence[int]) -> bool:
    """Also while transactions hold the backends, and after they gave them back in turn."""
    for connection in connections:
        await connection.execute("BEGIN")
    inside = await _backends(connections)
    for connection in connections:
        await connection.execute("COMMIT")
    after = await _backends(connections[::-1])
    return inside == backends and after[::-1] == backends


async def _backends(connections: Sequence[Connection]) -> list[int]:
    return [int(await connection.fetchval(WHO)) for connection in connections]


async def _connect(url: str) -> Connection:
    # Without settings of its own, which a pooler may refuse: it shall be named, not met with an odd error.
    return await asyncpg.connect(
        as_libpq_url(url),
        timeout=PATIENCE_SECONDS,
        command_timeout=PATIENCE_SECONDS,
        statement_cache_size=0,
    )
