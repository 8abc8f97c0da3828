"""From KIE's credits to kopecks."""

from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Context, Decimal, localcontext

from app.catalogue import ModelSpec
from app.money import USD_PER_CREDIT, USD_PER_STAR, Credits, Kopecks
from app.offers.errors import InvalidRatesError

# Wide enough that no product of credits, rate and markup is ever cut; were one cut, it would be upwards.
_EXACT = Context(prec=100, rounding=ROUND_CEILING)
_MILLIONTH = Decimal("0.000001")

NOTHING = Kopecks(0)

DEAREST_IMPROVEMENT = Kopecks(100_000)
"""A thousand roubles: more is a slip of the finger."""


@dataclass(frozen=True, slots=True)
class Rates:
    """Roubles for a dollar, how many times the cost is asked, roubles credited for a Star, the price of an improvement.

    An improvement of a text costs 0 as long as it shall be for nothing. Raises InvalidRatesError below cost.
    """

    usd_rub: Decimal
    markup: Decimal
    star_rub: Decimal = Decimal(1)
    improvement: Kopecks = NOTHING

    def __post_init__(self) -> None:
        finite = all(rate.is_finite() for rate in (self.usd_rub, self.markup, self.star_rub))
        sensible = NOTHING <= self.improvement <= DEAREST_IMPROVEMENT
        if not (finite and sensible) or self.usd_rub <= 0 or self.markup < 1 or self.star_rub <= 0:
            raise InvalidRatesError(self.usd_rub, self.markup, self.star_rub)

    def of(self, spec: ModelSpec) -> "Rates":
        """As they are for this model: with its own markup, where it has one."""
        return self if spec.markup is None else replace(self, markup=spec.markup)

    def price(self, credits_: Credits) -> Kopecks:
        """`unrounded`, up to a whole kopeck."""
        return _whole(self.unrounded(credits_))

    def unrounded(self, credits_: Credits) -> Decimal:
        """Credits x 0.005 USD x exchange rate x markup in kopecks, to a millionth, never less.

        More where Stars would not bring the cost: then what is credited for as many Stars as the cost takes.
        """
        return self._asked(credits_, self.markup)

    def price_of_improvement(self, most: Credits) -> Kopecks:
        """What operators ask for one, or nothing; never less than it costs us, at `most` credits."""
        if self.improvement == 0:
            return Kopecks(0)
        return max(self.improvement, _whole(self._asked(most, Decimal(1))))

    def _asked(self, credits_: Credits, markup: Decimal) -> Decimal:
        with localcontext(_EXACT):
            dollars = credits_ * USD_PER_CREDIT
            by_markup = dollars * self.usd_rub * markup
            by_stars = dollars * self.star_rub / USD_PER_STAR
            return (max(by_markup, by_stars) * 100).quantize(_MILLIONTH)

    def covers(self, *, asked: Credits, cost: Credits) -> bool:
        """Whether the price for `asked` credits pays for a cost of `cost` credits, by whatever way it was paid in."""
        with localcontext(_EXACT):
            per_dollar = max(self.usd_rub, self.star_rub / USD_PER_STAR)
            return asked * max(self.usd_rub * self.markup, per_dollar) >= cost * per_dollar


def _whole(kopecks: Decimal) -> Kopecks:
    return Kopecks(int(kopecks.to_integral_value(rounding=ROUND_CEILING)))
