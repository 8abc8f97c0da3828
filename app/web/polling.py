"""Long polling for a bot without a public URL: the same inbox, only by the ACTIVE instance."""

import asyncio
import json
import logging
from collections.abc import Sequence
from typing import Any

from app.errors import OverloadedError, StorageBusyError, StorageUnavailableError
from app.web.intake import Intake, MalformedEventError
from app.web.telegram_api import TelegramApi, TelegramApiError

log = logging.getLogger(__name__)

PAUSE_SECONDS = 2.0


class Poller:
    """Asks Telegram for updates; the offset moves on only over what the inbox has committed."""

    def __init__(self, telegram: TelegramApi, intake: Intake, allowed: Sequence[str]) -> None:
        self._telegram = telegram
        self._intake = intake
        self._allowed = allowed

    async def run(self) -> None:
        """Polls until cancelled."""
        offset = 0
        while True:
            try:
                for update in await self._telegram.get_updates(offset, self._allowed):
                    await self._take(update)
                    offset = int(update["update_id"]) + 1
            except (TelegramApiError, StorageUnavailableError, StorageBusyError, OverloadedError) as error:
                log.warning("polling pauses", extra={"reason": type(error).__name__})
                await asyncio.sleep(PAUSE_SECONDS)

    async def _take(self, update: dict[str, Any]) -> None:
        try:
            await self._intake.take(json.dumps(update, ensure_ascii=False).encode())
        except MalformedEventError:
            log.error("an update without sense was passed over")
