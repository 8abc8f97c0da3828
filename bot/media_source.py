"""Fetches a person's file from Telegram. Its address holds the bot's token: it stays in here (F70)."""

from pathlib import Path

import aiohttp
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError

from app.catalogue import MediaFile
from app.generation import FailureClass, RefusedError, TryLaterError
from bot.refusals import LATER_SECONDS, translated

DOWNLOAD_SECONDS = 120
"""How long 20 MB may take."""

FINAL_STATUSES = (400, 404)


class TelegramMedia:
    """`app.generation.MediaSource` over Telegram."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def fetch(self, file: MediaFile, target: Path) -> None:
        """Writes the file to `target`.

        Raises RefusedError when Telegram will never give it (unknown, over 20 MB), TryLaterError. Errors of the
        connection name the address, so none of them is handed on, not even as a cause.
        """
        path = await self._path(file)
        trouble: RefusedError | TryLaterError | None = None
        try:
            await self._bot.download_file(path, target, timeout=DOWNLOAD_SECONDS)
        except aiohttp.ClientResponseError as error:
            trouble = _gone() if error.status in FINAL_STATUSES else TryLaterError(LATER_SECONDS)
        except (aiohttp.ClientError, TimeoutError, OSError):
            trouble = TryLaterError(LATER_SECONDS)
        if trouble is not None:
            raise trouble

    async def _path(self, file: MediaFile) -> str:
        try:
            with translated():
                told = await self._bot.get_file(file.file_id)
        except (TelegramBadRequest, TelegramForbiddenError) as error:
            raise RefusedError(FailureClass.INPUT_GONE, error.message) from error
        if told.file_path is None:
            raise _gone()
        return told.file_path


def _gone() -> RefusedError:
    return RefusedError(FailureClass.INPUT_GONE, "Telegram does not give the file")
