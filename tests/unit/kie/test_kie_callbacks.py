"""Callbacks: whose task they speak of, and whether KIE signed them."""

import base64
import hashlib
import hmac
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.generation.kie import CallbackHint, read_callback, signature_is_valid

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
KEY, TASK = "hmac-key-for-tests", "281e5b0a9f"


def signed(task: str = TASK, at: datetime = NOW, key: str = KEY) -> tuple[str, str]:
    """Timestamp and signature as the sender makes them."""
    stamp = str(int(at.timestamp()))
    digest = hmac.new(key.encode(), f"{task}.{stamp}".encode(), hashlib.sha256).digest()
    return stamp, base64.b64encode(digest).decode()


@pytest.mark.parametrize("seconds", [0, 299, -299])
def test_a_fresh_signature_of_the_key_is_valid(seconds: int) -> None:
    stamp, signature = signed(at=NOW + timedelta(seconds=seconds))
    assert signature_is_valid(KEY, TASK, stamp, signature, NOW)


def test_the_worked_example_stays_the_same() -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    expected = "JrBVlSFnS8K1DjwBpYR+rQ7T54TYLHG9NWWyR80MYjc="
    assert signature_is_valid("key", "task", "1767225600", expected, at)


@pytest.mark.proves("S7")
@pytest.mark.parametrize("seconds", [301, -301, 86400])
def test_an_old_or_future_signature_is_not_valid(seconds: int) -> None:
    stamp, signature = signed(at=NOW + timedelta(seconds=seconds))
    assert not signature_is_valid(KEY, TASK, stamp, signature, NOW)


@pytest.mark.proves("S7")
def test_another_task_another_key_another_time_are_not_valid() -> None:
    stamp, signature = signed()
    assert not signature_is_valid(KEY, "other", stamp, signature, NOW)
    assert not signature_is_valid("other", TASK, stamp, signature, NOW)
    assert not signature_is_valid(KEY, TASK, str(int(stamp) + 1), signature, NOW)


@pytest.mark.proves("S7")
def test_nothing_is_valid_without_a_key() -> None:
    stamp, signature = signed(key="")
    assert not signature_is_valid("", TASK, stamp, signature, NOW)


@given(stamp=st.text(), signature=st.text(), task=st.text())
def test_malformed_headers_are_simply_not_valid(stamp: str, signature: str, task: str) -> None:
    assert not signature_is_valid(KEY, task, stamp, signature, NOW)


@pytest.mark.parametrize(
    ("body", "hint"),
    [
        (b'{"code":200,"data":{"taskId":"abc","state":"success"}}', CallbackHint("abc", "success")),
        (b'{"code":501,"data":{"taskId":"abc","state":"fail"}}', CallbackHint("abc", "fail")),
        (b'{"code":200,"data":{"task_id":"abc","callbackType":"complete"}}', CallbackHint("abc", None)),
        (b'{"taskId":"abc","state":"success"}', CallbackHint("abc", "success")),
        (b'{"code":200,"data":null}', None),
        (b'{"code":200,"data":{"taskId":""}}', None),
        (b'{"code":200,"data":{"taskId":["abc"]}}', None),
        (b"[]", None),
        (b"not json", None),
        (b"\xff\xfe", None),
        (b"", None),
    ],
)
def test_a_callback_names_its_task_or_is_no_callback(body: bytes, hint: CallbackHint | None) -> None:
    assert read_callback(body) == hint
