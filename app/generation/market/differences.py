"""What is other at the provider than with us, as facts; the words for it are the caller's."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from app.catalogue import ModelSpec
from app.generation.market.prices import RowReading
from app.money import Credits
from app.offers import Rates


class Change(StrEnum):
    """The kinds of difference."""

    NEW_MODEL = "new_model"
    GONE = "gone"
    PRICE = "price"  # `before` and `after`: credits of one of our rows; `what`: what the row is for
    PRICE_UNREAD = "price_unread"  # the provider's prose tells no figure for one of our rows
    NEW_INPUT = "new_input"
    INPUT_GONE = "input_gone"
    INPUT_REQUIRED = "input_required"  # and we may leave it out
    NEW_CHOICE = "new_choice"
    CHOICE_GONE = "choice_gone"
    LIMIT = "limit"  # `before`: ours; `after`: the provider's, within which ours does not stay


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as our files say. `model`: our key, or the provider's id of one that we do not have.

    `what`: the input, or the conditions of the price row; `row`: the number of that row among the model's;
    `model_id`: the provider's id, where a price is about.
    """

    change: Change
    model: str
    name: str
    what: str = ""
    before: str = ""
    after: str = ""
    row: int | None = None
    model_id: str = ""

    @property
    def key(self) -> str:
        """The same difference has the same key, whenever it is found."""
        return ":".join((self.change.value, self.model, self.what, self.after))


@dataclass(frozen=True, slots=True)
class Loss:
    """A price row that would be sold below what it costs now. `asked`: the credits that our price is for."""

    spec: ModelSpec
    what: str
    asked: Credits
    cost: Credits

    @property
    def part_lost(self) -> Decimal:
        """How many times our credits the cost is."""
        return self.cost / self.asked


def losses(spec: ModelSpec, readings: Sequence[RowReading], rates: Rates) -> tuple[Loss, ...]:
    """The rows whose price does not cover the provider's figure."""
    return tuple(
        Loss(spec, row_words(it), Credits(it.row.credits), it.credits)
        for it in readings
        if it.credits is not None
        and not rates.of(spec).covers(asked=Credits(it.row.credits), cost=it.credits)
    )


def price_differences(spec: ModelSpec, readings: Sequence[RowReading]) -> list[Difference]:
    """Every row whose figure is another, or cannot be read."""
    return [_price_difference(spec, it) for it in readings if it.credits is None or it.differs]


def _price_difference(spec: ModelSpec, reading: RowReading) -> Difference:
    theirs = reading.credits
    return Difference(
        Change.PRICE_UNREAD if theirs is None else Change.PRICE,
        spec.key,
        spec.name,
        row_words(reading),
        before=f"{reading.row.credits:f}",
        after="" if theirs is None else f"{theirs:f}",
        row=reading.number,
        model_id=spec.id,
    )


def row_words(reading: RowReading) -> str:
    """What a row is for, in the words of our files: `resolution 720p, sound False, per_second`."""
    conditions = [f"{name} {value}" for name, value in reading.row.when.items()]
    return ", ".join((*conditions, reading.row.unit.value))
