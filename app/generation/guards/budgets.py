"""A person's own limits: so much a day, so much a month, and not a kopeck more."""

from dataclasses import dataclass

from app.db import Database, ReadSession
from app.generation.guards import repository
from app.generation.guards.refusals import OverBudget, Period
from app.inbox import Step, apply_once
from app.money import Kopecks


@dataclass(frozen=True, slots=True)
class Budget:
    """The limits a person set (None: no limit) and what they have spent since the periods began."""

    daily: Kopecks | None
    monthly: Kopecks | None
    spent_today: Kopecks
    spent_this_month: Kopecks


class Budgets:
    """Sets and checks budgets. What is held counts as spent; what came back does not."""

    def __init__(self, database: Database, *, zone: str) -> None:
        self._database = database
        self._zone = zone

    async def of(self, user_id: int) -> Budget:
        """The person's budget now, for a screen."""
        async with self._database.snapshot() as session:
            return await self._of(session, user_id)

    async def set(self, step: Step, user_id: int, period: Period, limit: Kopecks | None) -> Budget:
        """Sets the limit of a period, or (None) takes it away; once per event."""
        async with self._database.unit_of_work(step.epoch) as session:
            if await apply_once(session, step):
                if limit is None:
                    await repository.delete_budget(session, user_id, period)
                else:
                    await repository.put_budget(session, user_id, period, limit)
            return await self._of(session, user_id)

    async def refusal(self, session: ReadSession, user_id: int, price: Kopecks) -> OverBudget | None:
        """Whether the price does not fit; exact where the unit holds the person's row lock."""
        limits = await repository.budgets(session, user_id)
        if price == 0 or not limits:
            return None
        spent = await repository.spent(session, user_id, zone=self._zone)
        periods = (
            (Period.MONTH, spent.month, spent.next_month),
            (Period.DAY, spent.day, spent.next_day),
        )
        for period, already, opens_at in periods:
            limit = limits.get(period)
            if limit is not None and already + price > limit:
                return OverBudget(period, limit, already, opens_at)
        return None

    async def _of(self, session: ReadSession, user_id: int) -> Budget:
        limits = await repository.budgets(session, user_id)
        spent = await repository.spent(session, user_id, zone=self._zone)
        return Budget(limits.get(Period.DAY), limits.get(Period.MONTH), spent.day, spent.month)
