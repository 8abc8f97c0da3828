"""Receipts of bank transfers, and what operators decide about them."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2s

from app.money import Kopecks
from app.payments.order import Order
from app.payments.receipts.states import Approval, FileKind, ReceiptState


@dataclass(frozen=True, slots=True)
class ReceiptFile:
    """A file as Telegram names it; `size` in bytes as far as it was told."""

    file_id: str
    unique_id: str
    kind: FileKind
    size: int | None


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """`digest` is the SHA-256 of the bytes; `likeness` (see `fingerprint`) only pictures have."""

    digest: bytes
    likeness: bytes | None


@dataclass(frozen=True, slots=True)
class Twin:
    """An earlier receipt that this one repeats: byte for byte, or (not `exact`) to the eye."""

    receipt_id: int
    exact: bool


@dataclass(frozen=True, slots=True)
class Receipt:
    """A file that shall prove a transfer for an order.

    `asked` is the order's sum and `code` what had to be written in the transfer. `was_read` is false where the
    file could not be had, so nobody knows whether it is a copy. `first_by` approved `first_amount` where two have
    to. `amount` is what was credited, `reason` why it was rejected.
    """

    id: int
    order_id: int
    user_id: int
    file: ReceiptFile
    asked: Kopecks
    code: str
    state: ReceiptState
    received_at: datetime
    was_read: bool
    twin: Twin | None
    first_by: int | None
    first_at: datetime | None
    first_amount: Kopecks | None
    decided_by: int | None
    decided_at: datetime | None
    amount: Kopecks | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Decision:
    """An operator approves `amount`. `alone`: nobody else could."""

    receipt_id: int
    operator_id: int
    amount: Kopecks
    alone: bool


@dataclass(frozen=True, slots=True)
class Decided:
    """The receipt after a tap, and what the tap did."""

    receipt: Receipt
    approval: Approval


def transfer_code(order: Order) -> str:
    """What has to stand in the transfer, `57-A3F0`: the order's number, and four digits so that no slip fits."""
    return f"{order.id}-{blake2s(order.payload.encode(), digest_size=2).hexdigest().upper()}"
