"""What each model earned and what it cost us."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from app.books import repository
from app.catalogue import ModelKey
from app.db import Database
from app.money import Credits, Kopecks


@dataclass(frozen=True, slots=True)
class ModelMargin:
    """One model over a stretch of time. Costs are what KIE says it took; else what its price list says."""

    model_key: ModelKey
    made: int
    """Results, free and refunded ones included."""
    free: int
    revenue: Kopecks
    """What was captured and not given back."""
    credits: Credits
    cost: Kopecks
    """The credits in kopecks, each generation at the rate of its own quote."""

    @property
    def margin(self) -> Kopecks:
        """What is left; below zero where gifts and refunds cost more than was earned."""
        return Kopecks(self.revenue - self.cost)

    @property
    def share(self) -> Decimal | None:
        """The margin as a part of the revenue; None where nothing was earned."""
        return Decimal(self.margin) / self.revenue if self.revenue else None


class Margins:
    """Reads margins off the generations, for operators."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def by_model(self, back: timedelta) -> tuple[ModelMargin, ...]:
        """Each model that made something in that time, the dearest loss first."""
        async with self._database.snapshot() as session:
            rows = await repository.margins(session, back)
        found = (
            ModelMargin(row.model_key, row.made, row.free, row.revenue, Credits(row.credits), row.cost)
            for row in rows
        )
        return tuple(sorted(found, key=lambda it: it.margin))
