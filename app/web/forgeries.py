"""Requests that prove no secret: counted, and told of once an hour when they are many."""

import logging

from app.clock import Clock
from app.errors import OverloadedError, StorageUnavailableError
from app.inbox import Inbox, Incoming, Source, canonical_digest

logger = logging.getLogger(__name__)

MANY = 20
"""Refused requests of one minute in one process. Fewer are somebody's scanner, which every address meets."""
MINUTE_SECONDS = 60.0
HOUR_SECONDS = 3600


class Forgeries:
    """What operators hear of goes through the inbox, already done: one row an hour, whichever process counts.

    Alerts are read off these rows (`app.admin.alerts`).
    """

    def __init__(self, inbox: Inbox, clock: Clock) -> None:
        self._inbox = inbox
        self._clock = clock
        self._begun = clock.monotonic()
        self._count = 0

    async def refused(self) -> None:
        """One more. Only the one that makes them many writes; storage away, the next minute tries again."""
        now = self._clock.monotonic()
        if now - self._begun >= MINUTE_SECONDS:
            self._begun, self._count = now, 0
        self._count += 1
        if self._count == MANY:
            await self._tell()

    async def _tell(self) -> None:
        logger.warning("webhooks are forged", extra={"refused": MANY})
        hour = str(int(self._clock.now().timestamp()) // HOUR_SECONDS)
        try:
            await self._inbox.accept(
                Incoming(
                    source=Source.FORGED,
                    scope="",
                    external_id=hour,
                    lane=hour,
                    payload=str(MANY).encode(),
                    digest=canonical_digest(hour),
                    done=True,
                )
            )
        except (StorageUnavailableError, OverloadedError) as error:
            logger.warning("nobody could be told", extra={"reason": type(error).__name__})
