"""Why an act of the staff was refused, as the key of its words."""

from collections.abc import Awaitable
from typing import TypeVar

from app.admin import NotAllowedError, OwnersOnlyError, StaffProtectedError, StillLosingError
from app.generation import NotRefundableError, NotRetryableError, UnknownGenerationError
from app.ledger import DebtOutstandingError, InsufficientFundsError
from app.offers import InvalidRatesError
from app.payments import AlreadyRefundedError, UnknownPaymentError
from app.users import UnknownUserError

T = TypeVar("T")

_KEYS: dict[type[Exception], str] = {
    NotAllowedError: "admin-not-allowed",
    OwnersOnlyError: "admin-owners-only",
    StaffProtectedError: "admin-protected",
    UnknownUserError: "admin-nobody",
    InsufficientFundsError: "admin-no-funds",
    DebtOutstandingError: "admin-no-funds",
    AlreadyRefundedError: "admin-paid-back-before",
    UnknownPaymentError: "admin-paid-back-before",
    InvalidRatesError: "admin-rate-refused",
    NotRefundableError: "admin-not-refundable",
    NotRetryableError: "admin-not-retryable",
    UnknownGenerationError: "admin-not-refundable",
    StillLosingError: "admin-model-loses",
}

EXPECTED = tuple(_KEYS)


async def refusal_of(act: Awaitable[object]) -> str | None:
    """Waits for the act; the key of why it was refused, None when it was done."""
    try:
        await act
    except EXPECTED as error:
        return _KEYS[type(error)]
    return None


async def answer_of(act: Awaitable[T]) -> tuple[T | None, str]:
    """Waits for the answer; None with the key of why there is none."""
    try:
        return await act, ""
    except EXPECTED as error:
        return None, _KEYS[type(error)]
