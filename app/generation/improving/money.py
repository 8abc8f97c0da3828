"""Where an improvement's moves meet the money: one hold, one resolution of it, and our own cost where nobody pays."""

from decimal import Decimal

from app.db import Session
from app.generation.improving.entities import Improvement
from app.generation.improving.keys import cost_key, end_key, hold_key
from app.ledger import Corrections, Explanation, HouseAccount, Ledger, payments_account
from app.money import Credits, rouble_cost


class ImprovementMoney:
    """In the caller's unit. What is for nothing moves no money of the person: what it cost us is booked to `promo`."""

    def __init__(self, ledger: Ledger, corrections: Corrections) -> None:
        self._ledger = ledger
        self._corrections = corrections

    async def hold(self, session: Session, improvement: Improvement) -> None:
        """Sets the price aside; raises what `Ledger.hold` raises."""
        if not improvement.is_free:
            await self._ledger.hold(
                session,
                user_id=improvement.user_id,
                amount=improvement.price,
                key=hold_key(improvement.id),
            )

    async def take(self, session: Session, ready: Improvement) -> None:
        """The better text is there."""
        if ready.is_free:
            await self._book(session, ready, HouseAccount.PROMO)
        else:
            await self._ledger.capture(session, hold_key=hold_key(ready.id), key=end_key(ready.id))

    async def give_back(self, session: Session, ended: Improvement) -> None:
        """The person gets nothing of it; what it cost us is our loss."""
        if not ended.is_free:
            await self._ledger.release(session, hold_key=hold_key(ended.id), key=end_key(ended.id))
        await self._book(session, ended, HouseAccount.LOSSES)

    async def _book(self, session: Session, ended: Improvement, bearer: HouseAccount) -> None:
        credits_ = ended.cost or Decimal(0)
        if credits_ > 0:
            await self._corrections.book(
                session,
                debit=bearer,
                credit=payments_account("kie"),
                amount=rouble_cost(Credits(credits_), ended.usd_rub),
                key=cost_key(ended.id),
                why=Explanation(actor="improvement", reason=str(ended.failure or ended.state)),
            )
