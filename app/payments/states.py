"""The life of an order, and what became of a payment."""

from enum import StrEnum


class OrderState(StrEnum):
    """An order past its `expires_at` is still open: it is refused before the payment, but credited after one."""

    OPEN = "open"
    PAID = "paid"


MOVES: dict[OrderState, frozenset[OrderState]] = {
    OrderState.OPEN: frozenset({OrderState.PAID}),
    OrderState.PAID: frozenset(),
}


class Method(StrEnum):
    """The ways to put money in; the value names the ledger's account of that provider, too."""

    STARS = "stars"


class Outcome(StrEnum):
    """Where the money of a payment was booked."""

    CREDITED = "credited"  # to the person of its order
    SUSPENDED = "suspended"  # to the suspense account: an operator has to look


class Mismatch(StrEnum):
    """Why money that came in, or is about to, does not belong to an order."""

    UNKNOWN_ORDER = "unknown_order"
    WRONG_PERSON = "wrong_person"
    WRONG_CURRENCY = "wrong_currency"
    WRONG_AMOUNT = "wrong_amount"
