"""What payments need of the outside. A payment method is one `PaymentProvider`, in one file of `providers`.

Orders are created, credited, expired and refunded by the services of this package, the same for every method. A
provider only knows its outside:

- what it takes now (`terms`), None when it is switched off or its settings are missing: then it is not offered;
- how an order is paid (`request`): an invoice for the chat, an address to open, or details for a transfer;
- what has really come in for an order (`arrivals`): asked by "check my payment", by polling, and after a webhook,
  which is a hint and nothing more. Where only a person can know (a bank statement) it is empty, and an operator's
  word becomes an `Arrival`, booked by `PaymentService.book` in the operator's own unit of work;
- how a payment goes back (`refund`).

Every provider passes tests/integration/payments/test_provider_contract.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeAlias

from app.money import Kopecks, Stars
from app.payments.order import Arrival, Order, Payment
from app.payments.states import Method
from app.payments.subscription import Subscription
from app.payments.terms import Terms
from app.users import User


@dataclass(frozen=True, slots=True)
class Wording:
    """What the payer reads, in their language: a title of 1-32 and a description of 1-255 characters."""

    title: str
    description: str


@dataclass(frozen=True, slots=True)
class Invoice:
    """Shown in the chat as Telegram's own invoice; paying it is a `successful_payment`."""

    order: Order
    wording: Wording


@dataclass(frozen=True, slots=True)
class PayPage:
    """An address where the person pays."""

    url: str


@dataclass(frozen=True, slots=True)
class TransferDetails:
    """Where to send the money by oneself, and the code that has to stand in the transfer."""

    bank: str
    card: str
    holder: str
    phone: str
    code: str


PaymentRequest: TypeAlias = Invoice | PayPage | TransferDetails


class PaymentProvider(Protocol):
    """One way to put money in. No call is made while a unit of work is open."""

    @property
    def method(self) -> Method:
        """The method whose orders this provider takes."""
        ...

    @property
    def terms(self) -> Terms | None:
        """What it takes now; None: not offered."""
        ...

    async def request(self, order: Order, wording: Wording) -> PaymentRequest:
        """How to pay a stored order; asked twice, the order is still paid once.

        Raises ProviderAwayError, ProviderRefusedError.
        """
        ...

    async def arrivals(self, order: Order) -> Sequence[Arrival]:
        """The money that the provider itself says has come in for the order; raises ProviderAwayError."""
        ...

    async def refund(self, payment: Payment) -> None:
        """Sends the whole charge back. Whoever sends it back by hand has done so before: then it does nothing.

        Raises AlreadyRefundedError (as good as done), ProviderRefusedError (never), ProviderAwayError (unknown:
        called again until the answer is known).
        """
        ...


@dataclass(frozen=True, slots=True)
class StarsBill:
    """An invoice in Stars for a link; `period` makes it a subscription."""

    wording: Wording
    payload: str
    amount: Stars
    period: timedelta | None


@dataclass(frozen=True, slots=True)
class StarsMovement:
    """One line of the bot's list of Star transactions that a person takes part in.

    `goes_back`: a refund or a chargeback; it carries the id of the charge that it undoes.
    """

    charge_id: str
    user_id: int
    amount: Stars
    payload: str
    moment: datetime
    period: timedelta | None
    goes_back: bool


@dataclass(frozen=True, slots=True)
class StarsPage:
    """`read` lines of the list; those without a person of ours are left out of `movements`."""

    read: int
    movements: tuple[StarsMovement, ...]


class StarsApi(Protocol):
    """Telegram's methods about Stars. All raise ProviderAwayError and ProviderRefusedError."""

    async def link(self, bill: StarsBill) -> str:
        """The address of an invoice."""
        ...

    async def refund(self, user_id: int, charge_id: str) -> None:
        """Sends a whole charge back; raises AlreadyRefundedError."""
        ...

    async def movements(self, offset: int, limit: int) -> StarsPage:
        """Up to `limit` (1-100) lines of the list, the oldest first, after the first `offset`."""
        ...

    async def set_renewal(self, user_id: int, charge_id: str, *, renews: bool) -> None:
        """Cancels a subscription for the time after what is paid, or takes that back. `charge_id`: its first."""
        ...


class PaymentNews(Protocol):
    """Tells a person what happened to their money while nobody was looking. Best effort: raises nothing."""

    async def credited(self, payment: Payment, user: User) -> None:
        """Money was found and credited."""
        ...

    async def taken_back(self, payment: Payment, user: User) -> None:
        """The charge went back to the person, so its credit was taken back."""
        ...

    async def renewal_stopped(self, subscription: Subscription, user: User) -> None:
        """A month of it went back to the person, so the next one is not taken unless they resume it."""
        ...

    async def referral_earned(self, bonus: Kopecks, inviter: User) -> None:
        """Somebody who came by the inviter's link has paid for the first time."""
        ...

    async def referral_taken_back(self, bonus: Kopecks, inviter: User) -> None:
        """That payment went back, and with it what was left of the bonus."""
        ...
