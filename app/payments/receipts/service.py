"""Bank transfers: a receipt comes in, operators decide, and only their word books money."""

import logging
from datetime import timedelta

from app.clock import Clock
from app.db import Database, ReadSession, Session
from app.inbox import Step, apply_once
from app.jobs import JobQueue
from app.money import Kopecks
from app.payments.errors import UnknownOrderError
from app.payments.order import Arrival, Order
from app.payments.receipts import repository
from app.payments.receipts.errors import UnknownReceiptError
from app.payments.receipts.receipt import Decided, Decision, Receipt, ReceiptFile, transfer_code
from app.payments.receipts.states import DECIDABLE, Approval, ReceiptState, Received
from app.payments.review import PaymentReview
from app.payments.service import PaymentService
from app.payments.states import Method, OrderEvent, OrderState
from app.payments.terms import ROUBLES
from app.users import UserService

logger = logging.getLogger(__name__)

READ = "receipt.read"
"""The job that fetches a receipt's file and takes its fingerprint."""

RECEIPTS_A_DAY = 10
"""More of one person are not looked at: each costs an operator a minute."""

ALONE_AGAIN = timedelta(minutes=1)
"""How long the only operator waits before they may confirm their own approval."""


class BankTransfers:
    """Nothing is credited before an approval; a sum over `second_over` kopecks takes two.

    The methods with a session are steps of the caller's unit of work, who has checked what the operator may do.
    """

    def __init__(
        self,
        database: Database,
        users: UserService,
        payments: PaymentService,
        review: PaymentReview,
        queue: JobQueue,
        clock: Clock,
        *,
        second_over: Kopecks,
    ) -> None:
        self._database = database
        self._users = users
        self._payments = payments
        self._review = review
        self._queue = queue
        self._clock = clock
        self._second_over = second_over

    async def order(self, user_id: int, order_id: int) -> Order | None:
        """The person's own order of a transfer."""
        async with self._database.snapshot() as session:
            try:
                order = await self._payments.get(session, order_id)
            except UnknownOrderError:
                return None
        return order if order.user_id == user_id and order.method is Method.BANK else None

    async def pending(self, user_id: int) -> Order | None:
        """The person's newest transfer that nobody has decided about."""
        async with self._database.snapshot() as session:
            return await self._payments.pending(session, user_id, Method.BANK)

    async def receive(self, step: Step, user_id: int, order_id: int, file: ReceiptFile) -> Received:
        """A file for an order; the same event again changes nothing. Raises UnknownOrderError."""
        async with self._database.unit_of_work(step.epoch) as session:
            if not await apply_once(session, step):
                return Received.ALREADY
            order = await self._payments.get(session, order_id)
            if order.user_id != user_id or order.method is not Method.BANK:
                return Received.CLOSED
            # Alone with the person's row, so that files for two orders at once are counted one after the other.
            await self._users.lock(session, user_id)
            day_ago = self._clock.now() - timedelta(days=1)
            if await repository.count_since(session, user_id, day_ago) >= RECEIPTS_A_DAY:
                return Received.TOO_MANY
            # Locks the order, so that of two files that come at once the second finds the first.
            order = await self._payments.move(session, order_id, OrderEvent.CLAIM)
            if order.state is not OrderState.CLAIMED:
                return Received.CLOSED
            if await repository.has_undecided(session, order_id):
                return Received.ALREADY
            receipt_id = await repository.insert_receipt(session, self._receipt(order, file), step.event_id)
            await self._queue.enqueue(session, READ, receipt_id)
        logger.info("a receipt came in", extra={"receipt_id": receipt_id, "order_id": order_id})
        return Received.TAKEN

    async def get(self, session: ReadSession, receipt_id: int) -> Receipt:
        """The receipt; raises UnknownReceiptError."""
        return _known(receipt_id, await repository.find(session, receipt_id))

    async def waiting(self, session: ReadSession, limit: int) -> tuple[Receipt, ...]:
        """What operators have to decide, the oldest first."""
        return await repository.list_decidable(session, limit)

    async def count_waiting(self, session: ReadSession) -> int:
        """How many that are."""
        return await repository.count_decidable(session)

    async def approve(self, session: Session, decision: Decision) -> Decided:
        """Credits the sum, or counts as the first of two approvals; raises UnknownReceiptError."""
        receipt = await self._locked(session, decision.receipt_id)
        approval = self._ruling(receipt, decision)
        moment = self._clock.now()
        if approval is Approval.CREDITED and await repository.is_credited(session, receipt.id):
            approval = Approval.COPY
        if approval is Approval.SECONDED:
            await repository.mark_seconded(session, decision, moment)
        if approval is Approval.CREDITED:
            await repository.mark_approved(session, decision, moment)
            await self._credit(session, receipt, decision.amount, decision.operator_id)
        return Decided(await self.get(session, receipt.id), approval)

    async def reject(
        self, session: Session, receipt_id: int, operator_id: int, reason: str
    ) -> Receipt | None:
        """Refuses the receipt and its order; None when it was decided before. Raises UnknownReceiptError."""
        receipt = await self._locked(session, receipt_id)
        if receipt.state not in DECIDABLE:
            return None
        await repository.mark_rejected(session, receipt_id, operator_id, reason, self._clock.now())
        await self._payments.move(session, receipt.order_id, OrderEvent.REFUSE)
        return await self.get(session, receipt_id)

    async def _locked(self, session: Session, receipt_id: int) -> Receipt:
        """The receipt with its order locked first: whoever sends another file for it takes the same way round."""
        receipt = await self.get(session, receipt_id)
        await self._payments.move(session, receipt.order_id, OrderEvent.CLAIM)
        return _known(receipt_id, await repository.lock(session, receipt_id))

    def _ruling(self, receipt: Receipt, decision: Decision) -> Approval:
        if receipt.state is ReceiptState.RECEIVED:
            return Approval.UNREAD
        if receipt.state not in DECIDABLE:
            return Approval.DECIDED
        if decision.amount <= self._second_over:
            return Approval.CREDITED
        return self._second(receipt, decision)

    def _second(self, receipt: Receipt, decision: Decision) -> Approval:
        """Over the limit: this is the first of two approvals of just this sum, or the second."""
        if receipt.first_amount != decision.amount or receipt.first_at is None:
            return Approval.SECONDED
        if receipt.first_by != decision.operator_id:
            return Approval.CREDITED
        if not decision.alone:
            return Approval.NEEDS_ANOTHER
        waited = self._clock.now() - receipt.first_at
        return Approval.CREDITED if waited >= ALONE_AGAIN else Approval.TOO_SOON

    async def _credit(self, session: Session, receipt: Receipt, amount: Kopecks, operator_id: int) -> None:
        order = await self._payments.get(session, receipt.order_id)
        payment = await self._payments.book(
            session,
            Arrival(
                method=Method.BANK,
                charge_id=str(receipt.id),
                payer=receipt.user_id,
                currency=ROUBLES,
                amount=amount,
                payload=order.payload,
            ),
        )
        if payment.mismatch is not None:
            # Another sum than the order's is what the operator has just looked at.
            await self._review.accept(session, payment.id, actor=f"staff:{operator_id}")

    def _receipt(self, order: Order, file: ReceiptFile) -> Receipt:
        return Receipt(
            id=0,
            order_id=order.id,
            user_id=order.user_id,
            file=file,
            asked=order.credited,
            code=transfer_code(order),
            state=ReceiptState.RECEIVED,
            received_at=self._clock.now(),
            was_read=False,
            twin=None,
            first_by=None,
            first_at=None,
            first_amount=None,
            decided_by=None,
            decided_at=None,
            amount=None,
            reason=None,
        )


def _known(receipt_id: int, receipt: Receipt | None) -> Receipt:
    if receipt is None:
        raise UnknownReceiptError(receipt_id)
    return receipt
