"""The life of one process in the election: stand by, reign, stand by again."""

import asyncio
import contextlib
import logging
import os
import time
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from app.db import Epoch
from app.db.direct import Connection
from app.errors import StorageUnavailableError
from app.singleton import repository
from app.singleton.configuration import Callbacks, Role, SingletonConfig, Timing
from app.singleton.reign import Accession, Reign, accede
from app.singleton.standby import Standby
from app.singleton.watchdog import Watchdog

T = TypeVar("T")

logger = logging.getLogger(__name__)


class Singleton:
    """Makes this process ACTIVE when it is its turn. One task awaits `run` for the process's life."""

    def __init__(
        self,
        config: SingletonConfig,
        callbacks: Callbacks,
        *,
        timing: Timing | None = None,
        exit_process: Callable[[int], object] = os._exit,
    ) -> None:
        self._config = config
        self._callbacks = callbacks
        self._timing = timing or Timing()
        self._standby = Standby(config, self._timing)
        self._watchdog = Watchdog(
            silence=self._timing.silence, tick=self._timing.tick, exit_process=exit_process
        )
        self._role = Role.PASSIVE
        self._epoch: Epoch | None = None
        self._reign: Reign | None = None
        self._resigning = asyncio.Event()
        self._ended = asyncio.Event()

    @property
    def role(self) -> Role:
        """PASSIVE until a reign began, and again only after `on_passive` has returned."""
        return self._role

    @property
    def epoch(self) -> Epoch | None:
        """The epoch of this process's reign; None while it is PASSIVE."""
        return self._epoch

    @property
    def instance(self) -> str:
        """This instance's name."""
        return self._config.instance

    def ready(self) -> None:
        """This instance can take over: each holder of another release is asked, once, to hand over."""
        self._standby.ask_when_waiting()

    async def run(self) -> None:
        """Stands by and reigns by turns until `resign`; what `on_active` raises ends it, lock released."""
        try:
            while not self._resigning.is_set():
                waiting_since = time.monotonic()
                connection = await self._unless_resigning(self._standby.take_lock())
                if connection is not None:
                    await self._reign_on(connection, waiting_since)
        finally:
            self._ended.set()

    async def resign(self) -> None:
        """Stops processing, then gives the lock back for good. Returns when `run`, once begun, has ended."""
        self._resigning.set()
        if self._reign is not None:
            self._reign.asked.set()
        await self._ended.wait()

    async def _unless_resigning(self, work: Coroutine[Any, Any, T]) -> T | None:
        """What it returns; None when resigning came first."""
        working = asyncio.create_task(work)
        resigning = asyncio.create_task(self._resigning.wait())
        try:
            await asyncio.wait({working, resigning}, return_when=asyncio.FIRST_COMPLETED)
            return working.result() if working.done() else None
        finally:
            await _cancel(working, resigning)

    async def _accede(self, connection: Connection) -> Accession | None:
        """Begins a reign; None, the connection closed, when that cannot be or shall not be."""
        accession: Accession | None = None
        try:
            accession = await self._unless_resigning(accede(connection, self._config, self._timing))
        except StorageUnavailableError as error:
            logger.warning("[LOCK] the reign could not begin", extra={"reason": str(error)})
            await self._wait_while_not_resigning(self._timing.reconnect)
        finally:
            if accession is None:
                connection.terminate()
        return accession

    async def _reign_on(self, connection: Connection, waiting_since: float) -> None:
        accession = await self._accede(connection)
        if accession is None:
            return
        reign = Reign(connection, accession, self._config, self._timing)
        keeping = asyncio.create_task(reign.keep())
        keeping.add_done_callback(reign.end_with)
        self._begin(reign, accession, waiting_since)
        try:
            await self._rule(reign)
        finally:
            self._finish()
            keeping.remove_done_callback(reign.end_with)
            await _cancel(keeping)
            await self._release(connection, reign)
        if reign.asked.is_set():
            # Who asked shall get the lock before we stand by again.
            await self._wait_while_not_resigning(self._timing.head_start)

    def _begin(self, reign: Reign, accession: Accession, waiting_since: float) -> None:
        self._standby.never_ask()
        self._watchdog.start()
        self._reign, self._epoch, self._role = reign, accession.epoch, Role.ACTIVE
        if self._resigning.is_set():
            reign.asked.set()
        waited = round((time.monotonic() - waiting_since) * 1000)
        self._log("acquired", accession.epoch, waited_ms=waited, gap_ms=round(accession.gap * 1000))

    def _finish(self) -> None:
        self._watchdog.stop()
        self._reign, self._epoch, self._role = None, None, Role.PASSIVE

    async def _rule(self, reign: Reign) -> None:
        """Processes until the reign is lost or given away, then stops processing."""
        starting = asyncio.create_task(self._callbacks.on_active(reign.epoch))
        leaving = asyncio.create_task(reign.asked.wait())
        endings: set[asyncio.Future[Any]] = {reign.lost, leaving}
        begun = time.monotonic()
        try:
            await asyncio.wait({*endings, starting}, return_when=asyncio.FIRST_COMPLETED)
            if starting.done():
                starting.result()
                took = round((time.monotonic() - begun) * 1000)
                logger.info("[LOCK] processing began", extra={"epoch": reign.epoch, "started_ms": took})
                await asyncio.wait(endings, return_when=asyncio.FIRST_COMPLETED)
        finally:
            await _cancel(starting, leaving)
            await self._stop_processing(reign)

    async def _stop_processing(self, reign: Reign) -> None:
        """With time to drain while the lease holds, at once when it is lost."""
        drain = 0.0 if reign.lost.done() else self._timing.drain
        stopping = asyncio.create_task(self._callbacks.on_passive(drain))
        waits: set[asyncio.Future[Any]] = {stopping, reign.lost}
        await asyncio.wait(waits if drain else {stopping}, return_when=asyncio.FIRST_COMPLETED)
        if stopping.done():
            stopping.result()
        else:
            await _cancel(stopping)
            await self._callbacks.on_passive(0.0)

    async def _release(self, connection: Connection, reign: Reign) -> None:
        if reign.lost.done():
            connection.terminate()
            self._log("lost", reign.epoch, reason=reign.lost.result().value)
            return
        try:
            async with asyncio.timeout(self._timing.beat_limit):
                await repository.abdicate(connection, reign.epoch, promised_to=reign.successor)
                await connection.close()
        except (StorageUnavailableError, TimeoutError):
            connection.terminate()
        self._log("resigned", reign.epoch)

    async def _wait_while_not_resigning(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._resigning.wait()

    def _log(self, what: str, epoch: Epoch, **facts: object) -> None:
        # Pid and instance stand in the text as well: operators grep it in logs of any format.
        shown = {"pid": os.getpid(), "instance": self._config.instance, "epoch": epoch, **facts}
        words = " ".join(f"{name}={value}" for name, value in shown.items())
        logger.info("[LOCK] Singleton lock %s %s", what, words, extra=shown)


async def _cancel(*tasks: "asyncio.Task[Any]") -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
