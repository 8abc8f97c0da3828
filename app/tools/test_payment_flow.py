"""`make payment-flow`: invoice, payment, credit, spending and refund through the real services on a real Postgres.

Nothing of the configured system is touched: the Postgres is a scratch one. Prints a line per step; ends with
`✅ ALL PAYMENT FLOW TESTS PASSED`, or names the step that failed and exits with 1.
"""

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from app.db import Database
from app.errors import AppError
from app.generation import AlreadySubmitted, NotEnough, State, Submitted
from app.ledger import Explanation, InsufficientFundsError
from app.money import Stars
from app.payments import (
    AlreadyRefundedError,
    Arrival,
    InvalidAmountError,
    Method,
    Order,
    Outcome,
    Payment,
    PreCheckout,
)
from app.settings import Settings
from app.tools.rehearsal import House, furnish, scratch_database
from app.users import ConsentMissingError

PAID = Stars(500)
AT_ONCE = 20
WHY = Explanation(actor="rehearsal", reason="payment flow")


class UnexpectedError(AppError):
    """A step found something else than it should."""

    def __init__(self, what: str, found: object, wanted: object) -> None:
        super().__init__(f"{what}: {found!r}, expected {wanted!r}")


@dataclass
class Flow:
    """What the steps hand on to each other."""

    house: House
    order: Order | None = None
    payment: Payment | None = None
    spent: int = 0
    """Kopecks that were captured."""

    async def order_for(self, stars: Stars) -> Order:
        """The invoice's order."""
        payments = self.house.domains.payments
        return await payments.create_order(
            await self.house.step(), self.house.customer, payments.terms.wish(stars)
        )

    async def pay(
        self, order: Order, charge: str, *, amount: int | None = None, currency: str = "XTR"
    ) -> Payment:
        """What Telegram tells after a payment."""
        told = Arrival(
            Method.STARS, charge, self.house.customer, currency, amount or order.amount, order.payload
        )
        return await self.house.domains.payments.credit(self.house.epoch, told)


Step = Callable[[Flow], Awaitable[None]]


def main() -> int:
    """Returns the exit code. What the services log of the strange things done to them is no news here."""
    logging.getLogger().addHandler(logging.NullHandler())
    with scratch_database() as url:
        return asyncio.run(rehearse(url))


async def rehearse(url: str) -> int:
    """All steps in order over the migrated scratch database at `url`; the first that fails ends it with 1."""
    database = Database(url, application_name="payment-flow", max_connections=AT_ONCE)
    house = await furnish(database, Settings(test_mode=True))
    flow = Flow(house)
    try:
        for name, step in STEPS:
            running = asyncio.ensure_future(step(flow))
            await asyncio.wait({running})
            error = running.exception()
            if error is not None:
                print(f"✗ {name}: {type(error).__name__}: {error}")
                print(f"❌ PAYMENT FLOW TEST FAILED: {name}")
                return 1
            print(f"✓ {name}")
    finally:
        await house.close()
        await database.close()
    print("✅ ALL PAYMENT FLOW TESTS PASSED")
    return 0


async def consent(flow: Flow) -> None:
    """Nobody orders anything before they have agreed to the terms; once is enough, and twice is the same."""
    await flow.house.arrive()
    try:
        await flow.order_for(PAID)
    except ConsentMissingError:
        await flow.house.agree()
        await flow.house.agree()
        return
    raise UnexpectedError("an order without consent", "made", "refused")


async def invoice(flow: Flow) -> None:
    """The order stands before its invoice; the same tap makes no second one; no amount out of bounds is taken."""
    house = flow.house
    payments, wish = house.domains.payments, house.domains.payments.terms.wish
    step = await house.step()
    flow.order = await payments.create_order(step, house.customer, wish(PAID))
    again = await payments.create_order(step, house.customer, wish(PAID))
    _same("orders of one tap", again.id, flow.order.id)
    for amount in (0, -1, 10**9):
        try:
            wish(Stars(amount))
        except InvalidAmountError:
            continue
        raise UnexpectedError("an order out of bounds", amount, "refused")


