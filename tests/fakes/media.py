"""A messenger's store of files and the provider's upload host, as tests want them."""

import asyncio
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path

from app.catalogue import MediaFile
from tests.fakes.outside import refuse_in_unit_of_work


@dataclass
class FakeSource:
    """Every file can be had; its content is its id, where a test gives no other."""

    troubles: deque[Exception] = field(default_factory=deque)
    """Raised by the next fetches."""
    fetched: list[str] = field(default_factory=list)
    contents: dict[str, bytes] = field(default_factory=dict)

    async def fetch(self, file: MediaFile, target: Path) -> None:
        refuse_in_unit_of_work()
        if self.troubles:
            raise self.troubles.popleft()
        self.fetched.append(file.file_id)
        content = self.contents.get(file.file_id, file.file_id.encode())
        await asyncio.to_thread(target.write_bytes, content)


@dataclass
class FakeHost:
    """Takes every file; keeps its content."""

    troubles: deque[Exception] = field(default_factory=deque)
    """Raised by the next uploads."""
    uploaded: list[tuple[bytes, str]] = field(default_factory=list)
    """Content and type."""
    arriving: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when an upload is on its way."""
    open: asyncio.Event = field(default_factory=asyncio.Event)
    """Cleared by a test that wants uploads held back."""

    def __post_init__(self) -> None:
        self.open.set()

    async def upload(self, path: Path, *, name: str, mime: str) -> str:
        refuse_in_unit_of_work()
        if self.troubles:
            raise self.troubles.popleft()
        self.arriving.set()
        await self.open.wait()
        self.uploaded.append((await asyncio.to_thread(path.read_bytes), mime))
        return f"https://uploads.example/{len(self.uploaded)}"
