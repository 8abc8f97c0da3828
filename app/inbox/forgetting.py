"""The inbox's memory: what is done is kept for a week, then forgotten."""

import logging

from app.db import Epoch
from app.inbox.service import Inbox

logger = logging.getLogger(__name__)

FORGET = "inbox.forget"
"""The name of the job."""

KEPT_SECONDS = 7 * 24 * 3600.0
"""Telegram redelivers for a day; the rest is for people who look for what happened."""


class Forgetting:
    """The job `inbox.forget`: deletes done events of more than a week ago, batch by batch."""

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox

    async def forget(self, epoch: Epoch, _moment: int) -> None:
        """Goes on until nothing old is left; events that are new or dead stay, however old."""
        forgotten = 0
        while batch := await self._inbox.forget(epoch, older_than_seconds=KEPT_SECONDS):
            forgotten += batch
        logger.info("old events are forgotten", extra={"count": forgotten})
