"""A payment on its way back."""

from dataclasses import dataclass

from app.money import Kopecks
from app.payments.order import Payment
from app.payments.states import RefundState


@dataclass(frozen=True, slots=True)
class Refund:
    """Wanted by `actor` for a `reason`; while it is asked for, `held` kopecks of the person are set aside.

    `held` is 0 where the person's debt was accepted. `attempt` counts from 1, `refusal` is the provider's word;
    `id` is 0 before it is stored.
    """

    id: int
    payment_id: int
    state: RefundState
    actor: str
    reason: str
    attempt: int
    held: Kopecks
    refusal: str | None


@dataclass(frozen=True, slots=True)
class Return:
    """A payment that went back; `is_new` is false when that had been booked before."""

    payment: Payment
    is_new: bool
