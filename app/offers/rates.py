"""From KIE's credits to kopecks."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, Context, Decimal, localcontext

from app.money import USD_PER_CREDIT, Credits, Kopecks, ceil_to_kopeck
from app.offers.errors import InvalidRatesError

# Wide enough that no product of credits, rate and markup is ever cut; were one cut, it would be upwards.
_EXACT = Context(prec=100, rounding=ROUND_CEILING)


@dataclass(frozen=True, slots=True)
class Rates:
    """Roubles for a dollar, and how many times the cost is asked; raises InvalidRatesError below cost."""

    usd_rub: Decimal
    markup: Decimal

    def __post_init__(self) -> None:
        finite = self.usd_rub.is_finite() and self.markup.is_finite()
        if not finite or self.usd_rub <= 0 or self.markup < 1:
            raise InvalidRatesError(self.usd_rub, self.markup)

    def price(self, credits_: Credits) -> Kopecks:
        """Credits x 0.005 USD x exchange rate x markup, rounded up to a kopeck."""
        with localcontext(_EXACT):
            return ceil_to_kopeck(credits_ * USD_PER_CREDIT * self.usd_rub * self.markup)
