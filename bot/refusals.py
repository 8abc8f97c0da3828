"""Telegram's refusals, as what they mean to the rest of the house."""

from collections.abc import Iterator
from contextlib import contextmanager

from aiogram.exceptions import (
    ClientDecodeError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)

from app.generation import TryLaterError, UnreachablePersonError

LATER_SECONDS = 5.0
"""When to come again after an answer that never came or a 5xx."""

_NO_CHAT = ("chat not found", "user is deactivated", "peer_id_invalid", "user not found", "bot was kicked")


def is_about_the_chat(error: TelegramBadRequest) -> bool:
    """True when the refusal is not about what was sent but about whom to."""
    return any(words in error.message.lower() for words in _NO_CHAT)


@contextmanager
def translated() -> Iterator[None]:
    """Raises UnreachablePersonError and TryLaterError in place of aiogram's errors; others pass."""
    try:
        yield
    except TelegramRetryAfter as error:
        raise TryLaterError(error.retry_after) from error
    except TelegramForbiddenError as error:
        raise UnreachablePersonError from error
    except TelegramBadRequest as error:
        if is_about_the_chat(error):
            raise UnreachablePersonError from error
        raise
    except (TelegramNetworkError, TelegramServerError, ClientDecodeError) as error:
        raise TryLaterError(LATER_SECONDS) from error
