"""Money as integers: kopecks for roubles, whole Stars, Decimal only on the way from a price list."""

from decimal import ROUND_CEILING, Decimal
from typing import NewType

Kopecks = NewType("Kopecks", int)
"""An amount in kopecks (1/100 rouble). Never a float."""

Stars = NewType("Stars", int)
"""An amount in Telegram Stars (XTR), whole."""

Credits = NewType("Credits", Decimal)
"""KIE credits; one is 0.005 USD (KIE's own price endpoint gives both, the ratio is constant)."""

USD_PER_CREDIT = Decimal("0.005")

USD_PER_STAR = Decimal("0.013")
"""What a Star brings the owner when it is withdrawn, after Telegram's fees."""


def from_roubles(roubles: Decimal | int) -> Kopecks:
    """Roubles to kopecks; raises ValueError when the amount has fractions of a kopeck."""
    kopecks = Decimal(roubles) * 100
    if kopecks != kopecks.to_integral_value():
        raise ValueError(f"{roubles} roubles is not a whole number of kopecks")
    return Kopecks(int(kopecks))


def rouble_cost(credits_: Credits, usd_rub: Decimal) -> Kopecks:
    """What KIE's credits cost us, without markup, at a rate in roubles for a dollar; rounded up."""
    return ceil_to_kopeck(credits_ * USD_PER_CREDIT * usd_rub)


def ceil_to_kopeck(roubles: Decimal) -> Kopecks:
    """Roubles to kopecks, rounded up: what a price does."""
    return Kopecks(int((roubles * 100).to_integral_value(rounding=ROUND_CEILING)))
