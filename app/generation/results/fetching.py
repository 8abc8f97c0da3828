"""Our own copies of results: streamed once from the provider's hosts, looked into, and kept."""

import asyncio
import logging
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import RawIOBase
from mimetypes import guess_extension
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, urlsplit
from uuid import uuid4

import aiohttp

from app.catalogue import Modality
from app.files import FileStore, FilesUnavailableError
from app.generation.entities import Generation, StoredFile
from app.generation.errors import ResultUnavailableError
from app.media import Facts, look_into

logger = logging.getLogger(__name__)

CHUNK = 256 * 1024
RESULTS = "results"
"""What the keys of all copies begin with."""
DEFAULT_PORTS = {"https": 443, "http": 80}
UNSPECIFIC = frozenset({"", "application/octet-stream", "binary/octet-stream"})
PAGES = frozenset({"text/html", "text/plain", "application/json", "application/xml", "text/xml"})
"""What a host says instead of giving a file; no model makes words."""
FALLBACK_MIME = {Modality.IMAGE: "image/png", Modality.VIDEO: "video/mp4", Modality.AUDIO: "audio/mpeg"}

EXTENSIONS = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "image/gif": ".gif",
    "video/mp4": ".mp4",
    "video/quicktime": ".mov",
    "video/webm": ".webm",
    "audio/mpeg": ".mp3",
    "audio/mp4": ".m4a",
    "audio/x-wav": ".wav",
    "audio/ogg": ".ogg",
    "audio/flac": ".flac",
}
"""The usual ones; Python's own table differs from machine to machine."""


@dataclass(frozen=True)
class Copies:
    """What of a result could be copied, in order; `problem` says why the first of the rest could not (None: all)."""

    files: tuple[StoredFile, ...]
    problem: ResultUnavailableError | None = None


class ResultStore(Protocol):
    """Where results are copied to."""

    async def fetch(self, generation: Generation, urls: Collection[str]) -> Copies:
        """Those of `urls` that can be had, in order.

        Raises ResultUnavailableError when none of them can, FilesUnavailableError when it is our own storage that
        takes nothing now: then the result is still where it was.
        """
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


class Copier:
    """Copies results into `store`; on their way they lie in `scratch`, of which a crash may leave some."""

    def __init__(
        self, store: FileStore, scratch: Path, session: aiohttp.ClientSession, rules: FetchRules
    ) -> None:
        self._store = store
        self._scratch = scratch
        self._session = session
        self._rules = rules

    async def fetch(self, generation: Generation, urls: Collection[str]) -> Copies:
        """Copies every URL to `results/<generation>/<n>.<ext>`; again is the same files again."""
        files: list[StoredFile] = []
        problems: list[ResultUnavailableError] = []
        try:
            async with asyncio.timeout(self._rules.total_timeout):
                for number, url in enumerate(urls, start=1):
                    stem = f"{RESULTS}/{generation.id}/{number}"
                    try:
                        files.append(await self._copy(url, stem, generation.produces))
                    except ResultUnavailableError as error:
                        problems.append(error)
        except TimeoutError:
            problems.append(ResultUnavailableError("too slow", ""))
        if not files:
            raise problems[0] if problems else ResultUnavailableError("no result", "")
        return Copies(tuple(files), problems[0] if problems else None)

    async def _copy(self, url: str, stem: str, kind: Modality) -> StoredFile:
        parts = self._rules.check(url)
        aside = self._scratch / uuid4().hex
        try:
            with _our_disk():
                await asyncio.to_thread(self._scratch.mkdir, parents=True, exist_ok=True)
            announced = await self._download(url, parts.netloc, aside)
            file = _described(stem, announced, parts.path, kind, await look_into(aside))
            return await self._keep(file, aside)
        except (aiohttp.ClientError, OSError, UnicodeError) as error:
            raise ResultUnavailableError(type(error).__name__, parts.netloc) from error
        finally:
            for left in (aside, _thumbnail_beside(aside)):
                await asyncio.to_thread(left.unlink, missing_ok=True)

    async def _download(self, url: str, host: str, aside: Path) -> str:
        """What the host says it is."""
        timeout = aiohttp.ClientTimeout(
            total=None, sock_connect=self._rules.connect_timeout, sock_read=self._rules.idle_timeout
        )
        async with self._session.get(url, timeout=timeout, allow_redirects=False) as response:
            if response.status != 200:
                raise ResultUnavailableError(f"status {response.status}", host)
            if response.content_type in PAGES:
                raise ResultUnavailableError("a page, not a result", host)
            with _our_disk():
                file = await asyncio.to_thread(aside.open, "xb", buffering=0)
            with file:
                await self._drain(response.content, file, host)
            return response.content_type

    async def _drain(self, content: aiohttp.StreamReader, file: RawIOBase, host: str) -> None:
        size = 0
        async for chunk in content.iter_chunked(CHUNK):
            size += len(chunk)
            if size > self._rules.max_bytes:
                raise ResultUnavailableError("too large", host)
            with _our_disk():
                await asyncio.to_thread(_write, file, chunk)
        if size == 0:
            raise ResultUnavailableError("empty", host)

    async def _keep(self, described: "_Described", aside: Path) -> StoredFile:
        """The thumbnail first: whoever sees the file finds it."""
        file = replace(described.file, size=(await asyncio.to_thread(aside.stat)).st_size)
        if described.thumbnail and file.thumbnail is not None:
            small = _thumbnail_beside(aside)
            with _our_disk():
                await asyncio.to_thread(small.write_bytes, described.thumbnail)
            await self._store.put(file.thumbnail, small)
        await self._store.put(file.path, aside)
        return file


@contextmanager
def _our_disk() -> Iterator[None]:
    """What the disk refuses here is not the result's fault."""
    try:
        yield
    except OSError as error:
        raise FilesUnavailableError(type(error).__name__) from error


def _write(file: RawIOBase, chunk: bytes) -> None:
    """All of it: an unbuffered file may take a part, and says only the next time that the disk is full."""
    left = memoryview(chunk)
    while left:
        left = left[file.write(left) or 0 :]


def _thumbnail_beside(aside: Path) -> Path:
    return aside.with_suffix(".jpg")


@dataclass(frozen=True)
class _Described:
    """A file and its thumbnail, before they are kept."""

    file: StoredFile
    thumbnail: bytes


def _described(stem: str, announced: str, path: str, kind: Modality, facts: Facts | None) -> _Described:
    """By its own bytes; where these say nothing, by what the host said."""
    if facts is None:
        mime = _mime(announced, kind)
        return _Described(StoredFile(stem + _extension(mime, path), _kind(mime, kind), mime, size=0), b"")
    file = StoredFile(
        path=stem + _extension(facts.mime, path),
        kind=Modality(facts.kind.value),
        mime=facts.mime,
        size=0,
        width=facts.width,
        height=facts.height,
        seconds=facts.seconds,
        streamable=facts.streamable,
        thumbnail=f"{stem}.thumb.jpg" if facts.thumbnail else None,
    )
    return _Described(file, facts.thumbnail)


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
    return EXTENSIONS.get(mime) or guess_extension(mime) or (suffix if plain else ".bin")