async def pre_checkout(flow: Flow) -> None:
    """Only the order's own person, amount and currency pass, and nothing is credited by asking."""
    house, order = flow.house, _order(flow)
    right = ("XTR", house.customer, order.amount, order.payload)
    wrong = (
        ("RUB", house.customer, order.amount, order.payload),
        ("XTR", house.customer + 1, order.amount, order.payload),
        ("XTR", house.customer, order.amount - 1, order.payload),
        ("XTR", house.customer, order.amount, "forged"),
    )
    for facts in (right, *wrong):
        currency, payer, amount, payload = facts
        query = PreCheckout("q", payer, currency, amount, payload)
        answer = await house.domains.payments.check_pre_checkout(query)
        _same(f"pre-checkout of {facts[:3]}", answer.ok, facts == right)
    _same("money before the payment", (await house.balance()).cash, 0)


async def credit(flow: Flow) -> None:
    """A payment credits what its order promised."""
    order = _order(flow)
    flow.payment = await flow.pay(order, "charge-1")
    _same("credited", (await flow.house.balance()).cash, order.credited)


async def replays(flow: Flow) -> None:
    """The same charge, told twenty times at once and under a forged payload, is credited once."""
    order = _order(flow)
    told = await asyncio.gather(*(flow.pay(order, "charge-1") for _ in range(AT_ONCE)))
    _same("new payments of a replay", [it for it in told if it.is_new], [])
    fresh = await asyncio.gather(*(flow.pay(order, "charge-2") for _ in range(AT_ONCE)))
    _same("new payments of twenty at once", sum(it.is_new for it in fresh), 1)
    _same("cash after two charges", (await flow.house.balance()).cash, 2 * order.credited)


async def wrong_amounts(flow: Flow) -> None:
    """Another amount credits what came; another currency, or no known order and payer, credits nobody."""
    before = (await flow.house.balance()).cash
    order = await flow.order_for(Stars(100))
    less = await flow.pay(order, "charge-less", amount=40)
    _same("credited for 40 of 100", less.booked, order.worth(40))
    _same("cash", (await flow.house.balance()).cash, before + order.worth(40))
    euros = await flow.pay(await flow.order_for(Stars(100)), "charge-eur", currency="EUR")
    _same("outcome of euros", euros.outcome, Outcome.SUSPENDED)
    stranger = Arrival(Method.STARS, "charge-stranger", 404, "XTR", 100, "no order")
    unknown = await flow.house.domains.payments.credit(flow.house.epoch, stranger)
    _same("outcome without an order", unknown.outcome, Outcome.SUSPENDED)
    _same("cash", (await flow.house.balance()).cash, before + order.worth(40))


async def spend(flow: Flow) -> None:
    """The price on the card is held once, however often it is tapped, and taken when the result is there."""
    house = flow.house
    before = (await house.balance()).cash
    confirmation = await house.confirmation()
    taps = await asyncio.gather(*(house.submit(confirmation) for _ in range(5)))
    made = [it.generation for it in taps if isinstance(it, Submitted)]
    _same("generations of five taps", len(made), 1)
    _same("other taps", sum(isinstance(it, AlreadySubmitted) for it in taps), 4)
    price = made[0].price
    _same("held", (await house.balance()).held, price)
    done = await house.carry_out(made[0])
    _same("state", None if done is None else done.state, State.DELIVERED)
    balance = await house.balance()
    _same("cash and held after the capture", (balance.cash, balance.held), (before - price, 0))
    flow.spent = price


async def failure(flow: Flow) -> None:
    """A failure gives everything back."""
    house = flow.house
    before = await house.balance()
    submission = await house.submit(await house.confirmation())
    if not isinstance(submission, Submitted):
        raise UnexpectedError("a submit with money enough", submission, "Submitted")
    house.outside.fail = True
    failed = await house.carry_out(submission.generation)
    _same("state", None if failed is None else failed.state, State.FAILED)
    _same("balance after a failure", await house.balance(), before)


