"""Which models people use: what is trending, what works best, what one person used lately."""

from collections.abc import Iterable

from app.catalogue import ModelKey
from app.db import Database
from app.generation.usage import repository
from app.generation.usage.repository import ModelUse

TRENDING_DAYS = 7
BEST_DAYS = 30
RECENT_DAYS = 90

ENOUGH = 5
"""Results below which a model's success says nothing yet."""


class Popularity:
    """Counted from the generations themselves; models that nobody used are in no list."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def trending(self) -> tuple[ModelKey, ...]:
        """The models used in the last seven days, the most used first."""
        uses = await self._uses(TRENDING_DAYS)
        return _keys(sorted(uses, key=lambda use: (-use.uses, use.model_key)))

    async def best(self) -> tuple[ModelKey, ...]:
        """The models with enough results in the last thirty days, by success and popularity."""
        return best_of(await self._uses(BEST_DAYS))

    async def recent(self, user_id: int) -> tuple[ModelKey, ...]:
        """The models that this person used in the last ninety days, the last one first."""
        uses = await self._uses(RECENT_DAYS, user_id)
        return _keys(sorted(uses, key=lambda use: -use.newest))

    async def _uses(self, days: int, user_id: int | None = None) -> tuple[ModelUse, ...]:
        async with self._database.snapshot() as session:
            return await repository.list_uses(session, days=days, user_id=user_id)


def best_of(uses: Iterable[ModelUse]) -> tuple[ModelKey, ...]:
    """Results times the share of uses that had one, so that a popular model that often fails sinks; pure."""
    proven = [use for use in uses if use.made >= ENOUGH]
    return _keys(sorted(proven, key=lambda use: (-use.made * use.made // use.uses, use.model_key)))


def _keys(uses: Iterable[ModelUse]) -> tuple[ModelKey, ...]:
    return tuple(use.model_key for use in uses)
