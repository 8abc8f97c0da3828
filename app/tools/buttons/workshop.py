"""The provider, its files and the way to them, made up: every task ends at once, as the audit wants it."""

import asyncio
from collections.abc import Collection
from decimal import Decimal
from enum import StrEnum
from itertools import count
from pathlib import Path

from app.catalogue import Inputs, MediaFile, Modality, TextModel
from app.generation import Copies, FailureClass, Generation, StoredFile, TaskReport, TaskState, TextAnswer

MIME = {Modality.IMAGE: "image/png", Modality.VIDEO: "video/mp4", Modality.AUDIO: "audio/mpeg"}


class Ending(StrEnum):
    """How a generation ends: one file, two of them, or a failure."""

    RESULT = "result"
    ALBUM = "album"
    FAILURE = "failure"


class Workshop:
    """Provider, writer, store of results, store of inputs and messenger's files in one; files lie in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.ending = Ending.RESULT
        self.folder = folder
        self._numbers = count(1)

    async def create(self, model_id: str, inputs: Inputs, callback_url: str | None) -> str:
        """A task id that no provider gives."""
        return f"rehearsal-{id(self)}-{next(self._numbers)}"

    async def read(self, task_id: str, model_id: str) -> TaskReport:
        """Ended as `ending` says."""
        if self.ending is Ending.FAILURE:
            return TaskReport(TaskState.FAIL, failure=FailureClass.CONTENT_POLICY, fail_message="rehearsal")
        urls = ("1", "2") if self.ending is Ending.ALBUM else ("1",)
        return TaskReport(TaskState.SUCCESS, result_urls=urls, credits_consumed=Decimal(1))

    async def credits(self) -> Decimal:
        """Plenty."""
        return Decimal(1_000_000)

    async def fetch(self, generation: Generation, urls: Collection[str]) -> Copies:
        """One small file for each URL."""
        return Copies(tuple(self._made(f"{generation.id}-{url}", generation.produces) for url in urls))

    async def write(self, model: TextModel, instruction: str, text: str) -> TextAnswer:
        """Another text, as long as any model takes."""
        return TextAnswer(text[::-1], credits=Decimal(1))

    async def upload(self, path: Path, *, name: str, mime: str) -> str:
        """Where the provider would find it."""
        return f"https://rehearsal.invalid/{name}"

    def _made(self, key: str, kind: Modality) -> StoredFile:
        (self.folder / key).write_bytes(b"x")
        return StoredFile(
            key, kind, MIME[kind], size=1, width=512, height=512, seconds=kind is not Modality.IMAGE
        )


class Messenger:
    """A person's files: all of one byte."""

    async def fetch(self, file: MediaFile, target: Path) -> None:
        """Writes the file."""
        await asyncio.to_thread(target.write_bytes, b"x")
