"""What is behind a link: one file of one result, and nothing else."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

from app.db import Database
from app.files import FileGoneError, FileStore
from app.generation import repository
from app.generation.results.links import ExpiredLinkError, FileTokens, UnknownLinkError


@dataclass(frozen=True)
class Download:
    """A file that is there: its key, type, size in bytes, and the name it shall have."""

    key: str
    mime: str
    size: int
    name: str


class Downloads:
    """`tokens` raises StorageUnavailableError until the signing key was read."""

    def __init__(
        self, database: Database, files: FileStore, tokens: Callable[[], Awaitable[FileTokens]]
    ) -> None:
        self._database = database
        self._files = files
        self._tokens = tokens

    async def find(self, token: str) -> Download:
        """Raises UnknownLinkError, ExpiredLinkError (the link or the file is too old), FilesUnavailableError."""
        name = (await self._tokens()).read(token)
        async with self._database.snapshot() as session:
            generation = await repository.find(session, name.generation_id)
        if generation is None or not 1 <= name.number <= len(generation.results):
            raise UnknownLinkError
        file = generation.results[name.number - 1]
        size = await self._files.size(file.path)
        if size is None:
            raise ExpiredLinkError
        return Download(file.path, file.mime, size, file.name_for(generation.id, generation.model_key))

    async def read(self, download: Download, *, start: int, length: int) -> AsyncIterator[bytes]:
        """Its bytes; raises ExpiredLinkError where it is gone just now."""
        try:
            async for chunk in self._files.read(download.key, start=start, length=length):
                yield chunk
        except FileGoneError as error:
            raise ExpiredLinkError from error
