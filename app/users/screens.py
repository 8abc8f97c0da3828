"""The live screen of a person in a chat: one message that is edited, not a trail of new ones."""

from dataclasses import dataclass

from app.db import Database, Epoch
from app.users import repository


@dataclass(frozen=True, slots=True)
class LiveScreen:
    """`awaits` is the bot's own word for what a typed text means there; None: nothing special.

    `shows` stands for what it says: a screen that would say just that is not drawn again. None: unknown.
    """

    message_id: int
    awaits: str | None = None
    shows: str | None = None


class ScreenService:
    """Remembers which message is the screen, across restarts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def shown(self, chat_id: int, user_id: int) -> LiveScreen | None:
        """The live screen; None when the next screen must be a new message."""
        async with self._database.snapshot() as session:
            row = await repository.find_screen(session, chat_id, user_id)
            return None if row is None else LiveScreen(*row)

    async def remember(self, epoch: Epoch, chat_id: int, user_id: int, screen: LiveScreen | None) -> None:
        """Makes the message the live screen; None forgets it."""
        async with self._database.unit_of_work(epoch) as session:
            if screen is None:
                await repository.delete_screen(session, chat_id, user_id)
            else:
                await repository.put_screen(session, chat_id, user_id, _facts(screen))

    async def swap(
        self, epoch: Epoch, chat_id: int, user_id: int, before: LiveScreen, after: LiveScreen
    ) -> bool:
        """The live screen shows something else now; False when it is another one than `before` by then."""
        async with self._database.unit_of_work(epoch) as session:
            return await repository.swap_screen(session, chat_id, user_id, _facts(before), _facts(after))


def _facts(screen: LiveScreen) -> repository.ScreenFacts:
    return screen.message_id, screen.awaits, screen.shows
