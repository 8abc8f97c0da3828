"""The two places for files, each as a test sees it."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from aiohttp.test_utils import BaseTestServer

from app.files import Bucket, BucketStore, FileStore, FolderStore
from tests.fakes.s3 import ACCESS_KEY, NAME, REGION, SECRET_KEY, FakeBucket


@dataclass(frozen=True)
class Place:
    """`age(key, seconds)` makes a file look that old; `keys` is what lies there; `scratch` is on the same disk."""

    store: FileStore
    scratch: Path
    age: Callable[[str, float], None]
    keys: Callable[[], set[str]]

    def written(self, body: bytes) -> Path:
        """A local file to be put."""
        self.scratch.mkdir(parents=True, exist_ok=True)
        source = self.scratch / f"source-{len(list(self.scratch.iterdir()))}"
        source.write_bytes(body)
        return source

    async def put(self, key: str, body: bytes) -> None:
        """A file with this content."""
        await self.store.put(key, self.written(body))

    async def whole(self, key: str, *, start: int = 0, length: int | None = None) -> bytes:
        """What is read."""
        return b"".join([chunk async for chunk in self.store.read(key, start=start, length=length)])


def folder_place(folder: Path) -> Place:
    """A folder."""
    root = folder / "kept"
    return Place(
        FolderStore(root),
        folder / "scratch",
        lambda key, seconds: os.utime(root / key, (time.time() - seconds,) * 2),
        lambda: {it.relative_to(root).as_posix() for it in root.rglob("*") if it.is_file()},
    )


def bucket_of(server: BaseTestServer, **changes: str) -> Bucket:
    """How to get into the stand-in."""
    endpoint = f"http://127.0.0.1:{server.port}"
    return replace(Bucket(endpoint, NAME, REGION, ACCESS_KEY, SECRET_KEY), **changes)


def bucket_place(folder: Path, server: BaseTestServer, bucket: FakeBucket) -> Place:
    """A bucket."""
    return Place(BucketStore(bucket_of(server)), folder / "scratch", bucket.age, lambda: set(bucket.objects))
