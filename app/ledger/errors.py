"""What the ledger refuses. A refusal changes nothing, and the caller's unit of work stays usable."""

from app.errors import AppError
from app.ledger.states import TransferKind
from app.money import Kopecks


class LedgerError(AppError):
    """The root of the ledger's refusals."""


class KeyReusedError(LedgerError):
    """The key already names a transfer with other content."""

    def __init__(self, key: str) -> None:
        super().__init__(f"key {key} names another transfer")
        self.key = key


class InsufficientFundsError(LedgerError):
    """The money at hand is too little by `missing`."""

    def __init__(self, missing: Kopecks) -> None:
        super().__init__(f"{missing} kopecks are missing")
        self.missing = missing


class DebtOutstandingError(LedgerError):
    """Nothing is set aside while the person owes `debt`."""

    def __init__(self, debt: Kopecks) -> None:
        super().__init__(f"{debt} kopecks are owed")
        self.debt = debt


class HoldResolvedError(LedgerError):
    """The hold was already resolved by another transfer; `by` says of which kind."""

    def __init__(self, hold_key: str, by: TransferKind) -> None:
        super().__init__(f"hold {hold_key} was resolved by a {by}")
        self.hold_key = hold_key
        self.by = by


class UnknownTransferError(LedgerError):
    """No transfer of the needed kind has this key."""

    def __init__(self, key: str) -> None:
        super().__init__(f"no such transfer: {key}")
        self.key = key


class RefundTooLargeError(LedgerError):
    """Only `left` of what was captured has not been given back yet."""

    def __init__(self, left: Kopecks) -> None:
        super().__init__(f"{left} kopecks are left to refund")
        self.left = left


class InvalidTransferError(LedgerError):
    """A transfer that nobody may ask for: no positive amount, an unknown account, an empty key or reason."""
