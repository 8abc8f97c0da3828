"""What needs a hand."""

from dataclasses import dataclass
from enum import StrEnum

from app.money import Kopecks


class AlertKind(StrEnum):
    """The causes, in the order in which they are told."""

    BOOKS_BROKEN = "books_broken"
    CHARGED_BACK = "charged_back"  # a payment went back and nobody of the staff had asked for it
    REFUND_REFUSED = "refund_refused"
    STRANGE_PAYMENT = "strange_payment"
    RECEIPT_LATE = "receipt_late"
    ACCOUNT_REFUSED = "account_refused"  # KIE refuses our key or our credits
    ACCOUNT_BACK = "account_back"  # and does so no more
    DEAD_WORK = "dead_work"  # an event or a job that nobody will try again by itself
    MODEL_OFF_SALE = "model_off_sale"  # it would lose money, or is gone at KIE
    MODEL_SOLD_AGAIN = "model_sold_again"  # and does so no more
    FORGED = "forged"  # many webhooks without the secret
    MARKET_CHANGED = "market_changed"  # KIE has, asks or takes something else than our files say


@dataclass(frozen=True, slots=True)
class Cause:
    """One thing that needs a hand: `subject` is the id of the payment, of the receipt, or the audit's findings.

    Of a refused account it is how many generations failed by it, of forged webhooks how many were refused in a minute,
    of dead work what the work was about. `user_id` is whom it concerns, `detail` the word of the provider, the rule or
    the name of the work, where there is one. `detail` of a model is read by `MarketDetail.of`.
    """

    key: str
    subject: int
    user_id: int | None
    amount: Kopecks
    detail: str


@dataclass(frozen=True, slots=True)
class MarketDetail:
    """What a cause tells of a model: the kind of change, the input or price row, both values, and its name.

    Of a model off sale the kind is `gone` or `cost`, and the values are our price and the cost, in kopecks.
    """

    change: str
    what: str
    before: str
    after: str
    name: str

    @classmethod
    def of(cls, detail: str) -> "MarketDetail":
        """Of the text in a cause; only the last part, the name, may have a bar in it."""
        return cls(*detail.split("|", 4))


@dataclass(frozen=True, slots=True)
class Alert:
    """All new causes of one kind, at least one."""

    kind: AlertKind
    causes: tuple[Cause, ...]
