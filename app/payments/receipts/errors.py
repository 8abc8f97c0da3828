"""What can go wrong around a receipt."""

from app.errors import AppError


class UnknownReceiptError(AppError):
    """No receipt has this number."""

    def __init__(self, receipt_id: int) -> None:
        super().__init__(f"no receipt {receipt_id}")
        self.receipt_id = receipt_id


class ReceiptGoneError(AppError):
    """Telegram will never give this file: unknown, or too large for a bot."""
