"""The circuit of each model: what KIE fails again and again is not sold for a while, nor anything it refuses us."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import takewhile

from app.catalogue import ModelKey
from app.db import ReadSession
from app.generation.guards import repository
from app.generation.guards.refusals import Broken, SoldOut
from app.generation.guards.repository import Outcome
from app.generation.states import FailureClass

BLAMED = frozenset(
    {
        FailureClass.PROVIDER_DOWN,
        FailureClass.PROVIDER_BUSY,
        FailureClass.TIMEOUT,
        FailureClass.LOST,
        FailureClass.RESULT_MISSING,
    }
)
"""The failures that speak against the model; a refused content or file speaks against the request."""


@dataclass(frozen=True, slots=True)
class CircuitRule:
    """How many failures in a row open a circuit, and for how long.

    A request of one person may be what the model cannot bear, so failures of one person alone count for less.
    After the pause whoever comes is the trial: one more failure opens it again, one success closes it.
    """

    failures: int = 3
    failures_of_one: int = 5
    memory_seconds: float = 30 * 60.0
    pause_seconds: float = 2 * 60.0


class Circuit:
    """Read from what became of generations, so it survives restarts and needs no switch to be reset."""

    def __init__(self, rule: CircuitRule) -> None:
        self._rule = rule

    async def refusal(self, session: ReadSession, model_key: ModelKey) -> Broken | SoldOut | None:
        """Why nothing of this model is sold now."""
        if await self.is_refused(session):
            return SoldOut()
        return (await self.resting(session, (model_key,))).get(model_key)

    async def is_refused(self, session: ReadSession) -> bool:
        """Whether KIE refuses our account, so that nothing at all is sold now."""
        return await repository.is_refused(session, pause_seconds=self._rule.pause_seconds)

    async def resting(self, session: ReadSession, models: Collection[ModelKey]) -> Mapping[ModelKey, Broken]:
        """Those of the models that are not sold now because KIE fails them."""
        rule = self._rule
        found = await repository.outcomes(
            session, models, memory_seconds=rule.memory_seconds, limit=rule.failures_of_one
        )
        judged = {key: self._verdict(outcomes) for key, outcomes in found.items()}
        return {key: broken for key, broken in judged.items() if broken is not None}

    def _verdict(self, outcomes: Sequence[Outcome]) -> Broken | None:
        row = list(takewhile(lambda outcome: outcome.failure in BLAMED, outcomes))
        if not self._speaks_against_it(row):
            return None
        opens_at = row[0].at + timedelta(seconds=self._rule.pause_seconds)
        return Broken(opens_at) if opens_at > row[0].seen_at else None

    def _speaks_against_it(self, row: Sequence[Outcome]) -> bool:
        people = {outcome.user_id for outcome in row}
        return len(row) >= (self._rule.failures if len(people) > 1 else self._rule.failures_of_one)
