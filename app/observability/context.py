"""The ids that every log line of one piece of work carries."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

_ids: ContextVar[Mapping[str, int | str] | None] = ContextVar("log_ids", default=None)


@contextmanager
def about(**ids: int | str) -> Iterator[None]:
    """Adds ids (event, user, generation, …) to every line logged inside."""
    token = _ids.set({**current_ids(), **ids})
    try:
        yield
    finally:
        _ids.reset(token)


def current_ids() -> Mapping[str, int | str]:
    """The ids in force here."""
    return _ids.get() or {}
