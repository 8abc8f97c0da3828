"""What a person who leaves has ordered and nobody was asked for yet."""

from app.db import Session
from app.generation import repository
from app.generation.settlement import Settlement
from app.generation.states import State


class Withdrawing:
    """Cancels it, in the unit of whoever sees the person off."""

    def __init__(self, settlement: Settlement) -> None:
        self._settlement = settlement

    async def withdraw(self, session: Session, user_id: int) -> int:
        """Gives back the price of each generation that the provider was not asked for; how many it were."""
        cancelled = 0
        for held in await repository.held_of(session, user_id):
            generation = await repository.lock(session, held)
            if generation is not None and generation.state is State.HELD:
                cancelled += await self._settlement.cancel(session, generation) is not None
        return cancelled
