"""What a refund of many at once would do, and what it did."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.admin.roles import Role
from app.generation import Hopeless
from app.money import Kopecks


@dataclass(frozen=True, slots=True)
class Forecast:
    """The dry run: what was ordered since then and waits in vain. `amount` in kopecks; free ones add nothing."""

    since: datetime
    generations: int
    people: int
    amount: Kopecks


@dataclass(frozen=True, slots=True)
class RefundRun:
    """One run as it is now. `left` are those that had come to their end by themselves; `amount` went back so far."""

    id: int
    actor_id: int
    role: Role
    reason: str
    since: datetime
    ended_at: datetime | None
    generations: int
    returned: int
    left: int
    people: int
    amount: Kopecks


def forecast_of(since: datetime, found: Sequence[Hopeless]) -> Forecast:
    """The sums of a list."""
    people = {it.user_id for it in found}
    return Forecast(since, len(found), len(people), Kopecks(sum(it.price for it in found)))
