"""What receipts need of the outside."""

from typing import Protocol

from app.payments.receipts.receipt import ReceiptFile


class ReceiptSource(Protocol):
    """Where a person's file can be had."""

    async def fetch(self, file: ReceiptFile) -> bytes:
        """The whole file.

        Raises ReceiptGoneError when it will never be given; any other error: come again.
        """
        ...
