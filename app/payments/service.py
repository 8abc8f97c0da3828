"""Orders, and the booking of the money that comes in for them."""

import asyncio
import logging
from dataclasses import replace
from secrets import token_urlsafe

from app.clock import Clock
from app.db import Database, Epoch, ReadSession, Session
from app.errors import StorageBusyError, StorageUnavailableError
from app.inbox import Step
from app.ledger import Corrections, Explanation, HouseAccount, Ledger, payments_account
from app.offers import RatesInForce
from app.payments.errors import UnknownOrderError
from app.payments.order import Arrival, Order, Payment, PreCheckout
from app.payments.payers import Payers
from app.payments.repository import orders, payments, subscriptions
from app.payments.rules import Payer, PreCheckoutVerdict, Refusal, Ruling, ruling, verdict
from app.payments.states import Method, OrderEvent, OrderState, Outcome
from app.payments.terms import StarsTerms, Wish

logger = logging.getLogger(__name__)

_PAYLOAD_BYTES = 24  # random ones; 32 characters of text
_EXPIRED_AT_ONCE = 1000
PRE_CHECKOUT_SECONDS = 4.0
"""Telegram forgets a query after ten; what is left is for the answer's own way."""


class PaymentService:
    """The way of outside money into the ledger, the same for every method, at the terms that an order froze."""

    def __init__(
        self,
        database: Database,
        ledger: Ledger,
        corrections: Corrections,
        payers: Payers,
        terms: StarsTerms,
        rates: RatesInForce,
        clock: Clock,
    ) -> None:
        self._database = database
        self._ledger = ledger
        self._corrections = corrections
        self._payers = payers
        self._terms = terms
        self._rates = rates
        self._clock = clock

    @property
    def terms(self) -> StarsTerms:
        """What a new order in Stars will freeze, at the rate in force."""
        return replace(self._terms, star_rub=self._rates.now.star_rub)

    async def create_order(self, step: Step, user_id: int, wish: Wish) -> Order:
        """The order that stands before its invoice; the same event gets the same order again.

        Raises UnknownUserError, ConsentMissingError and TooManyOrdersError.
        """
        async with self._database.unit_of_work(step.epoch) as session:
            await self._payers.lock(session, user_id)
            stored = await orders.order_of_event(session, step.event_id)
            if stored is not None:
                return stored
            await self._payers.admit(session, user_id, self._clock.now())
            return await orders.insert_order(session, self._order(user_id, wish), step.event_id)

    async def get(self, session: ReadSession, order_id: int) -> Order:
        """The order as stored; raises UnknownOrderError."""
        return _known(order_id, await orders.order_with_id(session, order_id))

    async def pending(self, session: ReadSession, user_id: int, method: Method) -> Order | None:
        """The person's newest order by this method that waits for money or for somebody to look."""
        states = (OrderState.OPEN, OrderState.CLAIMED)
        return await orders.newest_order(session, user_id, method, states)

    async def move(self, session: Session, order_id: int, event: OrderEvent) -> Order:
        """CLAIM and REFUSE, which move no money: the order after it, unchanged where the event leads nowhere.

        In the caller's unit of work, with the order locked from here on; raises UnknownOrderError.
        """
        order = _known(order_id, await orders.lock_order_with_id(session, order_id))
        return await orders.move(session, order, event, self._clock.now())

    async def check_pre_checkout(self, query: PreCheckout) -> PreCheckoutVerdict:
        """Whether the person may pay. Writes nothing and raises nothing for a storage that is away.

        Two at once for one open order may both be paid, and both are credited: any instance answers, also one that
        may not write, so no approval is remembered.
        """
        try:
            async with asyncio.timeout(PRE_CHECKOUT_SECONDS), self._database.snapshot() as session:
                order = await orders.find_order(session, query.payload)
                payer = Payer() if order is None else await self._payers.of(session, order, self._clock.now())
        except (StorageUnavailableError, StorageBusyError, TimeoutError):
            logger.warning("a pre-checkout query met no storage", extra={"user_id": query.payer})
            return PreCheckoutVerdict(ok=False, reason=Refusal.STORAGE_AWAY)
        return verdict(order, query, payer, moment=self._clock.now())

    async def credit(self, epoch: Epoch, told: Arrival) -> Payment:
        """Books a charge once, however often and through whatever events it is told of."""
        async with self._database.unit_of_work(epoch) as session:
            return await self.book(session, told)

    async def book(self, session: Session, told: Arrival) -> Payment:
        """The same inside the caller's unit of work, by the written rule of `rules.ruling`."""
        order = await orders.lock_order(session, told.payload)
        is_known = told.payer is not None and await self._payers.is_known(session, told.payer)
        await self._rates.read(session)
        ruled = ruling(order, told, payer_is_known=is_known, stars=self.terms)
        payment = await payments.put_payment(session, told, ruled, self._clock.now())
        if payment.is_new:
            await self._move_money(session, payment)
            if ruled.order is not None:
                await self._settle(session, ruled.order, told)
        _report(payment, ruled)
        return payment

    async def expire(self, epoch: Epoch) -> int:
        """Marks the open orders whose time is over; returns how many. What comes in for them is still credited."""
        async with self._database.unit_of_work(epoch) as session:
            return await orders.expire(session, self._clock.now(), _EXPIRED_AT_ONCE)

    async def _move_money(self, session: Session, payment: Payment) -> None:
        if payment.booked <= 0:
            return
        if payment.outcome is Outcome.CREDITED and payment.user_id is not None:
            await self._payers.reward_inviter(session, payment)
            await self._ledger.credit(
                session,
                user_id=payment.user_id,
                amount=payment.booked,
                source=payments_account(payment.method),
                key=payment.key,
            )
            return
        await self._corrections.book(
            session,
            debit=payments_account(payment.method),
            credit=HouseAccount.SUSPENSE,
            amount=payment.booked,
            key=payment.key,
            why=Explanation(actor="payments", reason=str(payment.mismatch)),
        )

    async def _settle(self, session: Session, order: Order, told: Arrival) -> None:
        moment = self._clock.now()
        await orders.move(session, order, OrderEvent.PAY, moment)
        if order.period is not None:
            paid_until = told.paid_until or moment + order.period
            await subscriptions.extend(session, order, told.charge_id, paid_until, moment)

    def _order(self, user_id: int, wish: Wish) -> Order:
        moment = self._clock.now()
        return Order(
            id=0,
            user_id=user_id,
            method=wish.method,
            amount=wish.amount,
            credited=wish.credited,
            rate=wish.rate,
            currency=wish.currency,
            period=wish.period,
            payload=token_urlsafe(_PAYLOAD_BYTES),
            state=OrderState.OPEN,
            created_at=moment,
            expires_at=moment + wish.lifetime,
            paid_at=None,
        )


def _known(order_id: int, order: Order | None) -> Order:
    if order is None:
        raise UnknownOrderError(order_id)
    return order


def _report(payment: Payment, ruled: Ruling) -> None:
    facts = {
        "payment_id": payment.id,
        "user_id": payment.user_id,
        "charge_id": payment.charge_id,
        "order_id": payment.order_id,
    }
    if not payment.is_new:
        logger.info("a charge was told of again", extra=facts)
    elif payment.mismatch is not None:
        logger.error("a payment fits no order", extra={**facts, "mismatch": payment.mismatch.value})
    elif ruled.order is not None and ruled.order.paid_at is not None and ruled.order.period is None:
        logger.error("an order was paid twice", extra=facts)
    else:
        logger.info("a payment was credited", extra=facts)
