"""Caps on what we spend at KIE: a mistake or an attack costs at most this much."""

from dataclasses import dataclass
from decimal import Decimal

from app.catalogue import ModelKey
from app.db import ReadSession, Session
from app.generation.guards import repository
from app.generation.guards.refusals import Capped, Scope
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


class CostCaps:
    """Counts in SQL what was spent; a submit that might exceed a cap waits for the ones before it."""

    def __init__(self, caps: Caps, *, zone: str) -> None:
        self._caps = caps
        self._zone = zone

    async def alone(self, session: Session) -> None:
        """Until the unit ends nobody else submits: two that fit one by one might not fit together."""
        await repository.lock_costs(session)

    async def refusal(
        self, session: ReadSession, user_id: int, model_key: ModelKey, credits_: Credits
    ) -> Capped | None:
        """Which cap these credits would exceed, the one that opens last first; exact after `alone`."""
        costs = await repository.costs(session, user_id, model_key, zone=self._zone)
        caps = self._caps
        days = [
            (Scope.EVERYBODY, costs.day, caps.everybody.day),
            (Scope.MODEL, costs.model_day, caps.model.day),
        ]
        hours = [
            (Scope.EVERYBODY, costs.hour, caps.everybody.hour),
            (Scope.MODEL, costs.model_hour, caps.model.hour),
        ]
        if costs.is_newcomer:
            days.append((Scope.NEWCOMERS, costs.newcomers_day, caps.newcomers.day))
            hours.append((Scope.NEWCOMERS, costs.newcomers_hour, caps.newcomers.hour))
        for spans, opens_at in ((days, costs.next_day), (hours, costs.next_hour)):
            for scope, spent, most in spans:
                if spent + credits_ > most:
                    return Capped(scope, opens_at)
        return None
