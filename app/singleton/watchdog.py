"""Ends the process when its event loop is blocked: it holds the lease and does nothing with it."""

import asyncio
import logging
import os
import threading
import time
from collections.abc import Callable

logger = logging.getLogger(__name__)

EXIT_STATUS = 70


class Watchdog:
    """A thread that looks at the loop every `tick` seconds and exits after `silence` seconds without a sign.

    A process that was frozen as a whole (SIGSTOP, a paused machine) gets its time anew: the thread sees that
    it did not run either.
    """

    def __init__(
        self, *, silence: float, tick: float, exit_process: Callable[[int], object] = os._exit
    ) -> None:
        self._silence = silence
        self._tick = tick
        self._exit_process = exit_process
        self._seen = 0.0
        self._stopped = threading.Event()
        self._ticker: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begins to watch the running loop."""
        self._seen = time.monotonic()
        self._stopped = threading.Event()
        self._ticker = asyncio.create_task(self._show_life())
        threading.Thread(target=self._watch, args=(self._stopped,), name="watchdog", daemon=True).start()

    def stop(self) -> None:
        """Watches no more."""
        self._stopped.set()
        if self._ticker is not None:
            self._ticker.cancel()

    async def _show_life(self) -> None:
        while True:
            self._seen = time.monotonic()
            await asyncio.sleep(self._tick)

    def _watch(self, stopped: threading.Event) -> None:
        looked = time.monotonic()
        while not stopped.wait(self._tick):
            now = time.monotonic()
            if now - looked > 2 * self._tick + 1.0:
                self._seen = now
            looked = now
            if now - self._seen > self._silence:
                logger.critical("the event loop is blocked", extra={"seconds": round(now - self._seen, 1)})
                self._exit_process(EXIT_STATUS)
                return
