"""Fetches the file of a receipt from Telegram."""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

from app.catalogue import MediaFile, Modality
from app.generation import RefusedError
from app.payments import ReceiptFile, ReceiptGoneError
from bot.media_source import TelegramMedia


class TelegramReceipts:
    """`app.payments.ReceiptSource` over Telegram; what passes raises TryLaterError and comes again."""

    def __init__(self, media: TelegramMedia) -> None:
        self._media = media

    async def fetch(self, file: ReceiptFile) -> bytes:
        """The whole file, at most 20 MB."""
        wanted = MediaFile(
            file_id=file.file_id, unique_id=file.unique_id, kind=Modality.IMAGE, mime="", size=file.size
        )
        with TemporaryDirectory() as folder:
            target = Path(folder) / "receipt"
            try:
                await self._media.fetch(wanted, target)
            except RefusedError as error:
                raise ReceiptGoneError(file.unique_id) from error
            return await asyncio.to_thread(target.read_bytes)
