"""Finds generations whose wake-up was lost. With it the queue may be emptied by hand and nothing is lost."""

import asyncio
import contextlib
import logging

from app.db import Database, Epoch
from app.errors import StorageBusyError, StorageUnavailableError
from app.generation import repository
from app.generation.timings import Timings
from app.generation.wakeups import Wakeups

logger = logging.getLogger(__name__)


class Sweeper:
    """Runs on the ACTIVE side beside the worker."""

    def __init__(self, database: Database, wakeups: Wakeups, timings: Timings) -> None:
        self._database = database
        self._wakeups = wakeups
        self._timings = timings
        self._stopping = asyncio.Event()

    async def run(self, epoch: Epoch) -> None:
        """Sweeps until stopped, through outages of the database; raises FencedOutError when the reign is over."""
        self._stopping.clear()
        while not self._stopping.is_set():
            try:
                await self.sweep(epoch)
            except (StorageBusyError, StorageUnavailableError) as error:
                logger.warning("sweeper lost the database", extra={"reason": str(error)})
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), self._timings.sweep_interval)

    def stop(self) -> None:
        """Ends `run` after the sweep that is going on."""
        self._stopping.set()

    async def sweep(self, epoch: Epoch) -> int:
        """Enqueues the job of every overdue generation; returns how many there were."""
        async with self._database.unit_of_work(epoch) as session:
            overdue = await repository.sweep(
                session, epoch, overdue=self._timings.overdue, again=self._timings.sweep_again
            )
            for generation in overdue:
                await self._wakeups.wake(session, generation)
        if overdue:
            logger.info("lost wake-ups were derived again", extra={"count": len(overdue)})
        return len(overdue)
