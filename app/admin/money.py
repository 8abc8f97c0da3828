"""What the staff does to people's money: corrections of a balance, and payments that go back."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.admin.entities import Action
from app.admin.errors import OwnersOnlyError
from app.admin.foresight import Adjustment, Direction, Foresight, adjusted, paid_back
from app.admin.neighbours import StaffNeighbours
from app.admin.office import Office
from app.admin.roles import Right, Role
from app.admin.staff import Staff
from app.db import Database, ReadSession
from app.inbox import Step
from app.ledger import Explanation
from app.money import Kopecks
from app.payments import AlreadyRefundedError, Outcome, Payment, Refund, RefundState

SHOWN_PAYMENTS = 10
NO_DEBT = Kopecks(0)


@dataclass(frozen=True, slots=True)
class PaymentLine:
    """A payment, and its refund where one was asked for."""

    payment: Payment
    refund: Refund | None


@dataclass(frozen=True, slots=True)
class Payback:
    """A payment that may go back. `shortfall` kopecks of it are spent and would become debt.

    `foresight` is the payer's money; None where the money waits in the suspense account.
    """

    payment: Payment
    refund: Refund | None
    shortfall: Kopecks
    foresight: Foresight | None


class MoneyDesk:
    """Each write checks the role, happens once per event, and leaves a row in the log in the same unit.

    Only owners give or take more than `second_over` kopecks at once, and only they accept debt.
    """

    def __init__(
        self, database: Database, office: Office, staff: Staff, near: StaffNeighbours, *, second_over: Kopecks
    ) -> None:
        self._database = database
        self._office = office
        self._staff = staff
        self._near = near
        self._second_over = second_over

    async def foresee(self, actor_id: int, wanted: Adjustment) -> Foresight:
        """What the correction would do; raises as `adjust` does, but for NotAllowedError."""
        async with self._database.snapshot() as session:
            self._check_sum(await self._staff.role(session, actor_id), wanted)
            person = await self._near.users.get(session, wanted.user_id)
            before = await self._near.ledger.balance(session, wanted.user_id)
            return Foresight(person, before, adjusted(before, wanted))

    async def adjust(self, step: Step, actor_id: int, wanted: Adjustment) -> None:
        """Gives (cash repays debt first) or takes what is free: never makes debt.

        Raises NotAllowedError, OwnersOnlyError, UnknownUserError, InsufficientFundsError.
        """
        async with self._office.act(step, actor_id, Right.MONEY) as act:
            self._check_sum(act.who.role, wanted)
            await self._near.users.lock(act.session, wanted.user_id)
            if not act.is_new:
                return
            gives = wanted.direction is Direction.GIVE
            move = self._near.corrections.give if gives else self._near.corrections.take
            await move(
                act.session,
                user_id=wanted.user_id,
                amount=wanted.amount,
                bucket=wanted.bucket,
                key=f"adjust:{act.event_id}",
                why=_why(act.who.user_id, wanted.reason),
            )
            await act.record_and_tell(
                Action.CREDITED if gives else Action.DEBITED,
                f"person:{wanted.user_id}",
                wanted.reason,
                {"amount": str(wanted.amount), "bucket": wanted.bucket.value},
                user_id=wanted.user_id,
            )

    async def payments(self, user_id: int) -> Sequence[PaymentLine]:
        """The person's newest payments, each with its refund."""
        async with self._database.snapshot() as session:
            found = await self._near.review.of(session, user_id, limit=SHOWN_PAYMENTS)
            return [PaymentLine(it, await self._near.refunds.of(session, it.id)) for it in found]

    async def payback(self, payment_id: int) -> Payback:
        """What sending this payment back would mean now; raises UnknownPaymentError."""
        async with self._database.snapshot() as session:
            payment = await self._near.review.get(session, payment_id)
            shortfall = await self._near.refunds.shortfall(session, payment)
            refund = await self._near.refunds.of(session, payment_id)
            return Payback(payment, refund, shortfall, await self._foresight(session, payment, shortfall))

    async def pay_back(
        self, step: Step, actor_id: int, payment_id: int, reason: str, *, most_debt: Kopecks = NO_DEBT
    ) -> None:
        """Sends a whole payment back; only an owner accepts that up to `most_debt` of it becomes debt.

        Raises NotAllowedError, UnknownPaymentError, AlreadyRefundedError (also while it is on its way), and where
        it would be more debt than that InsufficientFundsError.
        """
        right = Right.DEBT if most_debt > 0 else Right.MONEY
        async with self._office.act(step, actor_id, right) as act:
            payment = await self._near.review.get(act.session, payment_id)
            if not act.is_new:
                return
            why = _why(actor_id, reason)
            earlier = await self._near.refunds.of(act.session, payment_id)
            asked = await self._near.refunds.ask(act.session, payment_id, why=why, most_debt=most_debt)
            if _is_asked(earlier) or asked.actor != why.actor:
                raise AlreadyRefundedError(payment.charge_id)
            facts = {"amount": str(payment.booked), "charge": payment.key, "most_debt": str(most_debt)}
            subject = f"payment:{payment_id}"
            if payment.user_id is None or payment.outcome is Outcome.SUSPENDED:
                await act.record(Action.PAYMENT_REFUNDED, subject, reason, facts)
                return
            await act.record_and_tell(
                Action.PAYMENT_REFUNDED, subject, reason, facts, user_id=payment.user_id
            )

    def _check_sum(self, role: Role | None, wanted: Adjustment) -> None:
        if wanted.amount > self._second_over and role is not Role.OWNER:
            raise OwnersOnlyError(wanted.amount, self._second_over)

    async def _foresight(
        self, session: ReadSession, payment: Payment, shortfall: Kopecks
    ) -> Foresight | None:
        if payment.user_id is None or payment.outcome is Outcome.SUSPENDED:
            return None
        person = await self._near.users.get(session, payment.user_id)
        before = await self._near.ledger.balance(session, payment.user_id)
        return Foresight(person, before, paid_back(before, payment.booked, shortfall))


def _is_asked(refund: Refund | None) -> bool:
    return refund is not None and refund.state is RefundState.ASKED


def _why(actor_id: int, reason: str) -> Explanation:
    return Explanation(actor=f"staff:{actor_id}", reason=reason)
