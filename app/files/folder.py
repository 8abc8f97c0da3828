"""Files in a folder of this machine."""

import asyncio
import os
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

from app.files.store import CHUNK, FileGoneError, FilesUnavailableError, checked


class FolderStore:
    """`FileStore` under `folder`. `put` renames, so its sources have to lie on the same disk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def put(self, key: str, source: Path) -> None:
        """Synced, then renamed into place."""
        try:
            await asyncio.to_thread(_move, source, self._path(key))
        except OSError as error:
            raise FilesUnavailableError(type(error).__name__) from error

    async def size(self, key: str) -> int | None:
        """As the disk has it."""
        return await asyncio.to_thread(_size, self._path(key))

    async def read(self, key: str, *, start: int = 0, length: int | None = None) -> AsyncIterator[bytes]:
        """From the disk, in a thread; the open file outlives its deletion."""
        path = self._path(key)
        try:
            file = await asyncio.to_thread(path.open, "rb")
        except OSError as error:
            raise FileGoneError(key) from error
        with file:
            await asyncio.to_thread(file.seek, start)
            left = length
            while chunk := await asyncio.to_thread(file.read, CHUNK if left is None else min(CHUNK, left)):
                yield chunk
                left = None if left is None else left - len(chunk)

    async def delete_older(self, prefix: str, *, seconds: float, limit: int) -> int:
        """By the time of the last change; empty folders go with their last file."""
        return await asyncio.to_thread(_delete, self._path(prefix), time.time() - seconds, limit)

    def _path(self, key: str) -> Path:
        return self._folder / checked(key)


def _move(source: Path, target: Path) -> None:
    """After this the file survives a crash of the machine."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with source.open("rb+") as file:
        os.fsync(file.fileno())
    source.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size if path.is_file() else None
    except OSError:
        return None


def _delete(folder: Path, before: float, limit: int) -> int:
    deleted = 0
    for path in islice(_older(folder, before), limit):
        path.unlink(missing_ok=True)
        deleted += 1
        with suppress(OSError):  # not empty yet, or somebody is just putting a file there
            path.parent.rmdir()
    return deleted


def _older(folder: Path, before: float) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and path.stat().st_mtime < before)
