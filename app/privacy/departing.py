"""The deletion of a person, step by step."""

import logging

from app.admin import Action, record_own_act
from app.clock import Clock
from app.db import Database, Epoch, Session
from app.generation import CopyEraser, Withdrawing
from app.jobs import JobQueue
from app.ledger import Bucket, Corrections, Explanation, Ledger
from app.money import Kopecks
from app.payments import SubscriptionService
from app.privacy import repository
from app.privacy.entities import Departure
from app.privacy.ports import PrivacyNews
from app.privacy.rules import PERSONAL
from app.privacy.service import LEAVE
from app.privacy.states import DepartureState
from app.users import Language, LeavingService, UserService

logger = logging.getLogger(__name__)

SOONEST, LATEST = 1.0, 60.0
"""Seconds between two looks at what is on its way: the longer it takes, the longer."""


class Purse:
    """The money of somebody who leaves."""

    def __init__(self, ledger: Ledger, corrections: Corrections) -> None:
        self._ledger = ledger
        self._corrections = corrections

    async def empty(self, session: Session, departure: Departure) -> Kopecks:
        """Takes what was given up, and the bonus. What came in later stays under the key: how much (kopecks).

        Debt stays, too.
        """
        user_id, why = departure.user_id, Explanation(f"person:{departure.user_id}", "given up by the person")
        balance = await self._ledger.balance(session, user_id)
        bonus = Kopecks(balance.bonus - balance.bonus_held)
        free = Kopecks(balance.cash - balance.cash_held)
        taken = Kopecks(min(free, departure.given_up))
        for bucket, amount in ((Bucket.BONUS, bonus), (Bucket.CASH, taken)):
            if amount > 0:
                key = f"departure:{departure.id}:{bucket.value}"
                await self._corrections.take(
                    session, user_id=user_id, amount=amount, bucket=bucket, key=key, why=why
                )
        return Kopecks(balance.cash - taken)


class Usher:
    """Sees people off: `resolve` what is on its way, forget them, delete their files."""

    def __init__(
        self,
        users: UserService,
        leaving: LeavingService,
        withdrawing: Withdrawing,
        purse: Purse,
        subscriptions: SubscriptionService,
        eraser: CopyEraser,
    ) -> None:
        self._users = users
        self._leaving = leaving
        self._withdrawing = withdrawing
        self._purse = purse
        self._subscriptions = subscriptions
        self._eraser = eraser

    async def stop_renewals(self, epoch: Epoch, orders: tuple[int, ...]) -> None:
        """Nothing more is taken for these subscriptions; raises ProviderAwayError."""
        for order_id in orders:
            await self._subscriptions.stop(epoch, order_id)

    async def resolve(self, session: Session, departure: Departure) -> bool:
        """Cancels what can be cancelled; True when nothing is on its way any more."""
        await self._users.lock(session, departure.user_id)
        await self._withdrawing.withdraw(session, departure.user_id)
        made, waiting = await repository.on_the_way(session, departure.user_id)
        return made + waiting == 0 and not await repository.is_being_answered(session, departure.event_id)

    async def forget(self, session: Session, departure: Departure) -> Kopecks:
        """Takes the money and everything that is personal, in one unit; what was left of the money."""
        left = await self._purse.empty(session, departure)
        for rule in PERSONAL:
            await repository.erase(session, rule, departure.user_id)
        await self._leaving.forget(session, departure.user_id)
        return left

    async def erase_copies(self, generations: tuple[int, ...]) -> None:
        """Our copies of these results; raises FilesUnavailableError."""
        for generation_id in generations:
            await self._eraser.erase(generation_id)


class Departures:
    """The job `privacy.leave`: goes on from wherever the last try ended."""

    def __init__(
        self, database: Database, usher: Usher, news: PrivacyNews, queue: JobQueue, clock: Clock
    ) -> None:
        self._database = database
        self._usher = usher
        self._news = news
        self._queue = queue
        self._clock = clock

    async def go_on(self, epoch: Epoch, departure_id: int) -> None:
        """As far as it goes now. Raises ProviderAwayError, FilesUnavailableError, TryLaterError, AmbiguousError."""
        async with self._database.snapshot() as session:
            departure = await repository.find_departure(session, departure_id)
            if departure is None or departure.state is DepartureState.DONE:
                return
            orders = await repository.renewed_subscriptions(session, departure.user_id)
        if departure.state is DepartureState.ASKED:
            await self._usher.stop_renewals(epoch, orders)
            await self._empty(epoch, departure_id)
        else:
            await self._finish(epoch, departure)

    async def _empty(self, epoch: Epoch, departure_id: int) -> None:
        async with self._database.unit_of_work(epoch) as session:
            departure = await repository.lock_due(session, departure_id, DepartureState.ASKED)
            if departure is None:
                return
            if not await self._usher.resolve(session, departure):
                at = await repository.look_again(session, departure_id, self._patience(departure))
                await self._queue.enqueue(session, LEAVE, departure_id, at=at)
                return
            left = await self._usher.forget(session, departure)
            await repository.move(session, departure_id, DepartureState.EMPTIED)
            facts = {"amount": str(departure.given_up), "left": str(left)}
            subject = f"departure:{departure_id}"
            await record_own_act(session, departure.user_id, Action.ACCOUNT_DELETED, subject, facts)
            await self._queue.enqueue(session, LEAVE, departure_id)
        logger.info("a person was deleted", extra={"user_id": departure.user_id, "left_kopecks": left})

    async def _finish(self, epoch: Epoch, departure: Departure) -> None:
        async with self._database.snapshot() as session:
            generations = await repository.generations_with_files(session, departure.user_id)
        await self._usher.erase_copies(generations)
        if departure.language is not None:
            await self._news.gone(departure.user_id, Language(departure.language))
        async with self._database.unit_of_work(epoch) as session:
            await repository.move(session, departure.id, DepartureState.DONE)

    def _patience(self, departure: Departure) -> float:
        waited = (self._clock.now() - departure.asked_at).total_seconds()
        return min(max(waited / 4, SOONEST), LATEST)
