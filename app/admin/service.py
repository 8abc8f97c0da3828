"""What the staff does to people and their money."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.admin.entities import Action, Overview, Profile
from app.admin.errors import OwnersOnlyError, StaffProtectedError
from app.admin.office import Act, Office
from app.admin.reports import repository as reports
from app.admin.roles import Right, Role
from app.admin.staff import Staff
from app.db import Database, ReadSession
from app.generation import GenerationService
from app.inbox import Step
from app.ledger import Bucket, Corrections, Explanation, Ledger
from app.money import Kopecks
from app.payments import BankTransfers, Payment, PaymentReview, Refund, RefundService
from app.users import User, UserService


@dataclass(frozen=True)
class StaffNeighbours:
    """The services of other domains that the staff works with."""

    users: UserService
    generations: GenerationService
    transfers: BankTransfers
    review: PaymentReview
    refunds: RefundService
    ledger: Ledger
    corrections: Corrections


SHOWN_PAYMENTS = 10


@dataclass(frozen=True, slots=True)
class PaymentLine:
    """A payment, and its refund where one was asked for."""

    payment: Payment
    refund: Refund | None


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A sum that is given or taken, in kopecks, and why."""

    user_id: int
    amount: Kopecks
    reason: str


class AdminService:
    """Each write checks the role, happens once per event, and leaves a row in the log in the same unit.

    Only owners give or take more than `second_over` kopecks at once.
    """

    def __init__(
        self, database: Database, office: Office, staff: Staff, near: StaffNeighbours, *, second_over: Kopecks
    ) -> None:
        self._database = database
        self._office = office
        self._staff = staff
        self._near = near
        self._second_over = second_over

    async def overview(self) -> Overview:
        """The last 24 hours and what waits now."""
        async with self._database.snapshot() as session:
            waiting = await self._near.transfers.count_waiting(session)
            return await reports.overview(session, waiting)

    async def find(self, wanted: str) -> Profile | None:
        """The person with this id or name."""
        async with self._database.snapshot() as session:
            user = await self._near.users.find(session, wanted)
            return None if user is None else await self._profile(session, user)

    async def profile(self, user_id: int) -> Profile:
        """The person; raises UnknownUserError."""
        async with self._database.snapshot() as session:
            return await self._profile(session, await self._near.users.get(session, user_id))

    async def credit(self, step: Step, actor_id: int, given: Adjustment) -> None:
        """Gives cash, from which debt is repaid first.

        Raises NotAllowedError, OwnersOnlyError, UnknownUserError.
        """
        async with self._office.act(step, actor_id, Right.MONEY) as act:
            if await self._may_adjust(act, given):
                await self._near.corrections.give(
                    act.session,
                    user_id=given.user_id,
                    amount=given.amount,
                    bucket=Bucket.CASH,
                    key=f"adjust:{act.event_id}",
                    why=_why(act, given.reason),
                )
                await _record_money(act, Action.CREDITED, given)

    async def debit(self, step: Step, actor_id: int, taken: Adjustment) -> None:
        """Takes free cash; raises as `credit` does, and InsufficientFundsError: it never makes debt."""
        async with self._office.act(step, actor_id, Right.MONEY) as act:
            if await self._may_adjust(act, taken):
                await self._near.corrections.take(
                    act.session,
                    user_id=taken.user_id,
                    amount=taken.amount,
                    bucket=Bucket.CASH,
                    key=f"adjust:{act.event_id}",
                    why=_why(act, taken.reason),
                )
                await _record_money(act, Action.DEBITED, taken)

    async def ban(self, step: Step, actor_id: int, user_id: int, reason: str) -> None:
        """Shuts the person out; raises NotAllowedError, StaffProtectedError, UnknownUserError."""
        async with self._office.act(step, actor_id, Right.BAN) as act:
            await self._near.users.lock(act.session, user_id)
            if await self._staff.role(act.session, user_id) is not None:
                raise StaffProtectedError(user_id)
            if act.is_new:
                await self._near.users.ban(act.session, user_id)
                await act.record(Action.BANNED, f"person:{user_id}", reason, user_id=user_id)

    async def unban(self, step: Step, actor_id: int, user_id: int, reason: str) -> None:
        """Lets the person in again, and tells them; raises NotAllowedError, UnknownUserError."""
        async with self._office.act(step, actor_id, Right.BAN) as act:
            await self._near.users.lock(act.session, user_id)
            if act.is_new:
                await self._near.users.unban(act.session, user_id)
                await act.record_and_tell(Action.UNBANNED, f"person:{user_id}", reason, user_id=user_id)

    async def refund_generation(self, step: Step, actor_id: int, generation_id: int, reason: str) -> None:
        """Gives the whole price back; raises NotAllowedError, UnknownGenerationError, NotRefundableError."""
        async with self._office.act(step, actor_id, Right.MONEY) as act:
            if not act.is_new:
                return
            refunded = await self._near.generations.refund(act.session, generation_id)
            await act.record_and_tell(
                Action.GENERATION_REFUNDED,
                f"generation:{generation_id}",
                reason,
                {"amount": str(refunded.price), "number": str(generation_id)},
                user_id=refunded.user_id,
            )

    async def payments(self, user_id: int) -> Sequence[PaymentLine]:
        """The person's newest payments, each with its refund."""
        async with self._database.snapshot() as session:
            found = await self._near.review.of(session, user_id, limit=SHOWN_PAYMENTS)
            return [PaymentLine(it, await self._near.refunds.of(session, it.id)) for it in found]

    async def refund_payment(
        self, step: Step, actor_id: int, payment_id: int, reason: str, *, accepts_debt: bool
    ) -> None:
        """Sends a whole payment back; only an owner accepts that what is spent of it becomes debt.

        Raises NotAllowedError, UnknownPaymentError, AlreadyRefundedError, and where the free cash does not cover
        it InsufficientFundsError or DebtOutstandingError.
        """
        right = Right.DEBT if accepts_debt else Right.MONEY
        async with self._office.act(step, actor_id, right) as act:
            payment = await self._near.review.get(act.session, payment_id)
            if not act.is_new:
                return
            why = _why(act, reason)
            await self._near.refunds.ask(act.session, payment_id, why=why, accepts_debt=accepts_debt)
            facts = {"amount": str(payment.booked), "charge": payment.key, "debt": str(accepts_debt).lower()}
            subject = f"payment:{payment_id}"
            if payment.user_id is None:
                await act.record(Action.PAYMENT_REFUNDED, subject, reason, facts)
                return
            await act.record_and_tell(
                Action.PAYMENT_REFUNDED, subject, reason, facts, user_id=payment.user_id
            )

    async def _may_adjust(self, act: Act, asked: Adjustment) -> bool:
        """False for a replay."""
        if asked.amount > self._second_over and act.who.role is not Role.OWNER:
            raise OwnersOnlyError(asked.amount, self._second_over)
        await self._near.users.lock(act.session, asked.user_id)
        return act.is_new

    async def _profile(self, session: ReadSession, user: User) -> Profile:
        facts = await reports.person_facts(session, user.id)
        return Profile(
            user=user,
            role=await self._staff.role(session, user.id),
            balance=await self._near.ledger.balance(session, user.id),
            created_at=facts.created_at,
            seen_at=facts.seen_at,
            generations=facts.generations,
            spent=facts.spent,
            paid_in=facts.paid_in,
        )


def _why(act: Act, reason: str) -> Explanation:
    return Explanation(actor=f"staff:{act.who.user_id}", reason=reason)


async def _record_money(act: Act, action: Action, moved: Adjustment) -> None:
    subject, facts = f"person:{moved.user_id}", {"amount": str(moved.amount)}
    await act.record_and_tell(action, subject, moved.reason, facts, user_id=moved.user_id)
