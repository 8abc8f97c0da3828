"""How many generations there are, for those who watch."""

from collections.abc import Mapping

from app.db import Database
from app.generation import repository
from app.generation.states import State


class Census:
    """Counted from the generations themselves."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def by_state(self) -> Mapping[str, int]:
        """Every state, also those in which nothing is."""
        async with self._database.snapshot() as session:
            counted = await repository.count_by_state(session)
        return {state.value: counted.get(state, 0) for state in State}
