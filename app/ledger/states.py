"""What a transfer can be, and how a hold ends."""

from enum import StrEnum


class TransferKind(StrEnum):
    """Why money moved. A hold is resolved by one capture or one release, never by both."""

    CREDIT = "credit"  # outside money comes in
    BONUS = "bonus"  # a gift comes in
    HOLD = "hold"  # set aside
    CAPTURE = "capture"  # what was set aside is taken
    RELEASE = "release"  # what was set aside is given back
    REFUND = "refund"  # what was captured is given back
    CLAWBACK = "clawback"  # what came in is taken back
    ADJUST = "adjust"  # an operator's correction
