"""The nouns of privacy."""

from dataclasses import dataclass
from datetime import datetime

from app.money import Kopecks
from app.privacy.states import DepartureState


@dataclass(frozen=True, slots=True)
class Departure:
    """A deletion on its way. `given_up` is the paid money (kopecks) that the person agreed to lose."""

    id: int
    event_id: int
    user_id: int
    language: str | None
    given_up: Kopecks
    state: DepartureState
    asked_at: datetime
    look_at: datetime


@dataclass(frozen=True, slots=True)
class Farewell:
    """What goes with a person who leaves now; kopecks. `paid` includes what is set aside and may come back."""

    paid: Kopecks
    bonus: Kopecks
    debt: Kopecks
    on_the_way: int
    """Generations and improvements that are not over."""
    waiting: int
    """Receipts and refunds that nobody has decided about."""


@dataclass(frozen=True, slots=True)
class ExportWish:
    """`is_new`: a file is being made. Else the last one was asked for at `asked_at`, less than a day ago."""

    asked_at: datetime
    is_new: bool
    sent: bool


@dataclass(frozen=True, slots=True)
class Export:
    """One file that was asked for."""

    id: int
    user_id: int
    sent: bool
