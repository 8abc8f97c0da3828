"""Whether money fits its order; pure, the same comparison before and after the payment."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.payments.order import Order, PreCheckout, SuccessfulPayment
from app.payments.states import Mismatch, OrderState


class Refusal(StrEnum):
    """Why a payment is refused before it happens."""

    UNKNOWN_ORDER = "unknown_order"
    WRONG_PERSON = "wrong_person"
    WRONG_CURRENCY = "wrong_currency"
    WRONG_AMOUNT = "wrong_amount"
    ALREADY_PAID = "already_paid"
    EXPIRED = "expired"
    BANNED = "banned"
    STORAGE_AWAY = "storage_away"


@dataclass(frozen=True, slots=True)
class PreCheckoutVerdict:
    """The answer to a pre-checkout query; `reason` is None exactly when `ok`."""

    ok: bool
    reason: Refusal | None = None


def matched(order: Order | None, money: PreCheckout | SuccessfulPayment) -> Order | Mismatch:
    """The order, when this money is exactly what it asked for; else how the two differ."""
    if order is None or order.payload != money.payload:
        return Mismatch.UNKNOWN_ORDER
    if order.user_id != money.user_id:
        return Mismatch.WRONG_PERSON
    if order.currency != money.currency:
        return Mismatch.WRONG_CURRENCY
    if order.stars != money.total_amount:
        return Mismatch.WRONG_AMOUNT
    return order


def verdict(order: Order | None, query: PreCheckout, *, banned: bool, moment: datetime) -> PreCheckoutVerdict:
    """Whether the person may pay at `moment`."""
    reason = _refusal(matched(order, query), banned=banned, moment=moment)
    return PreCheckoutVerdict(ok=reason is None, reason=reason)


def _refusal(order: Order | Mismatch, *, banned: bool, moment: datetime) -> Refusal | None:
    if isinstance(order, Mismatch):
        return Refusal(order)
    if order.state is OrderState.PAID:
        return Refusal.ALREADY_PAID
    if moment >= order.expires_at:
        return Refusal.EXPIRED
    return Refusal.BANNED if banned else None
