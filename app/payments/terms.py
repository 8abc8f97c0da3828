"""At what terms a method takes money: currency, bounds, what is credited, how long an order is good."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal, localcontext
from typing import Protocol

from app.money import Kopecks, Stars
from app.payments.errors import InvalidAmountError
from app.payments.states import Method

STARS_CURRENCY = "XTR"
ROUBLES = "RUB"
KOPECK_IN_ROUBLES = Decimal("0.01")

# As many as Telegram lets a Stars subscription cost; more at once is a slip of the finger.
LARGEST_ORDER = Stars(10_000)

MONTH = timedelta(seconds=2_592_000)
"""The only period that Telegram gives a subscription."""

# Wide enough that no product of an amount and a rate is ever cut.
_EXACT = Context(prec=100, rounding=ROUND_FLOOR)


def worth(amount: int, rate: Decimal) -> Kopecks:
    """floor(amount x rate) in kopecks; `rate` is roubles for one smallest unit of the currency."""
    with localcontext(_EXACT):
        return Kopecks(max(0, int((amount * rate * 100).to_integral_value(ROUND_FLOOR))))


@dataclass(frozen=True, slots=True)
class Wish:
    """What a new order freezes. `amount` counts the smallest units of `currency`, `rate` is roubles for one.

    `period` is given for a subscription: the first charge is asked for like any other and comes again after it.
    """

    method: Method
    currency: str
    amount: int
    credited: Kopecks
    rate: Decimal
    lifetime: timedelta
    period: timedelta | None = None


class Terms(Protocol):
    """What a method offers now."""

    def takes(self, amount: int) -> bool:
        """Whether an order of so many smallest units is taken."""
        ...

    def wish(self, amount: int) -> Wish:
        """An order of so many smallest units; raises InvalidAmountError."""
        ...


@dataclass(frozen=True, slots=True)
class StarsTerms:
    """`star_rub` roubles are credited for a Star; orders of up to `largest` Stars are good for `lifetime`.

    `packs` are the amounts offered with a button, in any order; `monthly` Stars are what a subscription costs,
    None where there is none.
    """

    star_rub: Decimal
    packs: tuple[Stars, ...] = ()
    largest: Stars = LARGEST_ORDER
    lifetime: timedelta = timedelta(hours=1)
    monthly: Stars | None = None

    @property
    def smallest(self) -> Stars:
        """The fewest Stars that are worth at least a kopeck."""
        with localcontext(_EXACT):
            return Stars(max(1, int((1 / (self.star_rub * 100)).to_integral_value(ROUND_CEILING))))

    @property
    def offered(self) -> tuple[Stars, ...]:
        """The packs that can be ordered, the smallest first, each once."""
        return tuple(sorted({pack for pack in self.packs if self.takes(pack)}))

    @property
    def subscription(self) -> Stars | None:
        """What a month of the subscription costs; None where none can be ordered."""
        return self.monthly if self.monthly is not None and self.takes(self.monthly) else None

    def takes(self, amount: int) -> bool:
        """Whether an order of so many Stars is taken."""
        return self.smallest <= amount <= self.largest

    def wish(self, amount: int) -> Wish:
        """An order of so many Stars; raises InvalidAmountError."""
        return self._wish(amount, None)

    def monthly_wish(self) -> Wish:
        """An order of the subscription; raises InvalidAmountError where there is none."""
        return self._wish(self.subscription or 0, MONTH)

    def worth(self, amount: Kopecks) -> Stars:
        """The fewest Stars that credit at least this much: ceil(amount / rate); it may be over `largest`."""
        with localcontext(_EXACT):
            exact = Decimal(amount) / (self.star_rub * 100)
            return Stars(max(self.smallest, int(exact.to_integral_value(ROUND_CEILING))))

    def fitting(self, amount: Kopecks) -> Stars:
        """The smallest pack that credits at least this much; without one exactly as many Stars as it takes.

        At most `largest`, so it may take two orders.
        """
        needed = self.worth(amount)
        pack = next((pack for pack in self.offered if pack >= needed), needed)
        return Stars(min(pack, self.largest))

    def credited(self, stars: Stars) -> Kopecks:
        """What the person gets: floor(stars x rate), in kopecks."""
        return worth(stars, self.star_rub)

    def _wish(self, amount: int, period: timedelta | None) -> Wish:
        if not self.takes(amount):
            raise InvalidAmountError(amount, self.smallest, self.largest)
        return Wish(
            method=Method.STARS,
            currency=STARS_CURRENCY,
            amount=amount,
            credited=self.credited(Stars(amount)),
            rate=self.star_rub,
            lifetime=self.lifetime,
            period=period,
        )


@dataclass(frozen=True, slots=True)
class RoubleTerms:
    """A method that takes roubles: a kopeck is credited for a kopeck, between `smallest` and `largest` inclusive.

    `buttons` are the sums offered, in any order.
    """

    method: Method
    smallest: Kopecks
    largest: Kopecks
    lifetime: timedelta
    buttons: tuple[Kopecks, ...] = ()

    @property
    def offered(self) -> tuple[Kopecks, ...]:
        """The sums that can be ordered by a button, the smallest first, each once."""
        return tuple(sorted({sum_ for sum_ in self.buttons if self.takes(sum_)}))

    def takes(self, amount: int) -> bool:
        """Whether an order of so many kopecks is taken."""
        return self.smallest <= amount <= self.largest

    def wish(self, amount: int) -> Wish:
        """An order of so many kopecks; raises InvalidAmountError."""
        if not self.takes(amount):
            raise InvalidAmountError(amount, self.smallest, self.largest)
        return Wish(self.method, ROUBLES, amount, Kopecks(amount), KOPECK_IN_ROUBLES, self.lifetime)
