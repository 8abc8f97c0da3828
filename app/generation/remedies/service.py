"""One generation looked at, hurried or given up by an operator; each in the caller's unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.db import ReadSession, Session
from app.generation import repository as generations
from app.generation.entities import Generation
from app.generation.errors import NotRetryableError, UnknownGenerationError
from app.generation.remedies import repository
from app.generation.remedies.rules import GIVEN_UP, Hopeless, is_retryable
from app.generation.settlement import Settlement
from app.generation.states import HOLDING, State
from app.generation.wakeups import Wakeups


@dataclass(frozen=True, slots=True)
class Case:
    """A generation as operators see it: since when it is in its state, and whether it can be hurried."""

    generation: Generation
    state_at: datetime
    is_retryable: bool


@dataclass(frozen=True, slots=True)
class Returned:
    """What was given back. `tells_itself`: the generation failed, and its own job brings its person the news."""

    generation: Generation
    tells_itself: bool


class Remedies:
    """Whose generation it is does not matter here: the caller has checked the right."""

    def __init__(self, settlement: Settlement, wakeups: Wakeups) -> None:
        self._settlement = settlement
        self._wakeups = wakeups

    async def find(self, session: ReadSession, generation_id: int) -> Case | None:
        """As it is now."""
        generation = await generations.find(session, generation_id)
        if generation is None:
            return None
        return Case(generation, await repository.state_at(session, generation_id), is_retryable(generation))

    async def retry(self, session: Session, generation_id: int) -> Generation:
        """Has its next step done now; a kept result is fetched and sent once more. No money moves.

        A sending that is under way at this moment may become a second copy, never none.
        Raises UnknownGenerationError, NotRetryableError.
        """
        generation = await self._lock(session, generation_id)
        if not is_retryable(generation):
            raise NotRetryableError(generation_id, generation.state)
        if generation.state is State.KEPT:
            await self._settlement.seek(session, generation)
            return generation
        hurried = await generations.change(session, generation, next_check_at=generations.NOW, failures=0)
        await self._wakeups.wake(session, hurried or generation)
        return hurried or generation

    async def hopeless(self, session: ReadSession, since: datetime) -> Sequence[Hopeless]:
        """What was ordered since then and will hardly come to an end by itself, the oldest first."""
        return await repository.list_hopeless(session, since)

    async def give_back(self, session: Session, generation_id: int) -> Returned | None:
        """Returns the whole price of a hopeless generation; None where it is none any more. Free ones return a use.

        Raises UnknownGenerationError.
        """
        generation = await self._lock(session, generation_id)
        if not await repository.is_hopeless(session, generation_id):
            return None
        if generation.state not in HOLDING:
            refunded = await self._settlement.refund(session, generation)
            return Returned(refunded, tells_itself=False)
        failure = GIVEN_UP[generation.state]
        failed = await self._settlement.fail(session, generation, failure, detail="given up by an operator")
        return None if failed is None else Returned(failed, tells_itself=True)

    async def _lock(self, session: Session, generation_id: int) -> Generation:
        generation = await generations.lock(session, generation_id)
        if generation is None:
            raise UnknownGenerationError(generation_id)
        return generation
