"""Why a guard refuses, as facts: words for them live in `bot/texts`."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.money import Kopecks


class Period(StrEnum):
    """How long a budget counts: from midnight, or from the first of the month, in TIME_ZONE."""

    DAY = "day"
    MONTH = "month"


class Scope(StrEnum):
    """Whose spending at KIE has reached its cap."""

    EVERYBODY = "everybody"
    NEWCOMERS = "newcomers"
    MODEL = "model"


@dataclass(frozen=True, slots=True)
class OverBudget:
    """The price does not fit into what the person's own budget has left."""

    period: Period
    limit: Kopecks
    spent: Kopecks
    opens_at: datetime


@dataclass(frozen=True, slots=True)
class Capped:
    """A cap on our own cost is reached."""

    scope: Scope
    opens_at: datetime


@dataclass(frozen=True, slots=True)
class SoldOut:
    """KIE's balance does not pay for it, or KIE refuses our account; it opens by itself once that is mended."""


@dataclass(frozen=True, slots=True)
class Broken:
    """The model failed again and again; it is tried anew at `opens_at`."""

    opens_at: datetime


@dataclass(frozen=True, slots=True)
class OffSale:
    """Its price is not right any more, or the provider has it no longer; it returns when an operator has mended it."""


Refusal = OverBudget | Capped | SoldOut | Broken | OffSale
