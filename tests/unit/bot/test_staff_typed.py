"""What the staff types is read exactly, or not at all."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.staff_awaiting import Asked, Awaited, read_awaited
from bot.staff_typed import LONGEST_REASON, read_number, read_reason


@pytest.mark.parametrize(
    ("text", "value", "reason"),
    [
        ("500 сбой", "500", "сбой"),
        ("500,5 два  слова\nи строка", "500.5", "два слова и строка"),
        ("81.5₽ курс", "81.5", "курс"),
        ("7", "7", ""),
        (" 1 000\u00a0₽ ", "1000", ""),
        ("0.000001 x", "0.000001", "x"),
    ],
)
def test_a_number_and_its_reason(text: str, value: str, reason: str) -> None:
    typed = read_number(text)
    assert typed is not None
    assert (typed.value, typed.reason) == (Decimal(value), reason)


@pytest.mark.parametrize(
    "text",
    ["", "сбой 500", "-5 x", "0 x", "0,00 x", "x", ".5 x", "\u0665 x", "1 000 x", "1234567890", "5,5,5 x"],
)
def test_what_does_not_begin_with_a_number_above_zero_is_none(text: str) -> None:
    assert read_number(text) is None


@given(st.integers(1, 10**9))
def test_kopecks_are_exact(kopecks: int) -> None:
    typed = read_number(f"{kopecks // 100},{kopecks % 100:02d} x")
    assert typed is not None
    assert typed.kopecks == kopecks


@pytest.mark.parametrize("text", ["0.001 x", "10.005 x", "10000001 x"])
def test_parts_of_a_kopeck_and_slips_of_the_finger_are_no_sum(text: str) -> None:
    typed = read_number(text)
    assert typed is not None
    assert typed.kopecks is None


def test_a_reason_is_one_line_that_fits_a_log() -> None:
    assert read_reason(" a\n\tb ") == "a b"
    assert len(read_reason("я" * 5000)) == LONGEST_REASON


@pytest.mark.parametrize("asked", Asked)
def test_an_open_question_comes_back_from_the_screen(asked: Asked) -> None:
    awaited = Awaited(asked, "57")
    assert read_awaited(awaited.text) == awaited
    assert awaited.number == 57


@pytest.mark.parametrize(
    "text", [None, "", "search", "staff", "staff:", "staff:unknown:5", "preset:staff:find:"]
)
def test_what_is_no_question_of_the_staff_is_none(text: str | None) -> None:
    assert read_awaited(text) is None
