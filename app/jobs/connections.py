"""The connections of the queue's engine: bounded in every wait, and cut when the engine does not let go of them."""

import asyncio
import contextlib
import os
import socket
from typing import Any
from weakref import WeakSet

import psycopg
from procrastinate import PsycopgConnector
from psycopg_pool import AsyncConnectionPool

from app.db.direct import CLIENT_KEEPALIVE, SEARCH_PATH

# As in app.db.database: whoever finds no connection, or gets no answer, gives up and begins anew.
CONNECT_SECONDS = 5
POOL_SECONDS = 5.0
CUT_SECONDS = 0.5
SETTINGS = f"SET statement_timeout = '10s'; SET lock_timeout = '5s'; SET search_path = {SEARCH_PATH}"


class EngineConnections(PsycopgConnector):
    """A pool, and one that listens. All of them carry `application_name`; `most` bounds the pool."""

    def __init__(self, url: str, *, application_name: str, most: int) -> None:
        self._open: WeakSet[psycopg.AsyncConnection[Any]] = WeakSet()
        super().__init__(
            conninfo=url,
            min_size=1,
            max_size=most,
            timeout=POOL_SECONDS,
            configure=self._begin,
            kwargs={
                "application_name": application_name,
                "connect_timeout": CONNECT_SECONDS,
                **CLIENT_KEEPALIVE,
            },
        )

    async def cut(self) -> None:
        """Ends every statement that waits for a server which does not answer, and lets no new one begin.

        The driver itself would wait for an answer to its own request to give up.
        """
        for connection in tuple(self._open):
            with contextlib.suppress(OSError, psycopg.Error):
                _shut(connection.fileno())
        if isinstance(self._async_pool, AsyncConnectionPool):
            await self._async_pool.close(timeout=CUT_SECONDS)

    async def _begin(self, connection: psycopg.AsyncConnection[Any]) -> None:
        self._open.add(connection)
        async with asyncio.timeout(CONNECT_SECONDS):
            await connection.execute(SETTINGS)
            await connection.commit()


def _shut(descriptor: int) -> None:
    """Both directions, at once: whoever waits for the socket sees its end."""
    with socket.socket(fileno=os.dup(descriptor)) as wire:
        wire.shutdown(socket.SHUT_RDWR)
