"""What operators see of payments, and what they do about those that fit no order."""

from app.clock import Clock
from app.db import ReadSession, Session
from app.ledger import HouseAccount, Ledger
from app.payments.errors import UnknownPaymentError
from app.payments.order import Payment
from app.payments.repository import payments
from app.payments.states import Outcome
from app.users import UserService


class PaymentReview:
    """Each call is a part of the caller's unit of work, where the caller's audit log is written, too."""

    def __init__(self, ledger: Ledger, users: UserService, clock: Clock) -> None:
        self._ledger = ledger
        self._users = users
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
