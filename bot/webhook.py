"""Where Telegram shall send updates. Nothing here ever drops one (F11)."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiogram.types import WebhookInfo

from app.errors import AppError

logger = logging.getLogger(__name__)


Report = Callable[[str | None], Awaitable[None]]


@dataclass(frozen=True)
class WebhookAddress:
    """What Telegram is told: `max_connections` from 1 to 100."""

    url: str
    secret: str
    allowed_updates: Sequence[str]
    max_connections: int = 60


class Webhook:
    """Keeps Telegram's idea of our address right, and tells operators who finds it changed.

    The secret cannot be read back, so the first call in a process always sets everything. Whatever differs later
    was somebody else's doing: it is set right, and `report` is told where updates would have gone (a host; None
    where the address was ours and the list of updates was not).
    """

    def __init__(self, bot: Bot, address: WebhookAddress, report: Report) -> None:
        self._bot = bot
        self._address = address
        self._report = report
        self._was_set = False

    async def ensure(self) -> bool:
        """Sets the webhook where something differs; True when it was set.

        Raises aiogram's errors, and those of the report.
        """
        found = await self._bot.get_webhook_info() if self._was_set else None
        if found is not None and self._is_right(found):
            return False
        await self._bot.set_webhook(
            url=self._address.url,
            secret_token=self._address.secret,
            allowed_updates=list(self._address.allowed_updates),
            max_connections=self._address.max_connections,
            drop_pending_updates=False,
        )
        self._was_set = True
        logger.info("webhook set", extra={"max_connections": self._address.max_connections})
        if found is not None:
            logger.warning("somebody else had changed the webhook")
            await self._report(None if found.url == self._address.url else host_of(found.url))
        return True

    async def keep(self, *, every: float = 60.0, after_error: float = 2.0) -> None:
        """Ensures it again and again, in seconds, until cancelled; Telegram being away is no reason to stop."""
        while True:
            try:
                await self.ensure()
            except (AiogramError, AppError) as error:
                logger.warning("webhook not ensured", extra={"reason": type(error).__name__})
                await asyncio.sleep(after_error)
            else:
                await asyncio.sleep(every)

    def _is_right(self, info: WebhookInfo) -> bool:
        same_updates = set(info.allowed_updates or ()) == set(self._address.allowed_updates)
        return info.url == self._address.url and same_updates


def host_of(url: str) -> str:
    """The host alone: the path of somebody else's webhook may be a secret. Empty where there was none."""
    return urlsplit(url).hostname or ""


async def leave_webhook(bot: Bot, *, after_error: float = 2.0) -> None:
    """Before polling, until it worked: Telegram refuses getUpdates while a webhook is set (F3)."""
    while True:
        try:
            await bot.delete_webhook(drop_pending_updates=False)
        except AiogramError as error:
            logger.warning("webhook not left", extra={"reason": type(error).__name__})
            await asyncio.sleep(after_error)
        else:
            return
