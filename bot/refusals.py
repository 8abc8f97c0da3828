"""Telegram's refusals, as what they mean to the rest of the house."""

from collections.abc import Iterator
from contextlib import contextmanager

from aiogram.exceptions import (
    ClientDecodeError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiohttp import ClientConnectorError

from app.files import FilesUnavailableError
from app.generation import AmbiguousError, TryLaterError, UnreachablePersonError

LATER_SECONDS = 5.0
"""When to come again after a 5xx, or where there was no connection, also to our own files."""

_NO_CHAT = ("chat not found", "user is deactivated", "peer_id_invalid", "user not found", "bot was kicked")


def is_about_the_chat(error: TelegramBadRequest) -> bool:
    """True when the refusal is not about what was sent but about whom to."""
    return any(words in error.message.lower() for words in _NO_CHAT)


@contextmanager
def translated() -> Iterator[None]:
    """Raises UnreachablePersonError, TryLaterError and AmbiguousError in place of aiogram's errors; others pass."""
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
    except (TelegramServerError, FilesUnavailableError) as error:
        raise TryLaterError(LATER_SECONDS) from error
    except (TelegramNetworkError, ClientDecodeError) as error:
        raise _unanswered(error) from error


def _unanswered(error: TelegramNetworkError | ClientDecodeError) -> Exception:
    """Whether it was sent is unknown, unless there was no connection, or Telegram said that it is too large."""
    if isinstance(error, TelegramEntityTooLarge):
        return error
    if isinstance(error.__cause__, ClientConnectorError):
        return TryLaterError(LATER_SECONDS)
    return AmbiguousError("no answer")
