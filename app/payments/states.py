"""The life of an order, and what became of a payment and of its refund."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class OrderState(StrEnum):
    """An open order past its `expires_at` is refused before a payment, but credited after one, like any other."""

    OPEN = "open"
    CLAIMED = "claimed"  # the person says it is paid; somebody has to look, so it does not expire
    PAID = "paid"
    REFUSED = "refused"  # who looked found no money, or the provider gave it up
    EXPIRED = "expired"
    REFUNDED = "refunded"  # everything that came in for it went back


class OrderEvent(StrEnum):
    """What can happen to an order. Each may come at any time and twice."""

    CLAIM = "claim"
    PAY = "pay"  # money came in for it, whatever the sum
    REFUSE = "refuse"
    EXPIRE = "expire"
    REFUND = "refund"


MOVES: Mapping[OrderState, Mapping[OrderEvent, OrderState]] = MappingProxyType(
    {
        OrderState.OPEN: {
            OrderEvent.CLAIM: OrderState.CLAIMED,
            OrderEvent.PAY: OrderState.PAID,
            OrderEvent.REFUSE: OrderState.REFUSED,
            OrderEvent.EXPIRE: OrderState.EXPIRED,
        },
        OrderState.CLAIMED: {OrderEvent.PAY: OrderState.PAID, OrderEvent.REFUSE: OrderState.REFUSED},
        OrderState.PAID: {OrderEvent.REFUND: OrderState.REFUNDED},
        # Money has the last word: whoever pays late, or after a refusal, has paid.
        OrderState.REFUSED: {OrderEvent.CLAIM: OrderState.CLAIMED, OrderEvent.PAY: OrderState.PAID},
        OrderState.EXPIRED: {OrderEvent.CLAIM: OrderState.CLAIMED, OrderEvent.PAY: OrderState.PAID},
        OrderState.REFUNDED: {},
    }
)


def after(state: OrderState, event: OrderEvent) -> OrderState:
    """Where the event leads; where it leads nowhere, the order stays what it is."""
    return MOVES[state].get(event, state)


class Method(StrEnum):
    """The ways to put money in; the value names the ledger's account of that provider, too."""

    STARS = "stars"
    BANK = "bank"


class Outcome(StrEnum):
    """Where the money of a payment was booked."""

    CREDITED = "credited"  # to a person
    SUSPENDED = "suspended"  # to the suspense account: an operator has to look


class Mismatch(StrEnum):
    """How money that came in, or is about to, differs from what an order asked for."""

    UNKNOWN_ORDER = "unknown_order"
    WRONG_PERSON = "wrong_person"
    WRONG_CURRENCY = "wrong_currency"
    WRONG_AMOUNT = "wrong_amount"


class RefundState(StrEnum):
    """A refund that was asked for is carried out until the provider has answered for good."""

    ASKED = "asked"
    DONE = "done"
    REFUSED = "refused"  # the provider will never do it: what was set aside is free again


class RenewalState(StrEnum):
    """Whether a subscription will be paid again when its month is over."""

    ACTIVE = "active"
    CANCELED = "canceled"
    FAILED = "failed"  # the provider could not take the money
