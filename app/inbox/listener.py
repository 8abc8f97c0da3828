"""Hears that another process stored something."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress

from app.errors import StorageUnavailableError
from app.inbox import repository

logger = logging.getLogger(__name__)


class Listener:
    """LISTEN on a connection of its own (`application_name` is the holder's), opened again when it breaks.

    One that only listens never notices that nobody speaks: every `look_seconds` it asks for a word.
    """

    def __init__(
        self,
        url: str,
        *,
        application_name: str,
        reconnect_seconds: float = 1.0,
        look_seconds: float = 10.0,
    ) -> None:
        self._url = url
        self._application_name = application_name
        self._reconnect_seconds = reconnect_seconds
        self._look_seconds = look_seconds

    async def listen(self, wake: Callable[[], bool]) -> None:
        """Calls `wake` for every NOTIFY, and after each reconnection for those that were missed."""
        while True:
            try:
                await self._listen_once(wake)
            except StorageUnavailableError:
                logger.warning("the inbox's listener has no connection")
            await asyncio.sleep(self._reconnect_seconds)

    async def _listen_once(self, wake: Callable[[], bool]) -> None:
        connection = await repository.open_listener(self._url, application_name=self._application_name)
        lost = asyncio.Event()
        connection.add_termination_listener(lambda _: lost.set())
        try:
            await repository.listen(connection, _calling(wake))
            wake()
            while not await self._breaks(lost):
                await repository.look(connection, within=self._look_seconds)
        finally:
            connection.terminate()

    async def _breaks(self, lost: asyncio.Event) -> bool:
        """Whether the connection broke while it was time to listen."""
        with suppress(TimeoutError):
            async with asyncio.timeout(self._look_seconds):
                await lost.wait()
        return lost.is_set()


def _calling(wake: Callable[[], bool]) -> Callable[..., None]:
    def heard(*_: object) -> None:
        wake()

    return heard
