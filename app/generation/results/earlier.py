"""An earlier result as an input of a new generation: named by its number, read from our own copy or from Telegram."""

import asyncio
import logging
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from app.catalogue import Inputs, MediaFile, Modality, Place, media_in
from app.db import Database
from app.files import FileGoneError, FileStore, FilesUnavailableError
from app.generation import repository
from app.generation.entities import Form, Generation, StoredFile
from app.generation.errors import RefusedError, TryLaterError
from app.generation.results.links import FileName
from app.generation.states import FailureClass

logger = logging.getLogger(__name__)

TELEGRAM_BYTES = 20_000_000
"""What Telegram gives back to a bot (Bot API, getFile: up to 20 MB)."""

LATER_SECONDS = 15.0

PHOTO_MIME = "image/jpeg"
"""What Telegram makes of every photo."""


class EarlierResults:
    """The results of a person that can go in again; nobody else's can, whatever a button says."""

    def __init__(self, database: Database, files: FileStore) -> None:
        self._database = database
        self._files = files

    async def find(self, user_id: int, name: FileName) -> MediaFile | None:
        """The file as an input; None where it is not this person's, or neither we nor Telegram have it any more.

        Raises FilesUnavailableError.
        """
        stored = await self._stored(user_id, name)
        if stored is None:
            return None
        if await self._files.size(stored.path) is not None:
            return result_file(name, stored)
        return _left_at_telegram(name, stored)

    async def files(self, user_id: int, generation_id: int) -> tuple[StoredFile, ...]:
        """Everything of a result; nothing where it is not this person's, and that is logged."""
        async with self._database.snapshot() as session:
            generation = await repository.find(session, generation_id)
        if generation is None:
            return ()
        if generation.user_id != user_id:
            logger.warning(
                "a result of somebody else was asked for",
                extra={"user_id": user_id, "generation_id": generation_id},
            )
            return ()
        return generation.results

    async def listed(
        self, user_id: int, kind: Modality, *, before: int | None, limit: int
    ) -> tuple[Generation, ...]:
        """This person's generations with a file of this kind, newest first, with ids below `before`."""
        async with self._database.snapshot() as session:
            return await repository.list_with_files(session, user_id, kind, before=before, limit=limit)

    async def bring(self, user_id: int, file: MediaFile, target: Path) -> MediaFile | None:
        """Writes our copy of a result to `target`; where there is none, the file at Telegram that is left of it.

        Raises RefusedError (INPUT_GONE: nobody has it, or it is not this person's), TryLaterError.
        """
        name = named(file)
        stored = None if name is None else await self._stored(user_id, name)
        if name is None or stored is None:
            raise RefusedError(FailureClass.INPUT_GONE, "no such result of this person")
        try:
            await self._write(stored.path, target)
        except FileGoneError as error:
            left = _left_at_telegram(name, stored)
            if left is None:
                raise RefusedError(FailureClass.INPUT_GONE, "neither we nor Telegram have it") from error
            return _at_telegram(left, stored)
        except FilesUnavailableError as error:
            raise TryLaterError(LATER_SECONDS) from error
        return None

    async def _stored(self, user_id: int, name: FileName) -> StoredFile | None:
        files = await self.files(user_id, name.generation_id)
        return files[name.number - 1] if 1 <= name.number <= len(files) else None

    async def _write(self, key: str, target: Path) -> None:
        with await asyncio.to_thread(target.open, "wb") as file:
            await self._pour(key, file)

    async def _pour(self, key: str, file: BinaryIO) -> None:
        async for chunk in self._files.read(key):
            await asyncio.to_thread(file.write, chunk)


def result_file(name: FileName, stored: StoredFile) -> MediaFile:
    """A file of a result as an input, with what our copy tells."""
    return MediaFile(
        file_id=f"{name.generation_id}/{name.number}",
        # No id of Telegram has a colon.
        unique_id=f"result:{name.generation_id}:{name.number}",
        kind=stored.kind,
        mime=stored.mime,
        size=stored.size,
        seconds=None if stored.kind is Modality.IMAGE else stored.seconds,
        width=stored.width,
        height=stored.height,
        place=Place.RESULT,
    )


def leading_file(generation: Generation) -> MediaFile | None:
    """What a result leads on from: its first file of the kind that was to be made; None where there is none."""
    for number, stored in enumerate(generation.results, start=1):
        if stored.kind is generation.produces:
            return result_file(FileName(generation.id, number), stored)
    return None


def named(file: MediaFile) -> FileName | None:
    """Which file of which result it is; None for one that lies elsewhere."""
    generation_id, _, number = file.file_id.partition("/")
    if file.place is not Place.RESULT or not (generation_id.isdecimal() and number.isdecimal()):
        return None
    return FileName(int(generation_id), int(number))


def results_in(inputs: Inputs) -> tuple[FileName, ...]:
    """The earlier results among the inputs, in their order."""
    files = (named(file) for value in inputs.values() for file in media_in(value))
    return tuple(name for name in files if name is not None)


def _left_at_telegram(name: FileName, stored: StoredFile) -> MediaFile | None:
    """What Telegram gives back: the file itself where it has it as a document, else what it made of it."""
    if stored.original_file_id is not None and stored.size <= TELEGRAM_BYTES:
        return result_file(name, stored)
    if stored.telegram_file_id is None or stored.sent_as is Form.ANIMATION:
        return None
    # The oldest rows do not say what they went as; their pictures were photos.
    if stored.sent_as is Form.PHOTO or (stored.sent_as is None and stored.kind is Modality.IMAGE):
        return replace(result_file(name, stored), mime=PHOTO_MIME, size=None)
    return result_file(name, stored) if stored.size <= TELEGRAM_BYTES else None


def _at_telegram(left: MediaFile, stored: StoredFile) -> MediaFile:
    is_original = stored.original_file_id is not None and stored.size <= TELEGRAM_BYTES
    file_id = stored.original_file_id if is_original else stored.telegram_file_id
    return replace(left, place=Place.TELEGRAM, file_id=file_id or "")
