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
