"""What operators decide about receipts."""

from dataclasses import dataclass

from app.admin.entities import Action
from app.admin.office import Act, Office
from app.admin.roles import Right
from app.admin.staff import Staff
from app.db import Database
from app.inbox import Step
from app.money import Kopecks
from app.payments import Approval, BankTransfers, Decided, Decision, Receipt, UnknownReceiptError
from app.users import User, UserService


@dataclass(frozen=True, slots=True)
class ReceiptCard:
    """A receipt with the person who sent it, and with the earlier one that it repeats."""

    receipt: Receipt
    sender: User
    twin: Receipt | None


class ReceiptDesk:
    """Each decision checks the right, happens once, is logged, and is told to the person in the same unit."""

    def __init__(
        self,
        database: Database,
        office: Office,
        staff: Staff,
        transfers: BankTransfers,
        users: UserService,
    ) -> None:
        self._database = database
        self._office = office
        self._staff = staff
        self._transfers = transfers
        self._users = users

    async def queue(self, limit: int) -> tuple[Receipt, ...]:
        """What has to be decided, the oldest first."""
        async with self._database.snapshot() as session:
            return await self._transfers.waiting(session, limit)

    async def card(self, receipt_id: int) -> ReceiptCard:
        """Everything an operator needs to decide; raises UnknownReceiptError."""
        async with self._database.snapshot() as session:
            receipt = await self._transfers.get(session, receipt_id)
            twin = None
            if receipt.twin is not None:
                twin = await self._transfers.get(session, receipt.twin.receipt_id)
            return ReceiptCard(receipt, await self._users.get(session, receipt.user_id), twin)

    async def find(self, receipt_id: int) -> ReceiptCard | None:
        """The same; None where there is no such receipt."""
        try:
            return await self.card(receipt_id)
        except UnknownReceiptError:
            return None

    async def approve(self, step: Step, actor_id: int, receipt_id: int, amount: Kopecks) -> Decided:
        """Credits `amount`, or is the first of two; raises NotAllowedError, UnknownReceiptError."""
        async with self._office.act(step, actor_id, Right.RECEIPTS) as act:
            if not act.is_new:
                receipt = await self._transfers.get(act.session, receipt_id)
                return Decided(receipt, Approval.DECIDED)
            others = set(await self._staff.with_right(act.session, Right.RECEIPTS)) - {actor_id}
            decision = Decision(receipt_id, actor_id, amount, alone=not others)
            decided = await self._transfers.approve(act.session, decision)
            await _record(act, decided, amount)
            return decided

    async def reject(self, step: Step, actor_id: int, receipt_id: int, reason: str) -> Receipt | None:
        """Nothing is credited; None when it was decided before. Raises NotAllowedError, UnknownReceiptError."""
        async with self._office.act(step, actor_id, Right.RECEIPTS) as act:
            if not act.is_new:
                return await self._transfers.get(act.session, receipt_id)
            rejected = await self._transfers.reject(act.session, receipt_id, actor_id, reason)
            if rejected is not None:
                facts = {"amount": str(rejected.asked), "code": rejected.code}
                await act.record_and_tell(
                    Action.RECEIPT_REJECTED,
                    f"receipt:{receipt_id}",
                    reason,
                    facts,
                    user_id=rejected.user_id,
                )
            return rejected


async def _record(act: Act, decided: Decided, amount: Kopecks) -> None:
    receipt = decided.receipt
    subject, facts = f"receipt:{receipt.id}", {"amount": str(amount), "code": receipt.code}
    if decided.approval is Approval.SECONDED:
        reason = "the first of two"
        await act.record(Action.RECEIPT_SECONDED, subject, reason, facts, user_id=receipt.user_id)
    if decided.approval is Approval.CREDITED:
        reason = "as asked" if amount == receipt.asked else "another amount"
        if receipt.first_by == act.who.user_id:
            reason += ", the only operator twice"
        await act.record_and_tell(Action.RECEIPT_APPROVED, subject, reason, facts, user_id=receipt.user_id)
