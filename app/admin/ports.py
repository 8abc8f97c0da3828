"""What the staff's side needs of the outside."""

from typing import Protocol

from app.admin.entities import LogEntry
from app.admin.receipts import ReceiptCard
from app.users import User


class StaffNotices(Protocol):
    """Messages that nobody asked for just now. A person who cannot be reached is no error; others are raised."""

    async def receipt_waits(self, operator: User, card: ReceiptCard) -> None:
        """A receipt is there to be decided about."""
        ...

    async def told(self, person: User, entry: LogEntry) -> None:
        """The staff did something that concerns this person."""
        ...
