"""The free tier: so many generations an hour and a day on the models that the catalogue marks free."""

from dataclasses import dataclass
from datetime import datetime

from app.db import Database, ReadSession, Session
from app.generation.guards import repository
from app.generation.states import FailureClass

MOST_RETURNS = 3
"""Free uses that come back in a day after failures: an outage is forgiven, making failures on purpose is dull."""

OWN_FAULT = frozenset({FailureClass.CONTENT_POLICY, FailureClass.BAD_INPUT})
"""Failures that the person could have avoided: the use is spent."""


@dataclass(frozen=True, slots=True)
class FreeAllowance:
    """What everybody may have; zero of either is no free tier. `zone` is an IANA name."""

    per_day: int
    per_hour: int
    zone: str

    @property
    def is_offered(self) -> bool:
        """Whether there is a free tier."""
        return self.per_day > 0 and self.per_hour > 0


@dataclass(frozen=True, slots=True)
class FreeLeft:
    """What one person has left of it."""

    today: int
    now: int
    """Of these, so many can be used within this hour."""
    opens_at: datetime | None
    """When there is one again, where there is none now."""


NOTHING = FreeLeft(today=0, now=0, opens_at=None)


class FreeTier:
    """Counts free generations in Postgres; a rolling hour, and a day of TIME_ZONE."""

    def __init__(self, database: Database, allowance: FreeAllowance) -> None:
        self._database = database
        self._allowance = allowance

    @property
    def allowance(self) -> FreeAllowance:
        """What everybody may have."""
        return self._allowance

    async def of(self, user_id: int) -> FreeLeft:
        """What the person has left now, for a screen."""
        async with self._database.snapshot() as session:
            return await self.left(session, user_id)

    async def left(self, session: ReadSession, user_id: int) -> FreeLeft:
        """What the person has left; exact where the unit holds the person's row lock."""
        rule = self._allowance
        if not rule.is_offered:
            return NOTHING
        uses = await repository.free_uses(session, user_id, per_hour=rule.per_hour, zone=rule.zone)
        today = max(rule.per_day - uses.today, 0)
        now = min(today, max(rule.per_hour - uses.this_hour, 0))
        if now > 0:
            return FreeLeft(today, now, None)
        return FreeLeft(today, 0, uses.next_day if today == 0 else uses.hour_opens)

    async def use(self, session: Session, generation_id: int, user_id: int) -> None:
        """Takes one, under the person's row lock; whoever calls has asked `left` under the same lock."""
        await repository.insert_free_use(session, generation_id, user_id)

    async def cancel(self, session: Session, generation_id: int) -> None:
        """Nothing was asked of the provider: the use comes back."""
        await repository.return_free_use(session, generation_id)

    async def fail(self, session: Session, generation_id: int, user_id: int, failure: FailureClass) -> None:
        """Gives the use back unless the person could have avoided it, or too many came back today."""
        if failure in OWN_FAULT:
            return
        returned = await repository.count_returned_today(session, user_id, zone=self._allowance.zone)
        if returned < MOST_RETURNS:
            await repository.return_free_use(session, generation_id)
