"""The ends of a person's stay, each in the unit of whoever decides it."""

import logging

from app.db import Database, Epoch, Session
from app.users import repository
from app.users.leaving import repository as leaving
from app.users.person import Person, Presence, User, language_of

logger = logging.getLogger(__name__)


class LeavingService:
    """What of a person is kept when they go, and how they begin anew."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def leave(self, session: Session, user_id: int) -> None:
        """From this unit on the person uses the bot no more."""
        await leaving.mark_leaving(session, user_id)

    async def forget(self, session: Session, user_id: int) -> None:
        """Empties the person's row; the keyed hash of Telegram's id keeps their ban, and that they were here."""
        await leaving.remember(session, user_id)
        await leaving.mark_gone(session, user_id)

    async def come_back(self, epoch: Epoch, person: Person) -> User | None:
        """Somebody who is gone begins anew, without a bonus, with their ban; None for everybody else."""
        async with self._database.unit_of_work(epoch) as session:
            user = await repository.lock_user(session, person.id)
            if user is None or user.presence is not Presence.GONE:
                return None
            await leaving.mark_back(session, person, language_of(person.language_code))
            await leaving.restore(session, person.id)
            back = await repository.find_user(session, person.id)
        logger.info("a person who was deleted came back", extra={"user_id": person.id})
        return back
