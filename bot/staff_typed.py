"""What the staff types: sums, rates and reasons."""

import re
from dataclasses import dataclass
from decimal import Decimal

from app.money import Kopecks, from_roubles

LONGEST_REASON = 300

# No digit stands before the reason: "1 000 why" could be one rouble or a thousand.
_NUMBER = re.compile(r"\s*([0-9]{1,9}(?:[.,][0-9]{1,6})?)(?!\s*[0-9.,])\s*₽?\s*(.*)", re.DOTALL)
_ALONE = re.compile(r"[0-9\s.,]+₽?")
GENERATION = r"^\s*[#№]\s*([0-9]{1,18})\s*$"
"""A generation by its number, as `№ 12` or `#12`."""
_LARGEST_SUM = 10_000_000  # roubles: more is a slip of the finger


@dataclass(frozen=True)
class TypedNumber:
    """`81.5 the central bank's rate`: a number, and the words after it (maybe none)."""

    value: Decimal
    reason: str

    @property
    def kopecks(self) -> Kopecks | None:
        """The number as roubles; None when it has parts of a kopeck or is far too large."""
        if self.value > _LARGEST_SUM or self.value * 100 % 1:
            return None
        return from_roubles(self.value)


def read_number(text: str) -> TypedNumber | None:
    """None when the text does not begin with a number above zero."""
    typed = read_number_or_zero(text)
    return None if typed is None or typed.value == 0 else typed


def read_number_or_zero(text: str) -> TypedNumber | None:
    """None when the text does not begin with a number."""
    found = _NUMBER.fullmatch("".join(text.split()) if _ALONE.fullmatch(text.strip()) else text)
    if found is None:
        return None
    return TypedNumber(Decimal(found[1].replace(",", ".")), read_reason(found[2]))


def read_generation(text: str) -> int | None:
    """The number in `№ 12`; None for any other text."""
    found = re.match(GENERATION, text)
    return int(found[1]) if found else None


def read_reason(text: str) -> str:
    """The words in one line, cut where they are too long for a log."""
    return " ".join(text.split())[:LONGEST_REASON]
