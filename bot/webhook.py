"""Where Telegram shall send updates. Nothing here ever drops one (F11)."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass

from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiogram.types import WebhookInfo

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class WebhookAddress:
    """What Telegram is told: `max_connections` from 1 to 100."""

    url: str
    secret: str
    allowed_updates: Sequence[str]
    max_connections: int = 60


class Webhook:
    """Keeps Telegram's idea of our address right.

    The secret cannot be read back, so the first call in a process always sets everything.
    """

    def __init__(self, bot: Bot, address: WebhookAddress) -> None:
        self._bot = bot
        self._address = address
        self._was_set = False

    async def ensure(self) -> bool:
        """Sets the webhook where something differs; True when it was set. Raises aiogram's errors."""
        if self._was_set and self._is_right(await self._bot.get_webhook_info()):
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
        return True

    async def keep(self, *, every: float = 60.0, after_error: float = 2.0) -> None:
        """Ensures it again and again, in seconds, until cancelled; Telegram being away is no reason to stop."""
        while True:
            try:
                await self.ensure()
            except AiogramError as error:
                logger.warning("webhook not ensured", extra={"reason": type(error).__name__})
                await asyncio.sleep(after_error)
            else:
                await asyncio.sleep(every)

    def _is_right(self, info: WebhookInfo) -> bool:
        same_updates = set(info.allowed_updates or ()) == set(self._address.allowed_updates)
        return info.url == self._address.url and same_updates


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
