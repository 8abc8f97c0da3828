"""A subscription: Stars that come again each month."""

from dataclasses import dataclass
from datetime import datetime

from app.money import Kopecks, Stars
from app.payments.states import RenewalState


@dataclass(frozen=True, slots=True)
class Subscription:
    """`stars` a month for `credited` kopecks a month; `charge_id` is the first charge.

    What is paid lasts to `paid_until`; then it is paid again, unless the renewal is canceled.
    """

    order_id: int
    user_id: int
    charge_id: str
    stars: Stars
    credited: Kopecks
    paid_until: datetime
    renewal: RenewalState
