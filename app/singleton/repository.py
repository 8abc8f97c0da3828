"""The statements of the election. Each raises StorageUnavailableError when the connection is gone."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import asyncpg

from app.db import Epoch, connect_direct, is_connection_loss
from app.db.direct import Connection
from app.errors import StorageUnavailableError
from app.singleton.configuration import SingletonConfig

CHANNEL = "trt_handover"
FOR_EVER = 10.0**8

# The wait for the lock has no end; a client that vanished meanwhile is noticed within a second.
SESSION = """
SET statement_timeout = 0; SET lock_timeout = 0; SET idle_session_timeout = 0;
SET client_connection_check_interval = '1s'
"""
LEASE = """
SELECT epoch, holder, release, promised_to,
       extract(epoch FROM clock_timestamp() - renewed_at)::float8 AS age
FROM leader
"""
RENEW = "UPDATE leader SET renewed_at = clock_timestamp() WHERE epoch = $1 RETURNING id"
# Raising the unique epoch needs the row's key, so it waits for every unit of work that holds it shared.
RAISE = """
UPDATE leader SET epoch = epoch + 1, holder = $1, instance = $2, release = $3, promised_to = NULL,
    replaced = CASE WHEN release IS DISTINCT FROM $3 THEN release ELSE replaced END,
    renewed_at = clock_timestamp()
RETURNING epoch, replaced
"""
ABDICATE = """
UPDATE leader SET holder = NULL, promised_to = $2, renewed_at = clock_timestamp() WHERE epoch = $1
"""
OWNER = """
SELECT pid, application_name FROM pg_locks JOIN pg_stat_activity USING (pid)
WHERE locktype = 'advisory' AND granted AND objsubid = 1
  AND pg_locks.database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND ((classid::bigint << 32) | objid::bigint) = $1
"""
NEXT = """
SELECT application_name FROM pg_locks JOIN pg_stat_activity USING (pid)
WHERE locktype = 'advisory' AND NOT granted AND objsubid = 1
  AND pg_locks.database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND ((classid::bigint << 32) | objid::bigint) = $1 AND starts_with(application_name, $2)
ORDER BY waitstart NULLS LAST LIMIT 1
"""
END_SESSIONS = """
SELECT count(pg_terminate_backend(pid, 1000)) FROM pg_stat_activity
WHERE application_name = $1 AND datname = current_database() AND pid <> pg_backend_pid()
"""
ALIVE = "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE pid = $1)"


@dataclass(frozen=True)
class Lease:
    """The leader's row. `age` is seconds since its renewal by the database's clock, None before the first.

    `promised_to` is the release that the last holder left the lock to; None while somebody reigns.
    """

    epoch: int
    holder: str | None
    release: str | None
    promised_to: str | None
    age: float | None

    def is_out(self, seconds: float) -> bool:
        """True when it was not renewed for `seconds`."""
        return self.age is None or self.age > seconds


@dataclass(frozen=True)
class Begun:
    """A raised epoch, and the release that reigned before ours."""

    epoch: Epoch
    replaced: str | None


@dataclass(frozen=True)
class Owner:
    """The session that has the advisory lock."""

    pid: int
    application_name: str


async def connect(config: SingletonConfig) -> Connection:
    """A session of its own, without limits on waiting."""
    with _reachable():
        connection = await connect_direct(config.url, application_name=config.application_name)
    try:
        with _reachable():
            await connection.execute(SESSION)
    except BaseException:
        connection.terminate()
        raise
    return connection


async def take_lock(connection: Connection, key: int) -> None:
    """Waits for the lock, however long."""
    with _reachable():
        await connection.execute("SELECT pg_advisory_lock($1)", key, timeout=FOR_EVER)


async def read_lease(connection: Connection) -> Lease:
    """The row as it is committed now."""
    with _reachable():
        row = await connection.fetchrow(LEASE)
    if row is None:
        raise StorageUnavailableError("the database is not migrated: no leader's row")
    return Lease(**row)


async def renew(connection: Connection, epoch: Epoch) -> bool:
    """False when another epoch has begun. A database that refuses (read-only after a fail-over) is no lease."""
    try:
        with _reachable():
            return await connection.fetchval(RENEW, epoch) is not None
    except asyncpg.PostgresError as error:
        raise StorageUnavailableError("the lease was not renewed") from error


async def raise_epoch(connection: Connection, config: SingletonConfig, *, wait: float) -> Begun | None:
    """Begins the next epoch; None when units of work of the last one did not end within `wait` seconds.

    A database that refuses (read-only after a fail-over) begins none.
    """
    try:
        with _reachable():
            row = await _raise(connection, config, wait)
    except asyncpg.LockNotAvailableError:
        return None
    except asyncpg.PostgresError as error:
        raise StorageUnavailableError("the epoch was not raised") from error
    return Begun(epoch=Epoch(row["epoch"]), replaced=row["replaced"])


async def _raise(connection: Connection, config: SingletonConfig, wait: float) -> asyncpg.Record:
    async with connection.transaction():
        milliseconds = str(max(1, int(wait * 1000)))
        await connection.execute("SELECT set_config('lock_timeout', $1, true)", milliseconds)
        row = await connection.fetchrow(RAISE, config.application_name, config.instance, config.release)
    if row is None:
        raise StorageUnavailableError("the database is not migrated: no leader's row")
    return row


async def abdicate(connection: Connection, epoch: Epoch, *, promised_to: str | None) -> None:
    """Says that nobody holds the lease, so that nobody ends our sessions later, and which release shall have it."""
    with _reachable():
        await connection.execute(ABDICATE, epoch, promised_to)


async def lock_owner(connection: Connection, key: int) -> Owner | None:
    """Who has the lock."""
    with _reachable():
        row = await connection.fetchrow(OWNER, key)
    return Owner(pid=row["pid"], application_name=row["application_name"]) if row else None


async def next_in_line(connection: Connection, key: int, instance: str) -> str | None:
    """The `application_name` of who of them that begin so has waited longest for the lock; None when nobody waits."""
    with _reachable():
        found: str | None = await connection.fetchval(NEXT, key, instance)
    return found


async def end_sessions(connection: Connection, application_name: str) -> int:
    """Ends every other session of that name in this database; how many."""
    with _reachable():
        return int(await connection.fetchval(END_SESSIONS, application_name))


async def session_lives(connection: Connection, pid: int) -> bool:
    """Whether the server still knows the session."""
    with _reachable():
        return bool(await connection.fetchval(ALIVE, pid))


async def ask_for_handover(connection: Connection, release: str) -> None:
    """Asks the holder, once, to hand over to `release`."""
    with _reachable():
        await connection.execute("SELECT pg_notify($1, $2)", CHANNEL, release)


async def hear_askers(connection: Connection, asked: Callable[[str], None]) -> None:
    """Calls `asked` with the release of whoever asks for the hand-over."""

    def heard(_connection: object, _pid: int, _channel: str, payload: object) -> None:
        asked(str(payload))

    with _reachable():
        await connection.add_listener(CHANNEL, heard)


@contextmanager
def _reachable() -> Iterator[None]:
    try:
        yield
    except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        if is_connection_loss(error):
            raise StorageUnavailableError("the lock's connection is gone") from error
        raise
