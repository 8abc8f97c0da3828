"""What an error means to an operator: its type is read, its words are not."""

from datetime import UTC, datetime

import pytest

from app.admin import DeadWork, Sort, Trouble

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
TRACE = 'Traceback (most recent call last):\n  File "x.py", line 1, in y\n    raise z\n'


def work(error: str, sort: Sort = Sort.EVENT, about: int = 0) -> DeadWork:
    """Dead of this."""
    return DeadWork(sort, 12, "telegram", about, None, None, NOON, 60.0, 5, error)


@pytest.mark.parametrize(
    ("error", "name", "trouble"),
    [
        ("", "", Trouble.DEFECT),
        ("TimeoutError", "TimeoutError", Trouble.TIME),
        (
            TRACE + "app.errors.StorageUnavailableError: connection lost\n",
            "StorageUnavailableError",
            Trouble.STORAGE,
        ),
        (
            TRACE + "aiogram.exceptions.TelegramNetworkError: HTTP Client says - x\n",
            "TelegramNetworkError",
            Trouble.OUTSIDE,
        ),
        (
            TRACE + "app.inbox.errors.MalformedEventError: not JSON\n",
            "MalformedEventError",
            Trouble.SENSELESS,
        ),
        (
            TRACE
            + "ValueError: a\n\nThe above exception was the direct cause:\n\n"
            + TRACE
            + "KeyError: 'Ivan Petrov'\n",
            "KeyError",
            Trouble.DEFECT,
        ),
        ("claimed 5 times, ended the process each time", "", Trouble.CRASH),
    ],
)
def test_an_error_is_named_by_its_type_and_sorted_by_what_it_means(
    error: str, name: str, trouble: Trouble
) -> None:
    dead = work(error)
    assert (dead.error_type, dead.trouble) == (name, trouble)


@pytest.mark.parametrize(
    ("sort", "about", "cause"),
    [(Sort.EVENT, 0, "event:12"), (Sort.JOB, 7, "job:telegram:7"), (Sort.JOB, 0, "job:telegram")],
)
def test_a_cause_is_named_as_the_alerts_name_it(sort: Sort, about: int, cause: str) -> None:
    assert work("", sort, about).cause == cause
