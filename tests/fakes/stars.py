"""Telegram's side of Stars without a network: its list of transactions, its refunds, its refusals."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.money import Stars
from app.payments import (
    AlreadyRefundedError,
    Order,
    ProviderAwayError,
    ProviderRefusedError,
    StarsBill,
    StarsMovement,
    StarsPage,
)
from tests.fakes.outside import refuse_in_unit_of_work


@dataclass
class FakeStars:
    """`app.payments.StarsApi`. Its lines are what really happened, whoever was told."""

    lines: list[StarsMovement | None] = field(default_factory=list)
    """None: a line that no person of ours takes part in."""
    refunds: list[str] = field(default_factory=list)
    """The charges that were sent back by us, each call that was taken."""
    renewals: list[tuple[str, bool]] = field(default_factory=list)
    is_away: bool = False
    answers_are_lost: bool = False
    """Does what is asked, and says nothing."""
    refusal: str | None = None

    async def link(self, bill: StarsBill) -> str:
        self._enter("createInvoiceLink")
        return f"https://t.me/$fake-{bill.payload}"

    async def refund(self, user_id: int, charge_id: str) -> None:
        self._enter("refundStarPayment")
        if self.refusal is not None:
            raise ProviderRefusedError("refundStarPayment", self.refusal)
        paid = next((it for it in self.lines if it and it.charge_id == charge_id and not it.goes_back), None)
        if paid is None or paid.user_id != user_id:
            raise ProviderRefusedError("refundStarPayment", "CHARGE_NOT_FOUND")
        if any(it and it.charge_id == charge_id and it.goes_back for it in self.lines):
            raise AlreadyRefundedError(charge_id)
        self.refunds.append(charge_id)
        self.goes_back(paid)
        if self.answers_are_lost:
            raise ProviderAwayError("refundStarPayment")

    async def movements(self, offset: int, limit: int) -> StarsPage:
        self._enter("getStarTransactions")
        assert 1 <= limit <= 100
        page = self.lines[offset : offset + limit]
        return StarsPage(len(page), tuple(it for it in page if it is not None))

    async def set_renewal(self, user_id: int, charge_id: str, *, renews: bool) -> None:
        self._enter("editUserStarSubscription")
        if self.refusal is not None:
            raise ProviderRefusedError("editUserStarSubscription", self.refusal)
        self.renewals.append((charge_id, renews))

    def pays(
        self, order: Order, charge_id: str, at: datetime, period: timedelta | None = None
    ) -> StarsMovement:
        """The person paid what the order asks for; nobody was told yet."""
        line = StarsMovement(
            charge_id, order.user_id, Stars(order.amount), order.payload, at, period, goes_back=False
        )
        self.lines.append(line)
        return line

    def goes_back(self, paid: StarsMovement) -> None:
        """A refund or a chargeback; nobody was told."""
        self.lines.append(
            StarsMovement(
                paid.charge_id,
                paid.user_id,
                paid.amount,
                paid.payload,
                paid.moment,
                paid.period,
                goes_back=True,
            )
        )

    def _enter(self, call: str) -> None:
        refuse_in_unit_of_work()
        if self.is_away:
            raise ProviderAwayError(call, 3.0)
