"""Money that came in and fits no order: what operators see of it, and what they decide."""

from dataclasses import dataclass

from app.admin.entities import Action
from app.admin.foresight import Foresight, credited
from app.admin.neighbours import StaffNeighbours
from app.admin.office import Act, Office
from app.admin.roles import Right
from app.db import Database
from app.inbox import Step
from app.payments import Order, Outcome, Payment, Refund, RefundState, UnknownPaymentError
from app.users import UnknownUserError, User

GOING = frozenset({RefundState.ASKED, RefundState.DONE})


@dataclass(frozen=True, slots=True)
class StrangePayment:
    """A payment beside the order that it may belong to; `owner` is whose order that is."""

    payment: Payment
    order: Order | None
    owner: User | None
    refund: Refund | None

    @property
    def is_open(self) -> bool:
        """Nobody has decided yet."""
        return self.payment.mismatch is not None and self.payment.reviewed_by is None

    @property
    def is_assignable(self) -> bool:
        """The money waits for its person."""
        return self.is_open and _waits(self.payment, self.refund)


class StrangeDesk:
    """Each decision checks the right, happens once, and is logged in the same unit: of two operators one decides."""

    def __init__(self, database: Database, office: Office, near: StaffNeighbours) -> None:
        self._database = database
        self._office = office
        self._near = near

    async def queue(self, limit: int) -> tuple[Payment, ...]:
        """What nobody has looked at, the oldest first."""
        async with self._database.snapshot() as session:
            return tuple(await self._near.review.strange(session, limit=limit))

    async def find(self, payment_id: int) -> StrangePayment | None:
        """Everything an operator needs to decide; None where there is no such payment."""
        near = self._near
        async with self._database.snapshot() as session:
            try:
                payment = await near.review.get(session, payment_id)
            except UnknownPaymentError:
                return None
            order = await near.review.order_of(session, payment)
            owner = None if order is None else await near.users.get(session, order.user_id)
            return StrangePayment(payment, order, owner, await near.refunds.of(session, payment_id))

    async def foresee(self, payment: Payment, wanted: str) -> Foresight | None:
        """What the person with this id or name would have of it; None where there is nobody."""
        async with self._database.snapshot() as session:
            person = await self._near.users.find(session, wanted)
            if person is None:
                return None
            before = await self._near.ledger.balance(session, person.id)
            return Foresight(person, before, credited(before, payment.booked))

    async def assign(self, step: Step, actor_id: int, payment_id: int, user_id: int, note: str) -> bool:
        """Credits suspended money to its person, who is told; False where it was decided otherwise before.

        Raises NotAllowedError, UnknownPaymentError, UnknownUserError.
        """
        async with self._office.act(step, actor_id, Right.MONEY) as act:
            if not act.is_new:
                return True
            payment = await self._near.review.take(act.session, payment_id)
            if payment is None:
                return False
            refund = await self._near.refunds.of(act.session, payment_id)
            if not _waits(payment, refund):
                return False
            await self._near.review.assign(act.session, payment_id, user_id, actor=_name(act))
            await act.record_and_tell(
                Action.PAYMENT_ASSIGNED, f"payment:{payment_id}", note, _facts(payment), user_id=user_id
            )
            return True

    async def keep(self, step: Step, actor_id: int, payment_id: int, note: str) -> bool:
        """It stays where it was booked; False where somebody has decided before.

        Raises NotAllowedError, UnknownPaymentError.
        """
        async with self._office.act(step, actor_id, Right.MONEY) as act:
            if not act.is_new:
                return True
            payment = await self._near.review.take(act.session, payment_id)
            if payment is None:
                return False
            await self._near.review.accept(act.session, payment_id, actor=_name(act))
            about = await self._known(act, payment)
            await act.record(
                Action.PAYMENT_ACCEPTED, f"payment:{payment_id}", note, _facts(payment), user_id=about
            )
            return True

    async def _known(self, act: Act, payment: Payment) -> int | None:
        """Whom it concerns: of suspended money the payer may be nobody of ours."""
        if payment.user_id is None:
            return None
        try:
            return (await self._near.users.get(act.session, payment.user_id)).id
        except UnknownUserError:
            return None


def _waits(payment: Payment, refund: Refund | None) -> bool:
    is_going = refund is not None and refund.state in GOING
    return payment.outcome is Outcome.SUSPENDED and payment.booked > 0 and not is_going


def _name(act: Act) -> str:
    return f"staff:{act.who.user_id}"


def _facts(payment: Payment) -> dict[str, str]:
    return {"amount": str(payment.booked), "charge": payment.key}
