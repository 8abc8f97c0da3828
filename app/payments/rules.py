"""Whether money fits its order, and where it is booked; pure, the same comparison before and after the payment."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.money import Kopecks, Stars
from app.payments.order import Arrival, Order, PreCheckout
from app.payments.states import Mismatch, OrderState, Outcome
from app.payments.terms import ROUBLES, STARS_CURRENCY, StarsTerms


class Refusal(StrEnum):
    """Why a payment is refused before it happens."""

    UNKNOWN_ORDER = "unknown_order"
    WRONG_PERSON = "wrong_person"
    WRONG_CURRENCY = "wrong_currency"
    WRONG_AMOUNT = "wrong_amount"
    ALREADY_PAID = "already_paid"
    EXPIRED = "expired"
    BANNED = "banned"
    SUBSCRIBED = "subscribed"
    STORAGE_AWAY = "storage_away"


@dataclass(frozen=True, slots=True)
class PreCheckoutVerdict:
    """The answer to a pre-checkout query; `reason` is None exactly when `ok`."""

    ok: bool
    reason: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Ruling:
    """Where money is booked: `booked` kopecks to `user_id`, or to suspense, where that is a note who paid.

    `order` is the one that this settles; `mismatch` is None exactly when the money fits it.
    """

    outcome: Outcome
    booked: Kopecks
    user_id: int | None
    order: Order | None
    mismatch: Mismatch | None


def mismatch_of(order: Order | None, money: PreCheckout | Arrival) -> Mismatch | None:
    """How this money differs from what the order asked for; None when it is exactly that."""
    if order is None or order.payload != money.payload:
        return Mismatch.UNKNOWN_ORDER
    if isinstance(money, Arrival) and order.method is not money.method:
        return Mismatch.UNKNOWN_ORDER
    if money.payer is not None and order.user_id != money.payer:
        return Mismatch.WRONG_PERSON
    if order.currency != money.currency:
        return Mismatch.WRONG_CURRENCY
    return None if order.amount == money.amount else Mismatch.WRONG_AMOUNT


def ruling(order: Order | None, money: Arrival, *, payer_is_known: bool, stars: StarsTerms) -> Ruling:
    """The written rule for money that has come in; none is ever lost.

    Exactly what its order asked for: what the order promised. Another amount: what came, at the order's rate. No
    order of that person: what came, at today's rate, to the payer if we know them. Anything else, and what has no
    value in roubles, waits in the suspense account for an operator.
    """
    mismatch = mismatch_of(order, money)
    if order is not None and mismatch is None:
        return Ruling(Outcome.CREDITED, order.credited, order.user_id, order, None)
    if order is not None and mismatch is Mismatch.WRONG_AMOUNT and order.worth(money.amount) > 0:
        return Ruling(Outcome.CREDITED, order.worth(money.amount), order.user_id, order, mismatch)
    value = value_today(money.currency, money.amount, stars)
    ownerless = mismatch in (Mismatch.UNKNOWN_ORDER, Mismatch.WRONG_PERSON)
    is_credited = ownerless and payer_is_known and value > 0
    outcome = Outcome.CREDITED if is_credited else Outcome.SUSPENDED
    return Ruling(outcome, value, money.payer, None, mismatch)


def value_today(currency: str, amount: int, stars: StarsTerms) -> Kopecks:
    """What an amount is worth without an order; 0 for a currency that we do not take."""
    if amount <= 0:
        return Kopecks(0)
    if currency == STARS_CURRENCY:
        return stars.credited(Stars(amount))
    return Kopecks(amount if currency == ROUBLES else 0)


@dataclass(frozen=True, slots=True)
class Payer:
    """What is known of who wants to pay: banned, or about to be deleted; with a subscription that is paid for now."""

    banned: bool = False
    subscribed: bool = False


def verdict(order: Order | None, query: PreCheckout, payer: Payer, *, moment: datetime) -> PreCheckoutVerdict:
    """Whether the person may pay at `moment`; nobody subscribes twice."""
    reason = _refusal(order, query, moment=moment)
    if reason is None and payer.banned:
        reason = Refusal.BANNED
    if reason is None and order is not None and order.period is not None and payer.subscribed:
        reason = Refusal.SUBSCRIBED
    return PreCheckoutVerdict(ok=reason is None, reason=reason)


def _refusal(order: Order | None, query: PreCheckout, *, moment: datetime) -> Refusal | None:
    mismatch = mismatch_of(order, query)
    if order is None or mismatch is not None:
        return Refusal(mismatch or Mismatch.UNKNOWN_ORDER)
    if order.state in (OrderState.PAID, OrderState.REFUNDED):
        return Refusal.ALREADY_PAID
    if order.state in (OrderState.EXPIRED, OrderState.REFUSED) or moment >= order.expires_at:
        return Refusal.EXPIRED
    return None
