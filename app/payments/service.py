"""Orders and payments in Telegram Stars."""

import logging
from dataclasses import replace
from secrets import token_urlsafe

from app.clock import Clock
from app.db import Database, Epoch, ReadSession, Session
from app.errors import StorageUnavailableError
from app.inbox import Step
from app.ledger import Corrections, Explanation, HouseAccount, Ledger, payments_account
from app.money import Kopecks, Stars
from app.offers import RatesInForce
from app.payments import repository
from app.payments.errors import InvalidAmountError
from app.payments.order import (
    STARS_CURRENCY,
    Booking,
    Order,
    Payment,
    PreCheckout,
    StarsTerms,
    SuccessfulPayment,
)
from app.payments.rules import PreCheckoutVerdict, Refusal, matched, verdict
from app.payments.states import MOVES, Method, Mismatch, OrderState, Outcome
from app.users import UserService

logger = logging.getLogger(__name__)

_PAYLOAD_BYTES = 24  # random ones; 32 characters of text


class PaymentService:
    """The way of outside money into the ledger, at the terms that a new order freezes."""

    def __init__(
        self,
        database: Database,
        ledger: Ledger,
        corrections: Corrections,
        users: UserService,
        terms: StarsTerms,
        rates: RatesInForce,
        clock: Clock,
    ) -> None:
        self._database = database
        self._ledger = ledger
        self._corrections = corrections
        self._users = users
        self._terms = terms
        self._rates = rates
        self._clock = clock

    @property
    def terms(self) -> StarsTerms:
        """What a new order will freeze, at the rate in force."""
        return replace(self._terms, star_rub=self._rates.now.star_rub)

    async def create_order(self, step: Step, user_id: int, stars: Stars) -> Order:
        """The order that stands before its invoice; the same event gets the same order again.

        Raises InvalidAmountError.
        """
        async with self._database.unit_of_work(step.epoch) as session:
            await self._rates.read(session)
            if not self.terms.takes(stars):
                raise InvalidAmountError(stars, self.terms.smallest, self.terms.largest)
            stored = await repository.insert_order(session, self._order(user_id, stars), step.event_id)
            return stored or await repository.order_of_event(session, step.event_id)

    async def check_pre_checkout(self, query: PreCheckout) -> PreCheckoutVerdict:
        """Whether the person may pay. Writes nothing and raises nothing for a storage that is away."""
        try:
            async with self._database.snapshot() as session:
                order = await repository.find_order(session, query.payload)
                banned = order is not None and await self._is_banned(session, order.user_id)
        except StorageUnavailableError:
            logger.warning("a pre-checkout query met no storage", extra={"user_id": query.user_id})
            return PreCheckoutVerdict(ok=False, reason=Refusal.STORAGE_AWAY)
        return verdict(order, query, banned=banned, moment=self._clock.now())

    async def credit(self, epoch: Epoch, told: SuccessfulPayment) -> Payment:
        """Books a charge once: from its order, whatever the order's age, or else to the suspense account."""
        async with self._database.unit_of_work(epoch) as session:
            order = matched(await repository.lock_order(session, told.payload), told)
            if isinstance(order, Mismatch):
                payment = await self._suspend(session, told, order)
            else:
                payment = await self._credit(session, told, order)
        _report(payment, order)
        return payment

    async def _credit(self, session: Session, told: SuccessfulPayment, order: Order) -> Payment:
        moment = self._clock.now()
        payment = await repository.put_payment(
            session, told, Booking(Outcome.CREDITED, order.credited, moment, order_id=order.id)
        )
        if not payment.is_new:
            return payment
        if OrderState.PAID in MOVES[order.state]:
            await repository.mark_paid(session, order.id, moment)
        await self._ledger.credit(
            session,
            user_id=order.user_id,
            amount=payment.booked,
            source=payments_account(Method.STARS),
            key=f"stars:{payment.charge_id}",
        )
        return payment

    async def _suspend(self, session: Session, told: SuccessfulPayment, mismatch: Mismatch) -> Payment:
        worth = self.terms.credited(Stars(told.total_amount)) if told.currency == STARS_CURRENCY else 0
        payment = await repository.put_payment(
            session,
            told,
            Booking(Outcome.SUSPENDED, Kopecks(max(worth, 0)), self._clock.now(), mismatch=mismatch),
        )
        if payment.is_new and payment.booked > 0:
            await self._corrections.book(
                session,
                debit=payments_account(Method.STARS),
                credit=HouseAccount.SUSPENSE,
                amount=payment.booked,
                key=f"stars:{payment.charge_id}",
                why=Explanation(actor="payments", reason=mismatch.value),
            )
        return payment

    def _order(self, user_id: int, stars: Stars) -> Order:
        moment = self._clock.now()
        return Order(
            id=0,
            user_id=user_id,
            method=Method.STARS,
            stars=stars,
            credited=self.terms.credited(stars),
            star_rub=self.terms.star_rub,
            currency=STARS_CURRENCY,
            payload=token_urlsafe(_PAYLOAD_BYTES),
            state=OrderState.OPEN,
            created_at=moment,
            expires_at=moment + self.terms.lifetime,
            paid_at=None,
        )

    async def _is_banned(self, session: ReadSession, user_id: int) -> bool:
        return (await self._users.get(session, user_id)).banned


def _report(payment: Payment, order: Order | Mismatch) -> None:
    facts = {"payment_id": payment.id, "user_id": payment.user_id, "charge_id": payment.charge_id}
    if not payment.is_new:
        logger.info("a charge was told of again", extra=facts)
    elif isinstance(order, Mismatch):
        logger.error("a payment fits no order", extra={**facts, "mismatch": order.value})
    elif order.state is OrderState.PAID:
        logger.error("an order was paid twice", extra={**facts, "order_id": order.id})
    else:
        logger.info("a payment was credited", extra={**facts, "order_id": order.id})
