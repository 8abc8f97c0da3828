"""Models that a person marked with a star."""

from app.catalogue import ModelKey
from app.db import Database
from app.inbox import Step, apply_once
from app.users import repository


class FavouriteService:
    """Marks are by model key; whether a marked model is still for sale is not known here."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, user_id: int) -> tuple[ModelKey, ...]:
        """The marked models, the newest mark first."""
        async with self._database.snapshot() as session:
            return await repository.list_favourites(session, user_id)

    async def mark(self, step: Step, user_id: int, model_key: ModelKey, *, on: bool) -> None:
        """Sets or takes away the mark; again is nothing."""
        async with self._database.unit_of_work(step.epoch) as session:
            if not await apply_once(session, step):
                return
            if on:
                await repository.put_favourite(session, user_id, model_key)
            else:
                await repository.delete_favourite(session, user_id, model_key)
