"""Orders, what Telegram tells of their payment, and the payment we keep."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal, localcontext

from app.money import Kopecks, Stars
from app.payments.states import Method, Mismatch, OrderState, Outcome

STARS_CURRENCY = "XTR"

# As many as Telegram lets a Stars subscription cost; more at once is a slip of the finger.
LARGEST_ORDER = Stars(10_000)

# Wide enough that no product of Stars and rate is ever cut.
_EXACT = Context(prec=100, rounding=ROUND_FLOOR)


@dataclass(frozen=True, slots=True)
class StarsTerms:
    """`star_rub` roubles are credited for a Star; orders of up to `largest` Stars are good for `lifetime`.

    `packs` are the amounts offered with a button, in any order.
    """

    star_rub: Decimal
    packs: tuple[Stars, ...] = ()
    largest: Stars = LARGEST_ORDER
    lifetime: timedelta = timedelta(hours=1)

    @property
    def smallest(self) -> Stars:
        """The fewest Stars that are worth at least a kopeck."""
        with localcontext(_EXACT):
            return Stars(max(1, int((1 / (self.star_rub * 100)).to_integral_value(ROUND_CEILING))))

    @property
    def offered(self) -> tuple[Stars, ...]:
        """The packs that can be ordered, the smallest first, each once."""
        return tuple(sorted({pack for pack in self.packs if self.takes(pack)}))

    def takes(self, stars: int) -> bool:
        """Whether an order of so many Stars is taken."""
        return self.smallest <= stars <= self.largest

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
        with localcontext(_EXACT):
            return Kopecks(int((stars * self.star_rub * 100).to_integral_value(ROUND_FLOOR)))


@dataclass(frozen=True, slots=True)
class Order:
    """A wish to put in a sum. `payload` is the unguessable text that the invoice carries (32 bytes of ASCII)."""

    id: int
    user_id: int
    method: Method
    stars: Stars
    credited: Kopecks
    star_rub: Decimal
    currency: str
    payload: str
    state: OrderState
    created_at: datetime
    expires_at: datetime
    paid_at: datetime | None


@dataclass(frozen=True, slots=True)
class PreCheckout:
    """The facts of a `pre_checkout_query`; `total_amount` in the smallest units of the currency."""

    query_id: str
    user_id: int
    currency: str
    total_amount: int
    payload: str


@dataclass(frozen=True, slots=True)
class SuccessfulPayment:
    """The facts of a `successful_payment`; `charge_id` is Telegram's, unique per payment."""

    user_id: int
    currency: str
    total_amount: int
    payload: str
    charge_id: str


@dataclass(frozen=True, slots=True)
class Payment:
    """Outside money as it was booked: `booked` kopecks to the person or to the suspense account.

    `is_new` is false when this charge had been booked before. `mismatch` says why it is suspended.
    """

    id: int
    charge_id: str
    user_id: int
    order_id: int | None
    outcome: Outcome
    mismatch: Mismatch | None
    booked: Kopecks
    is_new: bool


@dataclass(frozen=True, slots=True)
class Booking:
    """How a payment is about to be booked; `mismatch` is given exactly when it is suspended."""

    outcome: Outcome
    booked: Kopecks
    moment: datetime
    order_id: int | None = None
    mismatch: Mismatch | None = None
