"""A number of Stars as people type it."""

import pytest

from bot.questions import read_stars


@pytest.mark.parametrize(
    ("raw", "stars"),
    [("250", 250), (" 1 000 ", 1000), ("250 ⭐", 250), ("250⭐️", 250), ("1\u00a0000", 1000), ("0", 0)],
)
def test_numbers_are_read(raw: str, stars: int) -> None:
    assert read_stars(raw) == stars


@pytest.mark.parametrize("raw", ["", "⭐", "сто", "12.5", "-5", "1e3", "٣", "²", "9" * 50, "10 рублей"])
def test_what_is_no_whole_number_is_not_guessed_at(raw: str) -> None:
    assert read_stars(raw) is None
