"""Files in an S3-compatible bucket, through obstore (object_store, the client of Arrow, in one wheel)."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from app.files.store import CHUNK, FileGoneError, FilesUnavailableError, checked

if TYPE_CHECKING:  # it has no such name at run time
    from obstore import GetOptions

PART = 8 * 1024 * 1024
"""Bytes of one part of an upload; three of them are on their way at a time."""
LISTED = 200
_PATIENCE = timedelta(seconds=30)


@dataclass(frozen=True)
class Bucket:
    """Where it is and how to get in: the five S3_* settings."""

    endpoint: str
    name: str
    region: str
    access_key: str = field(repr=False)
    secret_key: str = field(repr=False)


class BucketStore:
    """`FileStore` in a bucket. Opens nothing before it is used."""

    def __init__(self, bucket: Bucket) -> None:
        self._store = S3Store(
            bucket.name,
            endpoint=bucket.endpoint,
            region=bucket.region,
            access_key_id=bucket.access_key,
            secret_access_key=bucket.secret_key,
            virtual_hosted_style_request=False,
            # Buckets of one's own network speak http; requests and bodies are signed either way.
            client_options={
                "allow_http": True,
                "connect_timeout": "10s",
                "read_timeout": "30s",
                "timeout": "9m",
            },
            retry_config={"max_retries": 3, "retry_timeout": _PATIENCE},
        )

    async def put(self, key: str, source: Path) -> None:
        """In parts where it is large; the bucket shows it when it is whole."""
        try:
            with _translated(checked(key)):
                await obstore.put_async(self._store, key, source, chunk_size=PART, max_concurrency=3)
        except FileGoneError as error:
            raise FilesUnavailableError("NoSuchBucket") from error
        await asyncio.to_thread(source.unlink, missing_ok=True)

    async def size(self, key: str) -> int | None:
        """As the bucket has it."""
        try:
            with _translated(checked(key)):
                return (await obstore.head_async(self._store, key))["size"]
        except FileGoneError:
            return None

    async def read(self, key: str, *, start: int = 0, length: int | None = None) -> AsyncIterator[bytes]:
        """One request, however long the file."""
        if length == 0:
            return
        with _translated(checked(key)):
            options: GetOptions = {"range": {"offset": start} if length is None else (start, start + length)}
            found = await obstore.get_async(self._store, key, options=options)
            async for chunk in found.stream(min_chunk_size=CHUNK):
                yield bytes(chunk)

    async def delete_older(self, prefix: str, *, seconds: float, limit: int) -> int:
        """By the bucket's own time of the upload."""
        before = datetime.now(UTC) - timedelta(seconds=seconds)
        old: list[str] = []
        with _translated(checked(prefix)):
            async for found in obstore.list(self._store, prefix, chunk_size=LISTED):
                old += [file["path"] for file in found if file["last_modified"] < before]
                if len(old) >= limit:
                    break
            if old:
                await obstore.delete_async(self._store, old[:limit])
        return len(old[:limit])


@contextmanager
def _translated(key: str) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise FileGoneError(key) from error
    except (BaseError, OSError, ValueError) as error:
        # Its text may carry the address of the bucket.
        raise FilesUnavailableError(type(error).__name__) from error
