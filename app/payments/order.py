"""Orders, what a provider tells of their payment, and the payment we keep."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from app.money import Kopecks
from app.payments.states import Method, Mismatch, OrderState, Outcome
from app.payments.terms import worth


@dataclass(frozen=True, slots=True)
class Order:
    """A wish to put in `amount` smallest units of `currency`, for which `credited` kopecks are promised.

    `payload` is the unguessable text (32 characters of ASCII) by which the provider names the order; `rate` is
    what a unit is worth in roubles, frozen; `period` is given for a subscription.
    """

    id: int
    user_id: int
    method: Method
    amount: int
    credited: Kopecks
    rate: Decimal
    currency: str
    period: timedelta | None
    payload: str
    state: OrderState
    created_at: datetime
    expires_at: datetime
    paid_at: datetime | None

    def worth(self, amount: int) -> Kopecks:
        """What another amount than the one asked for is worth at the order's own rate."""
        return worth(amount, self.rate)


@dataclass(frozen=True, slots=True)
class PreCheckout:
    """The facts of a `pre_checkout_query`; `amount` in the smallest units of the currency."""

    query_id: str
    payer: int
    currency: str
    amount: int
    payload: str


@dataclass(frozen=True, slots=True)
class Arrival:
    """Outside money that has come in, as its provider says, or an operator who saw it.

    `charge_id` names it within its method, once for ever. `payer` is None where the provider does not tell who
    paid: then it is whoever the order belongs to. `paid_until` is the end of what a subscription's charge pays.
    """

    method: Method
    charge_id: str
    payer: int | None
    currency: str
    amount: int
    payload: str
    paid_until: datetime | None = None

    @property
    def key(self) -> str:
        """The ledger's key of this money."""
        return f"{self.method}:{self.charge_id}"


@dataclass(frozen=True, slots=True)
class Payment:
    """Outside money as it was booked: `booked` kopecks to `user_id`, or to the suspense account.

    `amount` is what came in smallest units of `currency`, `payload` the text that named an order. `mismatch` says
    how it differs from that order; then an operator shall look at it: `reviewed_by` is who did. `is_new` is false
    when this charge had been booked before.
    """

    id: int
    method: Method
    charge_id: str
    user_id: int | None
    order_id: int | None
    currency: str
    amount: int
    outcome: Outcome
    mismatch: Mismatch | None
    booked: Kopecks
    payload: str
    received_at: datetime
    reviewed_by: str | None
    is_new: bool = False

    @property
    def key(self) -> str:
        """The ledger's key of this money."""
        return f"{self.method}:{self.charge_id}"
