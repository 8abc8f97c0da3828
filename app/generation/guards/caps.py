"""Caps on what we spend at KIE: a mistake or an attack costs at most this much."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from app.catalogue import ModelKey
from app.db import Session
from app.generation.guards import repository
from app.generation.guards.refusals import Capped, Scope
from app.generation.guards.repository import Costs
from app.money import Credits


@dataclass(frozen=True, slots=True)
class Cap:
    """Credits in an hour and in a day, counted from the full hour and from midnight in TIME_ZONE."""

    hour: Decimal
    day: Decimal


@dataclass(frozen=True, slots=True)
class Caps:
    """The caps that hold; a credit is 0.005 USD.

    There is no setting for them, so they are wide: they stop what cannot be business. KIE takes twenty creations
    in ten seconds, 7200 an hour; at five credits (a picture) that is 36,000. Newcomers, who arrived within 24
    hours, are those who can be made by a script, with a welcome bonus and free uses each; one model is where a
    mistake in a price shows.
    """

    everybody: Cap = Cap(Decimal(40_000), Decimal(200_000))
    newcomers: Cap = Cap(Decimal(8_000), Decimal(30_000))
    model: Cap = Cap(Decimal(20_000), Decimal(100_000))


@dataclass(frozen=True, slots=True)
class _Use:
    """How much of one cap is used, in credits."""

    scope: Scope
    spent: Decimal
    most: Decimal
    opens_at: datetime


IN_FLIGHT = 100
"""More submits than this one ACTIVE instance never carries out at once."""


class CostCaps:
    """Counts in SQL what was spent. Far from a cap nobody waits; near it, submits come one after the other."""

    def __init__(self, caps: Caps, *, zone: str) -> None:
        self._caps = caps
        self._zone = zone

    async def refusal(
        self, session: Session, user_id: int, model_key: ModelKey, credits_: Credits
    ) -> Capped | None:
        """Which cap these credits would exceed, the one that opens last first.

        Exact to the end of the unit: two submits that fit one by one might not fit together.
        """
        costs = await repository.costs(session, user_id, model_key, zone=self._zone)
        if self._is_near(costs, credits_):
            await repository.lock_costs(session)
            costs = await repository.costs(session, user_id, model_key, zone=self._zone)
        for use in self._uses(costs):
            if use.spent + credits_ > use.most:
                return Capped(use.scope, use.opens_at)
        return None

    def _is_near(self, costs: Costs, credits_: Credits) -> bool:
        """Whether what others are submitting at this moment might matter."""
        uses = self._uses(costs)
        return any(use.spent * 2 > use.most or use.spent + IN_FLIGHT * credits_ > use.most for use in uses)

    def _uses(self, costs: Costs) -> list[_Use]:
        caps, day, hour = self._caps, costs.next_day, costs.next_hour
        uses = [
            _Use(Scope.EVERYBODY, costs.day, caps.everybody.day, day),
            _Use(Scope.MODEL, costs.model_day, caps.model.day, day),
            _Use(Scope.EVERYBODY, costs.hour, caps.everybody.hour, hour),
            _Use(Scope.MODEL, costs.model_hour, caps.model.hour, hour),
        ]
        if costs.is_newcomer:
            uses.insert(2, _Use(Scope.NEWCOMERS, costs.newcomers_day, caps.newcomers.day, day))
            uses.append(_Use(Scope.NEWCOMERS, costs.newcomers_hour, caps.newcomers.hour, hour))
        return uses
