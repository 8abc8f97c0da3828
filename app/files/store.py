"""What a place for files can do."""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Protocol

from app.errors import AppError

CHUNK = 256 * 1024
"""Bytes of a chunk that is read, at most."""

_PLAIN = re.compile(r"[a-z0-9][a-z0-9_.-]*(/[a-z0-9][a-z0-9_.-]*)*", re.ASCII)


class FileGoneError(AppError):
    """There is no file with this key (any more)."""

    def __init__(self, key: str) -> None:
        super().__init__(f"no file {key}")
        self.key = key


class FilesUnavailableError(AppError):
    """The place cannot be used now, whatever the file; `reason` is the name of the error behind it."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"files cannot be reached: {reason}")
        self.reason = reason


class UnusableKeyError(AppError):
    """A key with anything but plain names between slashes."""

    def __init__(self) -> None:
        super().__init__("not a key of a file")


class FileStore(Protocol):
    """A place for files. Every method raises UnusableKeyError, FilesUnavailableError."""

    async def put(self, key: str, source: Path) -> None:
        """Moves a local file in, over any other with this key; when it returns, `source` is gone."""
        ...

    async def size(self, key: str) -> int | None:
        """Bytes; None when there is no such file."""
        ...

    def read(self, key: str, *, start: int = 0, length: int | None = None) -> AsyncIterator[bytes]:
        """The bytes from `start` on, `length` of them or all, chunk by chunk; raises FileGoneError at once."""
        ...

    async def delete_older(self, prefix: str, *, seconds: float, limit: int) -> int:
        """Deletes at most `limit` files below `prefix` that were put longer ago; how many it were."""
        ...


def checked(key: str) -> str:
    """The key itself; raises UnusableKeyError for one that could lead elsewhere."""
    if not _PLAIN.fullmatch(key):
        raise UnusableKeyError
    return key
