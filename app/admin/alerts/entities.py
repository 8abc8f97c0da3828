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


@dataclass(frozen=True, slots=True)
class Cause:
    """One thing that needs a hand: `subject` is the id of the payment, of the receipt, or the audit's findings.

    `user_id` is whom it concerns, `detail` the word of the provider or the rule, where there is one.
    """

    key: str
    subject: int
    user_id: int | None
    amount: Kopecks
    detail: str


@dataclass(frozen=True, slots=True)
class Alert:
    """All new causes of one kind, at least one."""

    kind: AlertKind
    causes: tuple[Cause, ...]
