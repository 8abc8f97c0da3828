"""Connections that belong to no pool: for the lock and for LISTEN.

A pool runs `pg_advisory_unlock_all` and `UNLISTEN *` when a connection comes back, and a transaction pooler
keeps no session at all, so whatever lives in a session needs a connection of its own.
"""

from typing import TYPE_CHECKING, TypeAlias

import asyncpg

if TYPE_CHECKING:
    Connection: TypeAlias = asyncpg.Connection[asyncpg.Record]
else:
    Connection = asyncpg.Connection  # the class itself takes no parameter at run time

# A dead peer is noticed by the server's kernel after 5 + 3 x 2 s, instead of two hours by default.
KEEPALIVE = {
    "tcp_keepalives_idle": "5",
    "tcp_keepalives_interval": "2",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": "10000",
}

# Names without a schema mean ours: neither another schema of the database nor a temporary table comes before.
SEARCH_PATH = "public, pg_temp"

# KEEPALIVE for our own kernel, by libpq's names: asyncpg has no such settings, its statements have time limits.
CLIENT_KEEPALIVE = {
    "keepalives_idle": "5",
    "keepalives_interval": "2",
    "keepalives_count": "3",
    "tcp_user_timeout": "10000",
}


ANSWER_SECONDS = 10.0


async def connect_direct(url: str, *, application_name: str) -> Connection:
    """Opens one connection outside every pool; raises OSError or asyncpg.PostgresError when it cannot.

    A network may fall silent without breaking anything: a statement that takes ten seconds raises TimeoutError.
    Whoever waits longer gives a `timeout` of its own.
    """
    return await asyncpg.connect(
        as_libpq_url(url),
        timeout=5,
        command_timeout=ANSWER_SECONDS,
        server_settings={"application_name": application_name, "search_path": SEARCH_PATH, **KEEPALIVE},
    )


def is_contention(error: BaseException) -> bool:
    """True when others were in the way for too long: the same again may go better."""
    return isinstance(
        error,
        (
            asyncpg.LockNotAvailableError,
            asyncpg.QueryCanceledError,
            asyncpg.DeadlockDetectedError,
            asyncpg.SerializationError,
        ),
    )


def as_libpq_url(url: str) -> str:
    """`postgres://…` and SQLAlchemy's `postgresql+asyncpg://…` as libpq writes them."""
    scheme, separator, rest = url.partition("://")
    if not separator or not scheme.startswith("postgres"):
        raise ValueError("not a Postgres URL")
    return f"postgresql://{rest}"


def is_connection_loss(error: BaseException) -> bool:
    """True when the database or the way to it is gone, or it takes nothing, whatever it is given.

    So does a full disk, and a standby that a fail-over has not made writable yet.
    """
    return isinstance(
        error,
        (
            OSError,
            TimeoutError,
            asyncpg.PostgresConnectionError,
            asyncpg.InterfaceError,
            # What the driver raises when the end of the connection arrives while a statement begins.
            asyncpg.InternalClientError,
            asyncpg.CannotConnectNowError,
            asyncpg.AdminShutdownError,
            asyncpg.CrashShutdownError,
            asyncpg.TooManyConnectionsError,
            asyncpg.DiskFullError,
            asyncpg.PostgresIOError,
            asyncpg.ReadOnlySQLTransactionError,
        ),
    )
