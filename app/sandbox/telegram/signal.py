"""One coroutine tells others that something is new, without polling."""

import asyncio


class Signal:
    """Wakes everybody who waits; who comes later waits for the next time."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def send(self) -> None:
        event, self._event = self._event, asyncio.Event()
        event.set()

    async def wait(self, seconds: float) -> None:
        """Returns at the next `send`, at the latest after so many seconds."""
        try:
            await asyncio.wait_for(self._event.wait(), seconds)
        except TimeoutError:
            return
