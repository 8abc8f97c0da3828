"""What a text means that one of the staff types; kept with the live screen like every other awaited text."""

from dataclasses import dataclass
from enum import StrEnum

_PREFIX = "staff"


class Asked(StrEnum):
    """What was asked for; `about` names what it is about."""

    FIND = "find"  # about nothing
    BAN = "ban"  # about a person
    UNBAN = "unban"
    OTHER = "other"  # about a receipt
    REJECT = "reject"
    REFUND = "refund"  # about a generation
    RETRY = "retry"
    REPLAY = "replay"  # about dead work, see `bot.staff_wishes`
    HOURS = "hours"  # about nothing
    REFUND_ALL = "refund_all"  # about a forecast
    PAYBACK = "payback"  # about a payment
    ASSIGN = "assign"
    KEEP = "keep"
    RATE = "rate"  # about a rate's name
    ADJUST = "adjust"  # about a bucket of a person, see `bot.staff_wishes`
    # Nothing more is asked for: what was typed waits to be agreed to. About the whole wish.
    ADJUST_READY = "adjust_ready"
    PAYBACK_READY = "payback_ready"
    STRANGE_READY = "strange_ready"
    REFUND_ALL_READY = "refund_all_ready"


@dataclass(frozen=True)
class Awaited:
    """One open question to one of the staff."""

    asked: Asked
    about: str = ""

    @property
    def text(self) -> str:
        """As the live screen keeps it."""
        return f"{_PREFIX}:{self.asked}:{self.about}"

    @property
    def number(self) -> int:
        """The id it is about; 0 where it is about none."""
        return int(self.about) if self.about.isdecimal() else 0


def read_awaited(awaits: str | None) -> Awaited | None:
    """What the live screen keeps; None when that is nothing of the staff's."""
    prefix, _, rest = (awaits or "").partition(":")
    asked, _, about = rest.partition(":")
    return Awaited(Asked(asked), about) if prefix == _PREFIX and asked in list(Asked) else None
