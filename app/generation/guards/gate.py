"""All guards in one question."""

from dataclasses import dataclass

from app.catalogue import ModelKey
from app.db import Session
from app.generation.guards import credits as kie_credits
from app.generation.guards.budgets import Budgets
from app.generation.guards.caps import CostCaps
from app.generation.guards.circuit import Circuit
from app.generation.guards.free import FreeTier
from app.generation.guards.refusals import OffSale, Refusal
from app.generation.guards.standing import Standings
from app.money import Credits, Kopecks
from app.offers import Quote, Suspensions


@dataclass(frozen=True)
class Gate:
    """What a submit must pass. `free` does not refuse: where it has nothing left, the price is asked.

    `standings` tells ahead what holds for everybody.
    """

    free: FreeTier
    budgets: Budgets
    caps: CostCaps
    circuit: Circuit
    standings: Standings

    async def refusal(self, session: Session, quote: Quote, times: int = 1) -> Refusal | None:
        """Why this quote cannot be sold now, so many times together."""
        credits_, price = Credits(quote.credits * times), Kopecks(quote.price * times)
        return (
            await kie_credits.refusal(session, credits_)
            or await self._off_sale(session, quote.model_key)
            or await self.circuit.refusal(session, quote.model_key)
            or await self.caps.refusal(session, quote.user_id, quote.model_key, credits_)
            or await self.budgets.refusal(session, quote.user_id, price)
        )

    async def _off_sale(self, session: Session, model_key: ModelKey) -> OffSale | None:
        return OffSale() if await Suspensions().of(session, (model_key,)) else None
