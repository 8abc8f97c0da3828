"""Hears that another process stored something."""

import asyncio
import logging
from collections.abc import Callable

from app.errors import StorageUnavailableError
from app.inbox import repository

logger = logging.getLogger(__name__)


class Listener:
    """LISTEN on a connection of its own (`application_name` is the holder's), opened again when it breaks."""

    def __init__(self, url: str, *, application_name: str, reconnect_seconds: float = 1.0) -> None:
        self._url = url
        self._application_name = application_name
        self._reconnect_seconds = reconnect_seconds

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
            await connection.add_listener(repository.CHANNEL, _calling(wake))
            wake()
            await lost.wait()
        finally:
            connection.terminate()


def _calling(wake: Callable[[], bool]) -> Callable[..., None]:
    def heard(*_: object) -> None:
        wake()

    return heard
