"""What a person may ask about their own data: a copy of it, and that it be deleted."""

import logging
from dataclasses import replace

from app.admin import Action, record_own_act
from app.db import Database, Epoch, ReadSession
from app.inbox import Step, apply_once
from app.jobs import JobQueue
from app.ledger import Ledger
from app.money import Kopecks
from app.privacy import repository
from app.privacy.entities import ExportWish, Farewell
from app.users import LeavingService, Person, Presence, User, UserService

logger = logging.getLogger(__name__)

EXPORT = "privacy.export"
LEAVE = "privacy.leave"


class PrivacyService:
    """Both are jobs: here is only what a tap does."""

    def __init__(
        self, database: Database, users: UserService, leaving: LeavingService, ledger: Ledger, queue: JobQueue
    ) -> None:
        self._database = database
        self._users = users
        self._leaving = leaving
        self._ledger = ledger
        self._queue = queue

    async def ask_export(self, step: Step, user_id: int) -> ExportWish:
        """One file a day: whoever asks again within it hears of the last one. Raises UnknownUserError."""
        async with self._database.unit_of_work(step.epoch) as session:
            await apply_once(session, step)  # a replayed event finds the export that it made
            await self._users.lock(session, user_id)
            latest = await repository.latest_export(session, user_id)
            if latest is not None:
                event_id, wish = latest
                return replace(wish, is_new=event_id == step.event_id)
            export_id, asked_at = await repository.insert_export(session, user_id, step.event_id)
            await self._queue.enqueue(session, EXPORT, export_id)
            return ExportWish(asked_at, is_new=True, sent=False)

    async def farewell(self, user_id: int) -> Farewell:
        """What would go with the person now."""
        async with self._database.snapshot() as session:
            return await self._farewell(session, user_id)

    async def leave(self, step: Step, user_id: int, given_up: Kopecks) -> Farewell | None:
        """Begins the deletion of somebody who gives up just this sum of paid money (kopecks).

        None when it is on its way. Where another sum is there nothing begins, and what there is comes back, to be
        shown. Raises UnknownUserError.
        """
        async with self._database.unit_of_work(step.epoch) as session:
            await apply_once(session, step)
            user = await self._users.lock(session, user_id)
            if user.presence is not Presence.HERE:
                return None
            found = await self._farewell(session, user_id)
            if found.paid != given_up:
                return found
            begun = await repository.insert_departure(
                session, user_id, step.event_id, user.language.value, given_up
            )
            if begun is None:
                return None
            await self._leaving.leave(session, user_id)
            facts = {"amount": str(given_up)}
            await record_own_act(session, user_id, Action.DELETION_ASKED, f"departure:{begun}", facts)
            await self._queue.enqueue(session, LEAVE, begun)
        logger.info("a person asked to be deleted", extra={"user_id": user_id})
        return None

    async def come_back(self, epoch: Epoch, person: Person) -> User | None:
        """Somebody who was deleted begins anew, without a bonus, with their ban and debt; None for everybody else."""
        return await self._leaving.come_back(epoch, person)

    async def _farewell(self, session: ReadSession, user_id: int) -> Farewell:
        balance = await self._ledger.balance(session, user_id)
        made, waiting = await repository.on_the_way(session, user_id)
        return Farewell(balance.cash, balance.bonus, balance.debt, made, waiting)
