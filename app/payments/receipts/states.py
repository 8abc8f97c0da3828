"""The life of a receipt; pure."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class ReceiptState(StrEnum):
    """Nothing is credited in any state but APPROVED."""

    RECEIVED = "received"  # its file was not read yet, so nobody decides
    WAITING = "waiting"  # for an operator
    SECONDED = "seconded"  # one approved a sum that needs two
    APPROVED = "approved"  # credited
    REJECTED = "rejected"


MOVES: Mapping[ReceiptState, frozenset[ReceiptState]] = MappingProxyType(
    {
        ReceiptState.RECEIVED: frozenset({ReceiptState.WAITING}),
        ReceiptState.WAITING: frozenset(
            {ReceiptState.SECONDED, ReceiptState.APPROVED, ReceiptState.REJECTED}
        ),
        # To itself: another sum than the one that was approved first begins the counting anew.
        ReceiptState.SECONDED: frozenset(
            {ReceiptState.SECONDED, ReceiptState.APPROVED, ReceiptState.REJECTED}
        ),
        ReceiptState.APPROVED: frozenset(),
        ReceiptState.REJECTED: frozenset(),
    }
)

UNDECIDED: frozenset[ReceiptState] = frozenset(
    {ReceiptState.RECEIVED, ReceiptState.WAITING, ReceiptState.SECONDED}
)
DECIDABLE: frozenset[ReceiptState] = frozenset({ReceiptState.WAITING, ReceiptState.SECONDED})


class FileKind(StrEnum):
    """How Telegram keeps what people send as a receipt, and so how it is sent on to operators."""

    PHOTO = "photo"
    DOCUMENT = "document"  # a PDF, or a picture that was sent as a file


class Received(StrEnum):
    """What became of a file that was sent as a receipt."""

    TAKEN = "taken"
    ALREADY = "already"  # the order has one that nobody has decided about
    CLOSED = "closed"  # the order is paid, or not this person's
    TOO_MANY = "too_many"  # so many receipts a day are not looked at


class Approval(StrEnum):
    """What became of a tap on Approve."""

    CREDITED = "credited"
    SECONDED = "seconded"  # the sum needs two, this was the first
    NEEDS_ANOTHER = "needs_another"  # the same operator again, and there are others
    TOO_SOON = "too_soon"  # the only operator again, before a minute was over
    UNREAD = "unread"  # the file was not read yet
    COPY = "copy"  # the very same file was credited before
    DECIDED = "decided"  # somebody was quicker
