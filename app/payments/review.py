"""What operators see of payments, and what they do about those that fit no order."""

from dataclasses import replace

from app.clock import Clock
from app.db import ReadSession, Session
from app.ledger import HouseAccount, Ledger
from app.payments.errors import UnknownPaymentError
from app.payments.invitations import Invitations
from app.payments.order import Order, Payment
from app.payments.repository import orders, payments
from app.payments.states import Outcome
from app.users import UserService


class PaymentReview:
    """Each call is a part of the caller's unit of work, where the caller's audit log is written, too."""

    def __init__(self, ledger: Ledger, users: UserService, invitations: Invitations, clock: Clock) -> None:
        self._ledger = ledger
        self._users = users
        self._invitations = invitations
        self._clock = clock

    async def of(self, session: ReadSession, user_id: int, *, limit: int = 20) -> list[Payment]:
        """A person's payments, the newest first."""
        return await payments.payments_of(session, user_id, limit)

    async def get(self, session: ReadSession, payment_id: int) -> Payment:
        """The payment as booked; raises UnknownPaymentError."""
        return _known(payment_id, await payments.find_payment(session, payment_id))

    async def strange(self, session: ReadSession, *, limit: int = 20) -> list[Payment]:
        """Money that fits no order and that nobody has looked at, the oldest first."""
        return await payments.strange_payments(session, limit)

    async def count_strange(self, session: ReadSession) -> int:
        """How many of them wait for somebody to look."""
        return await payments.count_strange(session)

    async def order_of(self, session: ReadSession, payment: Payment) -> Order | None:
        """The order that was settled by it, else the one that its payload names; None where there is none."""
        if payment.order_id is not None:
            return await orders.order_with_id(session, payment.order_id)
        return await orders.find_order(session, payment.payload)

    async def take(self, session: Session, payment_id: int) -> Payment | None:
        """A strange payment for one operator, alone with its row until the unit ends.

        None where nothing is to be decided: it fits its order, or somebody has looked. Raises UnknownPaymentError.
        """
        payment = _known(payment_id, await payments.lock_payment(session, payment_id))
        return None if payment.mismatch is None or payment.reviewed_by is not None else payment

    async def accept(self, session: Session, payment_id: int, *, actor: str) -> Payment:
        """It may stay where it was booked; raises UnknownPaymentError."""
        payment = _known(payment_id, await payments.lock_payment(session, payment_id))
        await payments.mark_reviewed(session, payment_id, actor, self._clock.now())
        return payment

    async def assign(self, session: Session, payment_id: int, user_id: int, *, actor: str) -> Payment:
        """Suspended money goes to its person, once; what is credited already stays where it is.

        Raises UnknownPaymentError and UnknownUserError.
        """
        await self._users.get(session, user_id)
        payment = await self.accept(session, payment_id, actor=actor)
        if payment.outcome is Outcome.SUSPENDED and payment.booked > 0:
            await self._invitations.reward(session, replace(payment, user_id=user_id))
            await self._ledger.credit(
                session,
                user_id=user_id,
                amount=payment.booked,
                source=HouseAccount.SUSPENSE,
                key=f"assign:{payment.key}",
            )
            await payments.assign(session, payment_id, user_id)
        return _known(payment_id, await payments.find_payment(session, payment_id))


def _known(payment_id: int, payment: Payment | None) -> Payment:
    if payment is None:
        raise UnknownPaymentError(payment_id)
    return payment
