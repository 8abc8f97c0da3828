"""Payments that go back: asked for by an operator, or told of by the provider. Each charge goes back once."""

import logging
from dataclasses import replace
from datetime import timedelta

from app.clock import Clock
from app.db import Database, Epoch, ReadSession, Session
from app.jobs import JobQueue
from app.ledger import (
    Corrections,
    Explanation,
    HouseAccount,
    InsufficientFundsError,
    Ledger,
    payments_account,
)
from app.money import Kopecks
from app.payments.errors import AlreadyRefundedError, UnknownPaymentError
from app.payments.invitations import Invitations
from app.payments.order import Payment
from app.payments.refund import Refund, Return
from app.payments.repository import orders, payments, refunds, subscriptions
from app.payments.states import Method, OrderEvent, Outcome, RefundState

logger = logging.getLogger(__name__)

NO_DEBT = Kopecks(0)

REFUND = "payments.refund"
"""The job that asks the provider; its subject is the refund's id."""

STOP_RENEWAL = "payments.stop_renewal"
"""The job that ends the renewal of a subscription of which a month went back; its subject is the order's id."""


class RefundService:
    """The money first, then the provider: what is to go back is set aside, and taken when it has gone.

    The ledger knows it by `refund:<method>:<charge>`, whoever tells of it, so it is booked once. What is set aside
    is held by `refund-hold:<method>:<charge>:<attempt>`.
    """

    def __init__(
        self,
        database: Database,
        ledger: Ledger,
        corrections: Corrections,
        invitations: Invitations,
        queue: JobQueue,
        clock: Clock,
    ) -> None:
        self._database = database
        self._ledger = ledger
        self._corrections = corrections
        self._invitations = invitations
        self._queue = queue
        self._clock = clock

    async def ask(
        self, session: Session, payment_id: int, *, why: Explanation, most_debt: Kopecks = NO_DEBT
    ) -> Refund:
        """Sets the whole sum aside and wakes the job that asks the provider, in the caller's unit of work.

        Asked for again while it waits, it is the same refund. Where the free cash does not cover it, up to
        `most_debt` of it becomes the person's debt when it has gone back, and nothing is set aside. Raises
        UnknownPaymentError, AlreadyRefundedError, and for more debt than that InsufficientFundsError.
        """
        payment = await payments.lock_payment(session, payment_id)
        if payment is None:
            raise UnknownPaymentError(payment_id)
        earlier = await refunds.refund_of(session, payment_id)
        if earlier is not None and earlier.state is RefundState.DONE:
            raise AlreadyRefundedError(payment.charge_id)
        if earlier is not None and earlier.state is RefundState.ASKED:
            return earlier
        attempt = 1 if earlier is None else earlier.attempt + 1
        held = await self._set_aside(session, payment, attempt, most_debt)
        wanted = Refund(0, payment_id, RefundState.ASKED, why.actor, why.reason, attempt, held, None)
        asked = await refunds.put_refund(session, wanted, self._clock.now())
        await self._queue.enqueue(session, REFUND, asked.id)
        return asked

    async def shortfall(self, session: ReadSession, payment: Payment) -> Kopecks:
        """What of the payment is not free cash any more, so that it would become debt; 0 for suspended money."""
        if payment.outcome is Outcome.SUSPENDED or payment.user_id is None:
            return NO_DEBT
        balance = await self._ledger.balance(session, payment.user_id)
        return Kopecks(max(0, payment.booked - balance.free_cash))

    async def of(self, session: ReadSession, payment_id: int) -> Refund | None:
        """What became of the refund of a payment; None where none was asked for."""
        return await refunds.refund_of(session, payment_id)

    async def waiting(self, session: ReadSession, refund_id: int) -> Payment | None:
        """The payment that has to be sent back for this refund; None when there is nothing to do any more."""
        refund = await refunds.find_refund(session, refund_id)
        if refund is None or refund.state is not RefundState.ASKED:
            return None
        return await payments.find_payment(session, refund.payment_id)

    async def went_back(
        self, epoch: Epoch, method: Method, charge_id: str, why: Explanation
    ) -> Return | None:
        """The provider says that this charge went back: the credit is taken, what was spent of it becomes debt.

        None for a charge that was never booked: reconciliation books both, in their order.
        """
        async with self._database.unit_of_work(epoch) as session:
            payment = await payments.lock_charge(session, method, charge_id)
            if payment is None:
                logger.warning("an unknown charge went back", extra={"charge_id": charge_id})
                return None
            refund = await refunds.refund_of(session, payment.id)
            if refund is not None and refund.state is RefundState.DONE:
                return Return(payment, is_new=False)
            if refund is None or refund.state is RefundState.REFUSED:
                refund = Refund(0, payment.id, RefundState.DONE, why.actor, why.reason, 1, Kopecks(0), None)
            await self._take(session, payment, refund)
            await self._close(session, payment, refund)
        logger.info("a charge went back", extra={"payment_id": payment.id, "actor": refund.actor})
        return Return(payment, is_new=True)

    async def refused(self, epoch: Epoch, refund_id: int, reason: str) -> None:
        """The provider will never do it: what was set aside is free again, and it may be asked for once more."""
        async with self._database.unit_of_work(epoch) as session:
            found = await refunds.find_refund(session, refund_id)
            payment = None if found is None else await payments.lock_payment(session, found.payment_id)
            refund = await refunds.find_refund(session, refund_id)
            if payment is None or refund is None or refund.state is not RefundState.ASKED:
                return
            if refund.held > 0:
                hold = _hold_key(payment, refund.attempt)
                await self._ledger.release(session, hold_key=hold, key=f"release:{hold}")
            settled = replace(refund, state=RefundState.REFUSED, refusal=reason)
            await refunds.put_refund(session, settled, self._clock.now())
        logger.error("a refund was refused", extra={"payment_id": payment.id, "reason": reason})

    async def wake_forgotten(self, epoch: Epoch, *, after: timedelta) -> int:
        """Wakes the job of each refund that has waited for longer than `after`; returns how many there were."""
        async with self._database.unit_of_work(epoch) as session:
            ids = await refunds.asked_before(session, self._clock.now() - after, 100)
            for refund_id in ids:
                await self._queue.enqueue(session, REFUND, refund_id)
        return len(ids)

    async def wake_later(self, epoch: Epoch, refund_id: int, seconds: float) -> None:
        """The provider is asked again after so many seconds."""
        async with self._database.unit_of_work(epoch) as session:
            at = self._clock.now() + timedelta(seconds=seconds)
            await self._queue.enqueue(session, REFUND, refund_id, at=at)

    async def _set_aside(
        self, session: Session, payment: Payment, attempt: int, most_debt: Kopecks
    ) -> Kopecks:
        if payment.outcome is Outcome.SUSPENDED or payment.user_id is None or payment.booked <= 0:
            return NO_DEBT
        await self._ledger.lock(session, [payment.user_id])
        missing = await self.shortfall(session, payment)
        if missing > most_debt:
            raise InsufficientFundsError(Kopecks(missing - most_debt))
        if missing > 0:
            return NO_DEBT
        key = _hold_key(payment, attempt)
        hold = await self._corrections.hold_cash(
            session, user_id=payment.user_id, amount=payment.booked, key=key
        )
        return hold.amount

    async def _take(self, session: Session, payment: Payment, refund: Refund) -> None:
        account, key = payments_account(payment.method), f"refund:{payment.key}"
        if payment.booked <= 0:
            return
        await self._invitations.forfeit(session, payment)
        if payment.outcome is Outcome.SUSPENDED or payment.user_id is None:
            why = Explanation(refund.actor, refund.reason, corrects=payment.key)
            await self._corrections.book(
                session, debit=HouseAccount.SUSPENSE, credit=account, amount=payment.booked, key=key, why=why
            )
        elif refund.held > 0:
            hold = _hold_key(payment, refund.attempt)
            await self._ledger.capture(session, hold_key=hold, key=key, to=account)
        else:
            await self._corrections.clawback(
                session,
                user_id=payment.user_id,
                amount=payment.booked,
                to=account,
                key=key,
                corrects=payment.key,
            )

    async def _close(self, session: Session, payment: Payment, refund: Refund) -> None:
        moment = self._clock.now()
        await refunds.put_refund(session, replace(refund, state=RefundState.DONE), moment)
        if payment.order_id is not None and await subscriptions.is_renewed(session, payment.order_id, moment):
            await self._queue.enqueue(session, STOP_RENEWAL, payment.order_id)
        if payment.order_id is None or await orders.has_unrefunded_payment(session, payment.order_id):
            return
        order = await orders.lock_order_with_id(session, payment.order_id)
        if order is not None:
            await orders.move(session, order, OrderEvent.REFUND, moment)


def _hold_key(payment: Payment, attempt: int) -> str:
    return f"refund-hold:{payment.key}:{attempt}"
