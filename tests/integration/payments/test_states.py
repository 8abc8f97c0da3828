"""Every event in every state of an order: where it leads, and what it does to the person's money."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from app.db import Database, Epoch
from app.ledger import Explanation, Ledger
from app.payments import (
    AlreadyRefundedError,
    Arrival,
    Method,
    Order,
    OrderEvent,
    OrderState,
    PaymentService,
    Refunder,
    RefundService,
    StarsProvider,
)
from app.users import User
from tests.fakes.stars import FakeStars
from tests.integration.payments.conftest import HandClock
from tests.integration.users.steps import NextStep

WHY = Explanation(actor="operator 1", reason="a test")
OPEN, CLAIMED, PAID, REFUSED, EXPIRED, REFUNDED = OrderState
WORTH = 12_350  # 100 Stars at 1.235 roubles
HALF = 6_175


class Case:
    """One order of a hundred Stars, brought into a state."""

    def __init__(
        self,
        database: Database,
        epoch: Epoch,
        payments: PaymentService,
        refunds: RefundService,
        clock: HandClock,
    ) -> None:
        self._database, self._epoch, self._clock = database, epoch, clock
        self._payments, self._refunds = payments, refunds
        self._stars = FakeStars()
        self._order: Order | None = None
        self._charges = 0

    @property
    def order(self) -> Order:
        assert self._order is not None
        return self._order

    async def begin(self, next_step: NextStep, user: User, state: OrderState) -> None:
        step = await next_step()
        self._order = await self._payments.create_order(step, user.id, self._payments.terms.wish(100))
        for event in WAY_TO[state]:
            await event(self)
        assert await self.state() is state

    async def state(self) -> OrderState:
        async with self._database.snapshot() as session:
            return (await self._payments.get(session, self.order.id)).state

    async def money(self) -> tuple[int, int, int]:
        """Cash, held, debt; the books are in order."""
        async with self._database.snapshot() as session:
            assert await Ledger().audit(session) == []
            balance = await Ledger().balance(session, self.order.user_id)
        return balance.cash, balance.held, balance.debt

    async def claim(self) -> None:
        async with self._database.unit_of_work(self._epoch) as session:
            await self._payments.move(session, self.order.id, OrderEvent.CLAIM)

    async def refuse(self) -> None:
        async with self._database.unit_of_work(self._epoch) as session:
            await self._payments.move(session, self.order.id, OrderEvent.REFUSE)

    async def expire(self) -> None:
        self._clock.moment += timedelta(hours=2)
        await self._payments.expire(self._epoch)

    async def pay(self) -> None:
        self._charges += 1
        await self._payments.credit(self._epoch, self._arrival())

    async def duplicate(self) -> None:
        self._charges = max(self._charges, 1)
        for _ in range(2):
            await self._payments.credit(self._epoch, self._arrival())

    async def pay_half(self) -> None:
        self._charges += 1
        await self._payments.credit(self._epoch, replace(self._arrival(), amount=50))

    async def pay_dollars(self) -> None:
        self._charges += 1
        await self._payments.credit(self._epoch, replace(self._arrival(), currency="USD"))

    async def pay_late(self) -> None:
        self._clock.moment += timedelta(days=400)
        await self.pay()

    async def refunded(self) -> None:
        await self._refunds.went_back(self._epoch, Method.STARS, "charge-1", WHY)

    async def refunded_twice(self) -> None:
        await self.refunded()
        await self.refunded()

    async def provider_away(self) -> None:
        """An operator asks for a refund, and the provider does not answer."""
        payment = await self._payments.credit(self._epoch, self._arrival()) if self._charges else None
        if payment is None:
            return
        try:
            async with self._database.unit_of_work(self._epoch) as session:
                refund = await self._refunds.ask(session, payment.id, why=WHY)
        except AlreadyRefundedError:
            return
        self._stars.is_away = True
        provider = StarsProvider(self._stars, lambda: self._payments.terms)
        await Refunder(self._database, self._refunds, {Method.STARS: provider}).send_back(
            self._epoch, refund.id
        )

    def _arrival(self) -> Arrival:
        order = self.order
        charge = f"charge-{self._charges}"
        return Arrival(Method.STARS, charge, order.user_id, "XTR", order.amount, order.payload)


Event = Callable[[Case], Awaitable[None]]
WAY_TO: dict[OrderState, tuple[Event, ...]] = {
    OPEN: (),
    CLAIMED: (Case.claim,),
    PAID: (Case.pay,),
    REFUSED: (Case.refuse,),
    EXPIRED: (Case.expire,),
    REFUNDED: (Case.pay, Case.refunded),
}

NONE, ONE, PART, BACK = (0, 0, 0), (WORTH, 0, 0), (HALF, 0, 0), (-WORTH, 0, 0)
HELD = (0, WORTH, 0)
Row = tuple[tuple[OrderState, tuple[int, int, int]], ...]
STAYS: Row = tuple((state, NONE) for state in OrderState)


def row(*changes: tuple[OrderState, tuple[int, int, int]]) -> Row:
    """From open, claimed, paid, refused, expired, refunded, in this order."""
    return changes


# Where the event leads, and the change of the person's cash, held money and debt.
TABLE: dict[Event, Row] = {
    Case.claim: row((CLAIMED, NONE), (CLAIMED, NONE), (PAID, NONE), *[(CLAIMED, NONE)] * 2, (REFUNDED, NONE)),
    Case.refuse: row((REFUSED, NONE), (REFUSED, NONE), *STAYS[2:]),
    Case.expire: row((EXPIRED, NONE), *STAYS[1:]),
    Case.pay: row(*[(PAID, ONE)] * 5, (REFUNDED, ONE)),
    Case.pay_late: row(*[(PAID, ONE)] * 5, (REFUNDED, ONE)),
    Case.pay_half: row(*[(PAID, PART)] * 5, (REFUNDED, PART)),
    Case.pay_dollars: STAYS,
    Case.duplicate: row((PAID, ONE), (PAID, ONE), (PAID, NONE), (PAID, ONE), (PAID, ONE), (REFUNDED, NONE)),
    Case.refunded: row(*STAYS[:2], (REFUNDED, BACK), *STAYS[3:]),
    Case.refunded_twice: row(*STAYS[:2], (REFUNDED, BACK), *STAYS[3:]),
    Case.provider_away: row(*STAYS[:2], (PAID, HELD), *STAYS[3:]),
}


@pytest.fixture
def case(
    database: Database, epoch: Epoch, payments: PaymentService, refunds: RefundService, clock: HandClock
) -> Case:
    """Over the real ledger."""
    return Case(database, epoch, payments, refunds, clock)


@pytest.mark.proves("F40", "F43", "F53", "F54", "X35", "X39")
@pytest.mark.parametrize("event", TABLE, ids=lambda event: event.__name__)
@pytest.mark.parametrize("state", OrderState)
async def test_each_event_in_each_state_moves_order_and_money_as_the_table_says(
    case: Case, next_step: NextStep, anna: User, state: OrderState, event: Event
) -> None:
    await case.begin(next_step, anna, state)
    before = await case.money()

    await event(case)

    expected, change = TABLE[event][list(OrderState).index(state)]
    now = await case.money()
    assert await case.state() is expected
    assert tuple(after - earlier for after, earlier in zip(now, before, strict=True)) == change
