"""One epoch of this process: begun on the lock's connection, kept by a heartbeat, ended for one reason."""

import asyncio
import logging
import time
from dataclasses import dataclass
from enum import StrEnum

from app.db import Epoch
from app.db.direct import Connection
from app.errors import StorageUnavailableError
from app.singleton import repository
from app.singleton.configuration import SingletonConfig, Timing

logger = logging.getLogger(__name__)


class Ending(StrEnum):
    """Why a reign is over."""

    CONNECTION_LOST = "connection lost"
    LEASE_NOT_RENEWED = "lease not renewed in time"
    FENCED_OUT = "another epoch began"


@dataclass(frozen=True)
class Accession:
    """The begun epoch; `gap` is seconds since the last sign of the predecessor (0 when there was none).

    `replaced` is the release that reigned before ours; `heard` grows by each release that asks for the lock.
    """

    epoch: Epoch
    gap: float
    replaced: str | None
    begun_at: float
    heard: list[str]


async def accede(connection: Connection, config: SingletonConfig, timing: Timing) -> Accession:
    """Begins the next epoch on the connection that has the lock.

    Waits for units of work of the last one; a predecessor that kept one open beyond its lease loses all its
    sessions first. Raises StorageUnavailableError.
    """
    heard: list[str] = []
    # Before the epoch is known: whoever reads it asks at once, and only once.
    await repository.hear_askers(connection, heard.append)
    while True:
        lease = await repository.read_lease(connection)
        read_at = time.monotonic()
        stale = lease.holder not in (None, config.application_name) and lease.is_out(timing.lease)
        if lease.holder is not None and stale:
            await repository.end_sessions(connection, lease.holder)
        begun_at = time.monotonic()
        begun = await repository.raise_epoch(connection, config, wait=timing.unit_wait)
        if begun is not None:
            gap = 0.0 if lease.age is None else lease.age + time.monotonic() - read_at
            return Accession(begun.epoch, gap, begun.replaced, begun_at, heard)


class Reign:
    """Keeps the lease. `lost` becomes the reason when it cannot; `asked` says that it shall be given away.

    `successor` is the release that asked for it; None when nobody did.
    """

    def __init__(
        self, connection: Connection, accession: Accession, config: SingletonConfig, timing: Timing
    ) -> None:
        self.epoch = accession.epoch
        self.lost: asyncio.Future[Ending] = asyncio.get_running_loop().create_future()
        self.asked = asyncio.Event()
        self.successor: str | None = None
        self._connection = connection
        self._timing = timing
        # Whom we replaced does not get the lock back by asking: its respawned workers ask as well.
        self._deaf_to = {config.release, accession.replaced}
        self._heard = accession.heard
        self._trusted_until = accession.begun_at + timing.trust
        connection.add_termination_listener(lambda _: self._end(Ending.CONNECTION_LOST))

    async def keep(self) -> None:
        """Renews the lease until it is lost."""
        try:
            await repository.hear_askers(self._connection, self._hear)
            for release in self._heard:
                self._hear(release)
        except StorageUnavailableError:
            self._end(Ending.CONNECTION_LOST)
        while not self.lost.done():
            pause = min(self._timing.beat, self._trusted_until - time.monotonic())
            await asyncio.sleep(max(0.0, pause))
            if time.monotonic() >= self._trusted_until:
                self._end(Ending.LEASE_NOT_RENEWED)
            else:
                await self._beat()

    def end_with(self, keeping: "asyncio.Task[None]") -> None:
        """Whatever ends the renewals ends the reign, a defect too: nobody else looks at the lease."""
        if not self.lost.done():
            error = None if keeping.cancelled() else keeping.exception()
            logger.error("[LOCK] nobody renews the lease", exc_info=error, extra={"epoch": self.epoch})
            self._end(Ending.LEASE_NOT_RENEWED)

    async def _beat(self) -> None:
        begun_at = time.monotonic()
        try:
            async with asyncio.timeout(self._timing.beat_limit):
                renewed = await repository.renew(self._connection, self.epoch)
        except (StorageUnavailableError, TimeoutError):
            logger.warning("[LOCK] heartbeat failed", extra={"epoch": self.epoch})
            if self._connection.is_closed():
                self._end(Ending.CONNECTION_LOST)
            return
        if renewed:
            self._trusted_until = begun_at + self._timing.trust
        else:
            self._end(Ending.FENCED_OUT)

    def _hear(self, release: str) -> None:
        if release not in self._deaf_to:
            self.successor = release
            self.asked.set()

    def _end(self, ending: Ending) -> None:
        if not self.lost.done():
            self.lost.set_result(ending)
