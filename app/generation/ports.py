"""What a generation needs from outside: the provider that makes it, the messenger that takes files and brings it."""

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from app.catalogue import Inputs, MediaFile
from app.generation.entities import Generation, StoredFile
from app.generation.states import FailureClass, Stage
from app.ledger import Balance
from app.money import Kopecks


class TaskState(StrEnum):
    """What the provider says of a task. A word that we do not know is UNKNOWN: neither done nor failed."""

    WAITING = "waiting"
    QUEUING = "queuing"
    GENERATING = "generating"
    SUCCESS = "success"
    FAIL = "fail"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class TaskReport:
    """One reading of a task from the provider's API."""

    state: TaskState
    result_urls: tuple[str, ...] = ()
    failure: FailureClass | None = None
    fail_message: str | None = None
    """The provider's words, for operators only."""
    credits_consumed: Decimal | None = None
    callback_url: str | None = None
    """The callback URL the provider has on record for the task: it proves that the task is ours."""
    tracks: tuple[str, ...] = ()
    """The provider's ids of songs, one for each URL; empty where it does not tell them all."""

    def named(self, files: tuple[StoredFile, ...]) -> tuple[StoredFile, ...]:
        """The copies with what the provider calls each; as they are where some of them could not be had."""
        if len(files) != len(self.tracks):
            return files
        return tuple(replace(file, track=track) for file, track in zip(files, self.tracks, strict=True))


class GenerationProvider(Protocol):
    """The company that generates. It is never called while a unit of work is open."""

    async def create(self, model_id: str, inputs: Inputs, callback_url: str | None) -> str:
        """Starts a paid task and returns its id.

        Raises RefusedError (certainly not accepted, final), TryLaterError (certainly not accepted, for now),
        AmbiguousError (unknown).
        """
        ...

    async def read(self, task_id: str, model_id: str) -> TaskReport:
        """A task of this model as it is now. Raises TaskUnknownError, or TryLaterError when it cannot be read now."""
        ...

    async def credits(self) -> Decimal:
        """What is left of our own credits; raises TryLaterError when it cannot be read now."""
        ...


class MediaSource(Protocol):
    """Where a person's file lies: the messenger. It is never called while a unit of work is open."""

    async def fetch(self, file: MediaFile, target: Path) -> None:
        """Writes the whole file to `target`; raises RefusedError (it cannot be had) or TryLaterError."""
        ...


class MediaHost(Protocol):
    """The provider's store of files that go in. It is never called while a unit of work is open."""

    async def upload(self, path: Path, *, name: str, mime: str) -> str:
        """The URL under which the provider's models find the file; raises RefusedError or TryLaterError."""
        ...


@dataclass(frozen=True)
class Delivery:
    """What Telegram made of a result: `files` are `generation.results` with what it has of each from now on."""

    message_ids: tuple[int, ...]
    files: tuple[StoredFile, ...]


class Notifier(Protocol):
    """Brings news to the person.

    Raises UnreachablePersonError, TryLaterError when nothing was sent, or AmbiguousError when that is unknown.
    """

    async def progress(self, generation: Generation, stage: Stage) -> None:
        """Shows the stage in the progress message; the caller has already coalesced."""
        ...

    async def deliver(self, generation: Generation, balance: Balance | None = None) -> Delivery:
        """Sends the result; no message ids when nothing of it is left. `balance`: now, where a part was given back.

        May be called again for the same generation: at worst a second copy, never none.
        """
        ...

    async def original(self, generation: Generation) -> Delivery:
        """Sends every file as it was made; says so where nothing of it is left."""
        ...

    async def failed(self, generation: Generation, returned: Kopecks, balance: Balance) -> None:
        """Says why it failed (`generation.failure`), what came back and what the person has now."""
        ...

    async def end_progress(self, generation: Generation) -> None:
        """The last form of the progress message, by the state: done, cancelled, or (after a failure) taken away.

        A courtesy: raises nothing.
        """
        ...

    async def gone(self, generation: Generation) -> None:
        """Says that nobody has the paid result any more."""
        ...
