"""What can be wrong with a wish to pay, with a refund, and with a provider."""

from app.errors import AppError


class InvalidAmountError(AppError):
    """An order of this amount is not taken; all three in the smallest units of its currency, bounds inclusive."""

    def __init__(self, amount: int, smallest: int, largest: int) -> None:
        super().__init__(f"{amount} is not within {smallest}..{largest}")
        self.amount = amount
        self.smallest = smallest
        self.largest = largest


class TooManyOrdersError(AppError):
    """The person has made `most` orders within an hour; the next is made when the oldest of them is older."""

    def __init__(self, user_id: int, most: int) -> None:
        super().__init__(f"person {user_id} has made {most} orders within an hour")
        self.user_id = user_id
        self.most = most


class UnknownOrderError(AppError):
    """There is no such order."""

    def __init__(self, order_id: int) -> None:
        super().__init__(f"no order {order_id}")
        self.order_id = order_id


class UnknownPaymentError(AppError):
    """There is no such payment."""

    def __init__(self, payment_id: int) -> None:
        super().__init__(f"no payment {payment_id}")
        self.payment_id = payment_id


class ProviderAwayError(AppError):
    """The provider gave no answer, or asked to come again after `seconds`: it may or may not have been done."""

    def __init__(self, call: str, seconds: float = 0.0) -> None:
        super().__init__(f"{call}: come again after {seconds} s")
        self.call = call
        self.seconds = seconds


class ProviderRefusedError(AppError):
    """The provider has answered for good: it was not done and will not be. `reason` is the provider's word."""

    def __init__(self, call: str, reason: str) -> None:
        super().__init__(f"{call}: {reason}")
        self.call = call
        self.reason = reason


class AlreadyRefundedError(AppError):
    """The provider has sent this charge back before: as good as done."""

    def __init__(self, charge_id: str) -> None:
        super().__init__(f"charge {charge_id} was refunded before")
        self.charge_id = charge_id
