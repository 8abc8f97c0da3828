"""What payments need of the outside."""

from typing import Protocol

from app.payments.order import Order
from app.payments.states import Method


class PaymentProvider(Protocol):
    """One way to put money in."""

    @property
    def method(self) -> Method:
        """The method whose orders this provider takes."""
        ...

    async def request(self, order: Order, *, chat_id: int) -> None:
        """Asks the person for the money of a stored order; never inside a unit of work."""
        ...


class PreCheckoutAnswerer(Protocol):
    """Answers a pre-checkout query, which Telegram awaits within ten seconds."""

    async def answer(self, query_id: str, ok: bool, error_words: str | None) -> None:
        """`error_words` is what the person reads, given exactly when not `ok`."""
        ...
