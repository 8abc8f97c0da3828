"""A handler whose tries are counted and timed."""

from app.db import Epoch
from app.inbox.events import Event, EventHandler
from app.observability import Meters


class MeasuredHandler:
    """An `EventHandler` around another one; errors pass through."""

    def __init__(self, handler: EventHandler, meters: Meters) -> None:
        self._handler = handler
        self._meters = meters

    async def handle(self, event: Event, epoch: Epoch) -> None:
        """Hands on, with the clock running."""
        with self._meters.event(event.source):
            await self._handler.handle(event, epoch)

    async def give_up(self, event: Event, epoch: Epoch) -> None:
        """Hands on: the try that failed was counted."""
        await self._handler.give_up(event, epoch)
