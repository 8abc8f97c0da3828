"""The nouns of the inbox."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from app.db import Epoch


class Source(StrEnum):
    """Who sends. Gateways of payments write `payments:<provider>` instead."""

    TELEGRAM = "telegram"
    KIE = "kie"
    FORGED = "forged"  # a burst of requests that were refused: a note for operators, stored as done


@dataclass(frozen=True, slots=True)
class Incoming:
    """Something that came from outside, before it is stored.

    `scope`, `external_id` and `digest` (SHA-256, 32 bytes) make it unique inside its source; what shares a
    `lane` is processed one after the other. `done` says that it was answered already and is only kept.
    """

    source: str
    scope: str
    external_id: str
    lane: str
    payload: bytes
    digest: bytes
    done: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """One stored event on its way to a handler.

    `received_at` is when it was stored, by the database's clock. `attempt` counts from 1 over all processes.
    `applied` tells that an earlier attempt committed its unit of work (see `apply_once`): nothing is
    applied again, only the screen is drawn. `interrupted`: an earlier process began it and came to no end.
    """

    id: int
    source: str
    external_id: str
    lane: str
    payload: bytes
    received_at: datetime
    attempt: int
    applied: bool
    interrupted: bool = False

    @property
    def lane_key(self) -> str:
        """Its lane among those of all sources."""
        return f"{self.source}:{self.lane}"


@dataclass(frozen=True, slots=True)
class Step:
    """What a handler passes to services: which event it answers, in whose reign."""

    event_id: int
    epoch: Epoch


@dataclass(frozen=True, slots=True)
class Backlog:
    """How much is waiting: events, the age of the oldest in seconds (0 when none), dead letters."""

    waiting: int
    oldest_seconds: float
    dead: int


class EventHandler(Protocol):
    """The one who understands the events of a source."""

    async def handle(self, event: Event, epoch: Epoch) -> None:
        """Answers the event; any error but FencedOutError and StorageUnavailableError counts as a try."""
        ...

    async def give_up(self, event: Event, epoch: Epoch) -> None:
        """The event is parked: tells the person, answers the callback."""
        ...
