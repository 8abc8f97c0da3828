"""Transfers to the operator's own card."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from app.money import from_roubles
from app.payments.errors import ProviderRefusedError
from app.payments.order import Arrival, Order, Payment
from app.payments.ports import PaymentRequest, TransferDetails, Wording
from app.payments.receipts import transfer_code
from app.payments.states import Method
from app.payments.terms import RoubleTerms

TERMS = RoubleTerms(
    method=Method.BANK,
    smallest=from_roubles(50),
    largest=from_roubles(50_000),
    # Whoever transfers in the evening finds the receipt in the morning.
    lifetime=timedelta(days=1),
    buttons=tuple(from_roubles(roubles) for roubles in (100, 500, 1000, 5000)),
)


@dataclass(frozen=True, slots=True)
class BankAccount:
    """Where people transfer to; from the settings, and never made up (F61)."""

    bank: str
    card: str
    holder: str
    phone: str


class BankProvider:
    """`PaymentProvider` of the method BANK: `account` is None where its settings are not complete.

    Nobody but a person sees what has come in: an operator's approval of a receipt becomes the arrival.
    """

    def __init__(self, account: BankAccount | None) -> None:
        self._account = account

    @property
    def method(self) -> Method:
        """Bank transfer."""
        return Method.BANK

    @property
    def terms(self) -> RoubleTerms | None:
        """None: not offered."""
        return None if self._account is None else TERMS

    async def request(self, order: Order, wording: Wording) -> PaymentRequest:
        """The details, with the order's own code; raises ProviderRefusedError where there are none."""
        return self.details(order)

    def details(self, order: Order) -> TransferDetails:
        """The same without waiting: they are known here."""
        if self._account is None:
            raise ProviderRefusedError("bank", "no account is configured")
        account = self._account
        return TransferDetails(
            account.bank, account.card, account.holder, account.phone, transfer_code(order)
        )

    async def arrivals(self, order: Order) -> Sequence[Arrival]:
        """Always empty: see the class."""
        return ()

    async def refund(self, payment: Payment) -> None:
        """Nothing: the operator has transferred it back before saying so."""
