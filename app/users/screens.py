"""The live screen of a person in a chat: one message that is edited, not a trail of new ones."""

from app.db import Database, Epoch
from app.users import repository


class ScreenService:
    """Remembers which message is the screen, across restarts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def shown(self, chat_id: int, user_id: int) -> int | None:
        """The message id of the live screen; None when the next screen must be a new message."""
        async with self._database.snapshot() as session:
            return await repository.find_screen(session, chat_id, user_id)

    async def remember(self, epoch: Epoch, chat_id: int, user_id: int, message_id: int | None) -> None:
        """Makes the message the live screen; None forgets it."""
        async with self._database.unit_of_work(epoch) as session:
            if message_id is None:
                await repository.delete_screen(session, chat_id, user_id)
            else:
                await repository.put_screen(session, chat_id, user_id, message_id)