async def refund(flow: Flow) -> None:
    """A refund sets the whole charge aside, takes it once, and is refused a second time."""
    house, payment = flow.house, _payment(flow)
    before = await house.balance()
    for _ in range(2):
        async with house.database.unit_of_work(house.epoch) as session:
            await house.refunds.ask(session, payment.id, why=WHY)
    _same("set aside for the refund", (await house.balance()).held, payment.booked)
    for _ in range(2):
        await house.refunds.went_back(house.epoch, Method.STARS, payment.charge_id, WHY)
    after = await house.balance()
    _same("cash after the refund", (after.cash, after.held), (before.cash - payment.booked, 0))
    try:
        async with house.database.unit_of_work(house.epoch) as session:
            await house.refunds.ask(session, payment.id, why=WHY)
    except AlreadyRefundedError:
        return
    raise UnexpectedError("a second refund", "accepted", "refused")


async def no_money(flow: Flow) -> None:
    """Without money nothing is held, and a refund of what is spent is refused without touching anything."""
    house = flow.house
    spent = await flow.pay(await flow.order_for(Stars(50)), "charge-spent")
    free = (await house.balance()).free_cash
    async with house.database.unit_of_work(house.epoch) as session:
        await house.domains.ledger.hold(session, user_id=house.customer, amount=free, key="refund-hold:aside")
    outcome = await house.submit(await house.confirmation())
    _same("a submit without money", isinstance(outcome, NotEnough), True)
    try:
        async with house.database.unit_of_work(house.epoch) as session:
            await house.refunds.ask(session, spent.id, why=WHY)
    except InsufficientFundsError:
        pass
    else:
        raise UnexpectedError("a refund of spent money", "accepted", "refused")
    async with house.database.unit_of_work(house.epoch) as session:
        await house.domains.ledger.release(session, hold_key="refund-hold:aside", key="refund-release:aside")
    _same("free cash", (await house.balance()).free_cash, free)


async def chargeback(flow: Flow) -> None:
    """What is taken back after it was spent becomes a debt, which the next payment repays first."""
    house = flow.house
    for charge in ("charge-2", "charge-less", "charge-spent"):
        await house.refunds.went_back(house.epoch, Method.STARS, charge, WHY)
        await house.refunds.went_back(house.epoch, Method.STARS, charge, WHY)
    balance = await house.balance()
    _same("cash and debt after every charge went back", (balance.cash, balance.debt), (0, flow.spent))
    order = await flow.order_for(Stars(1000))
    await flow.pay(order, "charge-repay")
    balance = await house.balance()
    _same("cash and debt after repaying", (balance.cash, balance.debt), (order.credited - flow.spent, 0))


async def books(flow: Flow) -> None:
    """Everything that happened fits together."""
    _same("findings of the audit", await flow.house.findings(), [])


STEPS: tuple[tuple[str, Step], ...] = (
    ("consent", consent),
    ("invoice", invoice),
    ("pre-checkout", pre_checkout),
    ("credit", credit),
    ("replays", replays),
    ("wrong amounts", wrong_amounts),
    ("spend", spend),
    ("failure", failure),
    ("refund", refund),
    ("no money", no_money),
    ("chargeback and debt", chargeback),
    ("books", books),
)


def _order(flow: Flow) -> Order:
    if flow.order is None:
        raise UnexpectedError("the first order", None, "an order")
    return flow.order


def _payment(flow: Flow) -> Payment:
    if flow.payment is None:
        raise UnexpectedError("the first payment", None, "a payment")
    return flow.payment


def _same(what: str, found: object, wanted: object) -> None:
    if found != wanted:
        raise UnexpectedError(what, found, wanted)


if __name__ == "__main__":
    sys.exit(main())
