"""The rule for fewer results than were sold. Pure.

A price is for `sold` results. Of those that never came the share goes back, rounded up to a kopeck, so in the
person's favour; nothing came = everything goes back; more than was sold costs nothing more. Whole prices are captured
and the share is given back from the capture in the same unit (`Settlement.capture`): the ledger then keeps by itself
that a hold has one resolution, that no more comes back than was taken, and to which buckets.

What turns up after that is a gift: nobody looks for it, but when the result is sought again (`Restorer`) whatever is
there by then is delivered, and no money moves.
"""

from dataclasses import dataclass

from app.money import Kopecks


@dataclass(frozen=True, slots=True)
class Fewer:
    """How many results are missing, and what goes back for them."""

    missing: int
    returned: Kopecks


def fewer(price: Kopecks, *, sold: int, arrived: int) -> Fewer:
    """What is missing of `sold` results (at least one) when `arrived` came, and its share of the price."""
    missing = max(sold - arrived, 0)
    return Fewer(missing, Kopecks(-(-price * missing // sold)))
