"""All guards in one question."""

from dataclasses import dataclass

from app.catalogue import ModelKey
from app.db import ReadSession, Session
from app.generation.guards import credits as kie_credits
from app.generation.guards.budgets import Budgets
from app.generation.guards.caps import CostCaps
from app.generation.guards.circuit import Circuit
from app.generation.guards.free import FreeTier
from app.generation.guards.refusals import OffSale, Refusal
from app.generation.guards.standing import Standings
from app.money import Credits, Kopecks
from app.offers import Quote, Suspensions


@dataclass(frozen=True, slots=True)
class Spending:
    """What somebody is about to have made: our cost at most, and their price."""

    user_id: int
    model_key: ModelKey
    credits: Credits
    price: Kopecks


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
        return await self.refusal_of(session, Spending(quote.user_id, quote.model_key, credits_, price))

    async def refusal_of(self, session: Session, spending: Spending) -> Refusal | None:
        """Why this cannot be made now."""
        key, credits_ = spending.model_key, spending.credits
        return (
            await kie_credits.refusal(session, credits_)
            or await self._off_sale(session, key)
            or await self.circuit.refusal(session, key)
            or await self.caps.refusal(session, spending.user_id, key, credits_)
            or await self.budgets.refusal(session, spending.user_id, spending.price)
        )

    async def closed(self, session: ReadSession, credits_: Credits) -> bool:
        """Whether nobody at all could have something of this cost made: it is better not offered."""
        empty = await kie_credits.refusal(session, credits_)
        return empty is not None or await self.circuit.is_refused(session)

    async def _off_sale(self, session: Session, model_key: ModelKey) -> OffSale | None:
        return OffSale() if await Suspensions().of(session, (model_key,)) else None
