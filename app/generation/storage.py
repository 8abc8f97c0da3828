"""Our own copies of results: streamed once from the provider's hosts to disk."""

import asyncio
import logging
import os
from collections.abc import Collection
from dataclasses import dataclass
from mimetypes import guess_extension
from pathlib import Path
from typing import BinaryIO, Protocol
from urllib.parse import SplitResult, urlsplit
from uuid import uuid4

import aiohttp

from app.catalogue import Modality
from app.generation.entities import Generation, StoredFile
from app.generation.errors import ResultUnavailableError

logger = logging.getLogger(__name__)

CHUNK = 256 * 1024
DEFAULT_PORTS = {"https": 443, "http": 80}
UNSPECIFIC = frozenset({"", "application/octet-stream", "binary/octet-stream"})
PAGES = frozenset({"text/html", "text/plain", "application/json", "application/xml", "text/xml"})
"""What a host says instead of giving a file; no model makes words."""
FALLBACK_MIME = {Modality.IMAGE: "image/png", Modality.VIDEO: "video/mp4", Modality.AUDIO: "audio/mpeg"}


class ResultStore(Protocol):
    """Where results are copied to."""

    async def fetch(self, generation: Generation, urls: Collection[str]) -> tuple[StoredFile, ...]:
        """All of `urls`, in order; raises ResultUnavailableError when one of them cannot be had."""
        ...


@dataclass(frozen=True)
class FetchRules:
    """Which results are fetched: from `places`, as `https://host:443` or, for any port, `https://host`."""

    places: frozenset[str]
    max_bytes: int = 1024**3
    connect_timeout: float = 10.0
    idle_timeout: float = 30.0
    """Seconds without a byte."""
    total_timeout: float = 9 * 60.0
    """Seconds for all files of a result: less than a fetch's lease, so that a trickle does not last for ever."""

    def check(self, url: str) -> SplitResult:
        """The parts of an allowed URL; raises ResultUnavailableError for any other."""
        try:
            parts = urlsplit(url)
            named_port = parts.port
        except ValueError as error:
            raise ResultUnavailableError("malformed url", "") from error
        host = (parts.hostname or "").lower()
        if parts.scheme not in DEFAULT_PORTS or parts.username is not None:
            raise ResultUnavailableError("url not allowed", host)
        port = named_port or DEFAULT_PORTS[parts.scheme]
        origin = f"{parts.scheme}://{host}"
        if not {origin, f"{origin}:{port}"} & self.places:
            raise ResultUnavailableError("host not allowed", f"{host}:{port}")
        return parts


class Storage:
    """Files under `folder`, each complete or absent: written aside, synced, then renamed into place."""

    def __init__(self, folder: Path, session: aiohttp.ClientSession, rules: FetchRules) -> None:
        self._folder = folder
        self._session = session
        self._rules = rules

    def path(self, key: str) -> Path:
        """Where the file with this key lies on disk."""
        return self._folder / key

    async def fetch(self, generation: Generation, urls: Collection[str]) -> tuple[StoredFile, ...]:
        """Copies every URL to `results/<generation>/<n>.<ext>`; again is the same files again."""
        if not urls:
            raise ResultUnavailableError("no result", "")
        stem = f"results/{generation.id}"
        try:
            async with asyncio.timeout(self._rules.total_timeout):
                return tuple(
                    [
                        await self._copy(url, f"{stem}/{number}", generation.produces)
                        for number, url in enumerate(urls, start=1)
                    ]
                )
        except TimeoutError as error:
            raise ResultUnavailableError("too slow", "") from error

    async def _copy(self, url: str, stem: str, kind: Modality) -> StoredFile:
        parts = self._rules.check(url)
        host = parts.netloc
        timeout = aiohttp.ClientTimeout(
            total=None, sock_connect=self._rules.connect_timeout, sock_read=self._rules.idle_timeout
        )
        try:
            async with self._session.get(url, timeout=timeout, allow_redirects=False) as response:
                if response.status != 200:
                    raise ResultUnavailableError(f"status {response.status}", host)
                if response.content_type in PAGES:
                    raise ResultUnavailableError("a page, not a result", host)
                mime = _mime(response.content_type, kind)
                key = stem + _extension(mime, parts.path)
                size = await self._write(response.content, self.path(key), host)
        except (aiohttp.ClientError, OSError, UnicodeError) as error:
            raise ResultUnavailableError(type(error).__name__, host) from error
        return StoredFile(path=key, kind=_kind(mime, kind), mime=mime, size=size)

    async def _write(self, content: aiohttp.StreamReader, target: Path, host: str) -> int:
        await asyncio.to_thread(target.parent.mkdir, parents=True, exist_ok=True)
        aside = target.with_name(f".{target.name}.{uuid4().hex}")
        file: BinaryIO = await asyncio.to_thread(aside.open, "xb")
        try:
            size = await self._drain(content, file, host)
            await asyncio.to_thread(_finish, file, aside, target)
        finally:
            try:
                file.close()  # writes what is left, which a full disk refuses
            finally:
                await asyncio.to_thread(aside.unlink, missing_ok=True)
        return size

    async def _drain(self, content: aiohttp.StreamReader, file: BinaryIO, host: str) -> int:
        size = 0
        async for chunk in content.iter_chunked(CHUNK):
            size += len(chunk)
            if size > self._rules.max_bytes:
                raise ResultUnavailableError("too large", host)
            await asyncio.to_thread(file.write, chunk)
        if size == 0:
            raise ResultUnavailableError("empty", host)
        return size


def _finish(file: BinaryIO, aside: Path, target: Path) -> None:
    """After this the file survives a crash of the machine."""
    file.flush()
    os.fsync(file.fileno())
    aside.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _mime(announced: str, kind: Modality) -> str:
    return FALLBACK_MIME[kind] if announced in UNSPECIFIC else announced


def _kind(mime: str, produced: Modality) -> Modality:
    """What the file is; some models return pictures beside a clip."""
    family = mime.partition("/")[0]
    return Modality(family) if family in {member.value for member in Modality} else produced


def _extension(mime: str, path: str) -> str:
    """By the type, else as the URL has it when that is short and plain."""
    suffix = Path(path).suffix.lower()
    plain = len(suffix) <= 6 and suffix[1:].isalnum() and suffix.isascii()
    return guess_extension(mime) or (suffix if plain else ".bin")
