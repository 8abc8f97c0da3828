"""The one who works the inbox off while this process is ACTIVE."""

import asyncio
import logging
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress

from app.db import Database, Epoch
from app.errors import StorageBusyError, StorageUnavailableError
from app.inbox import repository
from app.inbox.attempts import Pace
from app.inbox.events import EventHandler
from app.inbox.lanes import Shift
from app.inbox.listener import Listener
from app.observability import Mask

logger = logging.getLogger(__name__)

ABSOLVING_SECONDS = 120.0
"""How long an outage may last after which it is still known who was innocent."""


class Consumer:
    """Brings every new event to the handler of its source.

    One lane strictly in order of id, lanes side by side. A failing event is tried again for `Pace.retry_delays`
    and then parked as a dead letter; so is one that ends the process again and again. `on_fenced` is called
    when the reign turns out to be over. `mask` goes over the traces that are kept of dead letters.
    """

    def __init__(
        self,
        database: Database,
        handlers: Mapping[str, EventHandler],
        *,
        listener: Listener | None = None,
        on_fenced: Callable[[], None] | None = None,
        pace: Pace | None = None,
        mask: Mask | None = None,
    ) -> None:
        self._database = database
        self._handlers = handlers
        self._listener = listener
        self._on_fenced = on_fenced
        self._pace = pace or Pace()
        self._mask = mask or Mask()
        self._shift: Shift | None = None
        self._absolving: asyncio.Task[None] | None = None

    async def run(self, epoch: Epoch) -> None:
        """Works until stopped or fenced out. One run at a time; it may be run again in a later reign."""
        shift = Shift(self._database, self._handlers, epoch, self._pace, self._mask)
        self._shift = shift
        ears = asyncio.create_task(self._listener.listen(self.wake)) if self._listener else None
        try:
            fenced = await shift.work()
        finally:
            self._shift = None
            if ears is not None:
                ears.cancel()
                await asyncio.wait({ears})
        if shift.blamed:
            self._absolving = asyncio.create_task(self._absolve(shift.blamed))
        if fenced:
            logger.warning("a reign ended while events were worked off", extra={"epoch": epoch})
            if self._on_fenced is not None:
                self._on_fenced()

    async def stop(self, drain: float) -> None:
        """Claims nothing more, gives handlers in flight `drain` seconds, cancels the rest.

        What was claimed and not begun is given back.
        """
        if self._shift is not None:
            await self._shift.stop(drain)

    def wake(self) -> bool:
        """Says that something new is stored; False when this consumer is not running."""
        if self._shift is None:
            return False
        self._shift.wake()
        return True

    async def _absolve(self, ids: Collection[int]) -> None:
        """Takes the blame from what was at work when a reign ended and this process lived on.

        The count is no effect, and whoever reigns now adds its own to it, so no epoch is asked for.
        """
        with suppress(TimeoutError):
            async with asyncio.timeout(ABSOLVING_SECONDS):
                while True:
                    try:
                        async with self._database.unfenced_unit_of_work() as session:
                            await repository.unclaim(session, ids)
                    except (StorageUnavailableError, StorageBusyError):
                        await asyncio.sleep(self._pace.storage_delay)
                    else:
                        return
