"""Consent to the terms and to the way data is kept: asked for once, and again for other words."""

import logging
from hashlib import blake2s

from app.db import Database, Epoch, ReadSession
from app.users import repository
from app.users.errors import ConsentMissingError

logger = logging.getLogger(__name__)

WORDS = "2"
"""The version of what `/terms` and `/privacy` say; with another one everybody is asked again."""


def words_in_force(terms_url: str | None) -> str:
    """What a person agrees to now: our own words, and the operator's where they have an address."""
    if not terms_url:
        return WORDS
    return f"{WORDS}-{blake2s(terms_url.encode(), digest_size=4).hexdigest()}"


class ConsentService:
    """Who agreed to what and when. `version` is a short name (letters, digits, `-`) of the words in force."""

    def __init__(self, database: Database, *, version: str) -> None:
        self._database = database
        self._version = version

    @property
    def version(self) -> str:
        """What has to be agreed to now."""
        return self._version

    async def given(self, user_id: int) -> bool:
        """Whether the person has agreed to the words in force."""
        async with self._database.snapshot() as session:
            return await self.is_given(session, user_id)

    async def is_given(self, session: ReadSession, user_id: int) -> bool:
        """The same inside the caller's unit or snapshot. What was given is never taken back."""
        return await repository.has_agreed(session, user_id, self._version)

    async def require(self, session: ReadSession, user_id: int) -> None:
        """Raises ConsentMissingError where it was not given."""
        if not await self.is_given(session, user_id):
            raise ConsentMissingError(user_id, self._version)

    async def agree(self, epoch: Epoch, user_id: int, version: str) -> bool:
        """Records that the person agreed to these words; False, and nothing is recorded, for any but those in force.

        Again is nothing, by a key of its own: the event's one mark of `apply_once` is left to the step that was
        waiting for this consent and goes on in the same event.
        """
        if version != self._version:
            return False
        async with self._database.unit_of_work(epoch) as session:
            is_new = await repository.insert_consent(session, user_id, version)
        if is_new:
            logger.info("a person agreed to the terms", extra={"user_id": user_id, "version": version})
        return True
