"""What can be sold at this moment to anybody at all: said on shelves and cards, before anything is chosen."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from app.catalogue import ModelKey
from app.db import Database
from app.generation.guards import credits as kie_credits
from app.generation.guards.circuit import Circuit
from app.generation.guards.refusals import Broken, OffSale, SoldOut
from app.offers import Suspensions


@dataclass(frozen=True, slots=True)
class Standing:
    """How the models that were asked about stand. `closed`: nothing is sold, whatever the model."""

    closed: SoldOut | None = None
    resting: Mapping[ModelKey, Broken | OffSale] = field(default_factory=dict)

    def of(self, key: ModelKey) -> SoldOut | Broken | OffSale | None:
        """Why this model is not sold now; None where nothing but the person's own limits may forbid it."""
        return self.closed or self.resting.get(key)


class Standings:
    """Reads in a snapshot of its own. What is sold in the end is decided by the gate, at the tap."""

    def __init__(self, database: Database, circuit: Circuit) -> None:
        self._database = database
        self._circuit = circuit
        self._suspensions = Suspensions()

    async def now(self, models: Collection[ModelKey]) -> Standing:
        """Of these models; raises StorageUnavailableError."""
        async with self._database.snapshot() as session:
            empty = await kie_credits.refusal(session)
            refused = SoldOut() if await self._circuit.is_refused(session) else None
            off_sale = await self._suspensions.of(session, models)
            resting = await self._circuit.resting(session, models)
            return Standing(empty or refused, {**resting, **dict.fromkeys(off_sale, OffSale())})
