"""People: who arrives, in which language they read, who is banned."""

import logging
from dataclasses import replace

from app.db import Database, Epoch, ReadSession, Session
from app.errors import StorageBusyError, StorageUnavailableError
from app.inbox import Step, apply_once
from app.ledger import Ledger
from app.money import Kopecks
from app.users import repository
from app.users.errors import UnknownUserError
from app.users.leaving import repository as leaving
from app.users.person import Language, Person, User, language_of

logger = logging.getLogger(__name__)

LONGEST_ID = 18
"""Digits of an id that certainly fits a bigint; Telegram's own have at most 16."""


class UserService:
    """`welcome_bonus` in kopecks is given once per person, to the bonus account; 0 gives none."""

    def __init__(self, database: Database, ledger: Ledger, *, welcome_bonus: Kopecks) -> None:
        self._database = database
        self._ledger = ledger
        self._welcome_bonus = welcome_bonus

    async def arrive(self, epoch: Epoch, person: Person, *, event_id: int | None = None) -> User:
        """Knows the sender of an update: reads in the common case, writes the first time and on a change.

        Asked again for the event that first brought a person (its answer got lost), it calls them new again.
        Of somebody who is leaving or gone nothing is written; whoever was here once is never new, has no welcome
        bonus, and a ban is in force again.
        """
        async with self._database.snapshot() as session:
            user = await repository.find_unchanged(session, person, event_id)
        return user or await self._write(epoch, person, event_id)

    async def set_language(self, step: Step, user_id: int, language: Language) -> User:
        """The language the person chose, which from then on wins over the client's; UnknownUserError."""
        async with self._database.unit_of_work(step.epoch) as session:
            if await apply_once(session, step):
                await repository.set_language(session, user_id, language)
            return await self.get(session, user_id)

    async def language(self, user_id: int, language_code: str | None) -> Language:
        """In which language to speak to somebody who may be unknown: the one they have, else by their client."""
        try:
            async with self._database.snapshot() as session:
                user = await repository.find_user(session, user_id)
        except (StorageUnavailableError, StorageBusyError):
            user = None
        return user.language if user else language_of(language_code)

    async def get(self, session: ReadSession, user_id: int) -> User:
        """The person as stored; raises UnknownUserError."""
        return _known(user_id, await repository.find_user(session, user_id))

    async def lock(self, session: Session, user_id: int) -> User:
        """The person, alone with their row until the unit ends: what limits and budgets are checked under."""
        return _known(user_id, await repository.lock_user(session, user_id))

    async def find(self, session: ReadSession, wanted: str) -> User | None:
        """The person with this id, `@name` or name, as somebody types it; of one name whoever was seen last."""
        name = wanted.strip().removeprefix("@")
        if name.isascii() and name.isdigit() and len(name) <= LONGEST_ID:
            return await repository.find_user(session, int(name))
        return await repository.find_by_username(session, name)

    async def ban(self, session: Session, user_id: int) -> None:
        """Forbids the person to use the bot; again is nothing."""
        await repository.ban(session, user_id)

    async def unban(self, session: Session, user_id: int) -> None:
        """Takes a ban back; again is nothing."""
        await repository.unban(session, user_id)

    async def _write(self, epoch: Epoch, person: Person, event_id: int | None) -> User:
        async with self._database.unit_of_work(epoch) as session:
            language = language_of(person.language_code)
            user = await repository.upsert_person(session, person, language, event_id)
            if user is None:
                return await self.get(session, person.id)
            if user.is_new and await leaving.restore(session, user.id):
                return replace(await self.get(session, user.id), is_new=False)
            if user.is_new and self._welcome_bonus > 0:
                await self._ledger.bonus(
                    session, user_id=user.id, amount=self._welcome_bonus, key=f"welcome:{user.id}"
                )
        if user.is_new:
            logger.info("a person arrived for the first time", extra={"user_id": user.id})
        return user


def _known(user_id: int, user: User | None) -> User:
    if user is None:
        raise UnknownUserError(user_id)
    return user
