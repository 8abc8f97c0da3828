"""Our books beside Telegram's own list of Star transactions: what one of them misses is found here."""

import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.clock import Clock
from app.db import Database, Epoch
from app.ledger import Explanation
from app.payments.order import Payment
from app.payments.ports import PaymentNews, StarsApi, StarsMovement, StarsPage
from app.payments.providers.stars import PAGE, arrival_of
from app.payments.refunds import RefundService
from app.payments.repository import payments as payment_rows
from app.payments.repository import reconciliations
from app.payments.repository import refunds as refund_rows
from app.payments.service import PaymentService
from app.payments.states import Method, Outcome
from app.users import User, UserService

logger = logging.getLogger(__name__)

YOUNG = timedelta(minutes=10)
"""What is younger is on its way as an update, and is left to it."""

FOUND_IN_THE_LIST = Explanation(actor="reconciliation", reason="Telegram's list says so")


@dataclass
class Reconciled:
    """What a reading found: payments that were lost, charges that went back, and charges that Telegram lacks."""

    credited: list[Payment] = field(default_factory=list)
    taken_back: list[Payment] = field(default_factory=list)
    unknown_to_telegram: list[str] = field(default_factory=list)


class StarsReconciliation:
    """Reads the list hourly from where it was read to, and nightly as a whole. Reading it twice books nothing twice.

    Nothing is open while Telegram is asked; each line is booked in a unit of work of its own.
    """

    def __init__(
        self,
        database: Database,
        payments: PaymentService,
        refunds: RefundService,
        api: StarsApi,
        users: UserService,
        news: PaymentNews,
        clock: Clock,
    ) -> None:
        self._database = database
        self._payments = payments
        self._refunds = refunds
        self._api = api
        self._users = users
        self._news = news
        self._clock = clock

    async def recent(self, epoch: Epoch) -> Reconciled:
        """What is new in the list since the last reading; raises ProviderAwayError."""
        async with self._database.snapshot() as session:
            start = await reconciliations.lines_read(session, Method.STARS)
        found, _ = await self._read(epoch, start, whole=False)
        return found

    async def whole(self, epoch: Epoch) -> Reconciled:
        """The list from its first line, and whether it knows every charge of ours; raises ProviderAwayError."""
        begun = self._clock.now()
        found, listed = await self._read(epoch, 0, whole=True)
        async with self._database.snapshot() as session:
            ours = await payment_rows.charges_before(session, Method.STARS, begun - YOUNG)
        found.unknown_to_telegram = sorted(ours - listed)
        for charge_id in found.unknown_to_telegram:
            logger.error("a charge of ours is not in Telegram's list", extra={"charge_id": charge_id})
        return found

    async def _read(self, epoch: Epoch, start: int, *, whole: bool) -> tuple[Reconciled, set[str]]:
        found, listed = Reconciled(), set[str]()
        offset, settled, is_settled = start, start, True
        limit = self._clock.now() - YOUNG
        while True:
            page = await self._api.movements(offset, PAGE)
            offset += page.read
            is_settled = is_settled and all(it.moment < limit for it in page.movements)
            settled = offset if is_settled else settled
            listed |= {it.charge_id for it in page.movements}
            await self._compare(epoch, page, limit, found)
            if page.read < PAGE:
                break
        async with self._database.unit_of_work(epoch) as session:
            await reconciliations.remember(session, Method.STARS, settled, self._clock.now(), whole=whole)
        facts = {
            "credited": len(found.credited),
            "taken_back": len(found.taken_back),
            "lines": offset - start,
        }
        logger.info("Stars were reconciled", extra=facts)
        return found, listed

    async def _compare(self, epoch: Epoch, page: StarsPage, limit: datetime, found: Reconciled) -> None:
        old = [it for it in page.movements if it.moment < limit]
        charges = [it.charge_id for it in old]
        async with self._database.snapshot() as session:
            booked = await payment_rows.known_charges(session, Method.STARS, charges)
            returned = await refund_rows.returned_charges(session, Method.STARS, charges)
        for movement in old:
            if movement.goes_back and movement.charge_id not in returned:
                await self._take_back(epoch, movement, found)
            elif not movement.goes_back and movement.charge_id not in booked:
                await self._credit(epoch, movement, found)

    async def _credit(self, epoch: Epoch, movement: StarsMovement, found: Reconciled) -> None:
        payment = await self._payments.credit(epoch, arrival_of(movement))
        if payment.is_new:
            logger.error("a lost payment was found", extra={"payment_id": payment.id})
            found.credited.append(payment)
            if (user := await self._user(payment)) is not None:
                await self._news.credited(payment, user)

    async def _take_back(self, epoch: Epoch, movement: StarsMovement, found: Reconciled) -> None:
        done = await self._refunds.went_back(epoch, Method.STARS, movement.charge_id, FOUND_IN_THE_LIST)
        if done is not None and done.is_new:
            logger.error("a charge went back untold", extra={"payment_id": done.payment.id})
            found.taken_back.append(done.payment)
            if (user := await self._user(done.payment)) is not None:
                await self._news.taken_back(done.payment, user)

    async def _user(self, payment: Payment) -> User | None:
        """Whom to tell; nobody about money that waits for an operator."""
        if payment.user_id is None or payment.outcome is not Outcome.CREDITED:
            return None
        async with self._database.snapshot() as session:
            return await self._users.get(session, payment.user_id)
