"""A model off sale, as a fact."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.catalogue import ModelKey
from app.money import Credits, Kopecks


class SuspensionCause(StrEnum):
    """Why a model is off sale."""

    COST = "cost"  # what the provider takes rose above our price
    GONE = "gone"  # the provider has it no longer


@dataclass(frozen=True, slots=True)
class CostChange:
    """Both numbers of the price row that would lose most: per unit of the row, at the rates of that moment.

    `what`: the row's conditions, in the words of our files. `said`: all of the provider's prose on its price.
    """

    what: str
    asked: Credits
    cost: Credits
    price_kopecks: Kopecks
    cost_kopecks: Kopecks
    said: str


@dataclass(frozen=True, slots=True)
class Suspension:
    """A model off sale. `change` is there where the cause is the cost."""

    id: int
    model_key: ModelKey
    name: str
    since: datetime
    change: CostChange | None

    @property
    def cause(self) -> SuspensionCause:
        """Why."""
        return SuspensionCause.GONE if self.change is None else SuspensionCause.COST
