"""The token in a link to a file."""

import string
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.generation import CallbackTokens, ExpiredLinkError, FileLinks, FileName, FileTokens, UnknownLinkError

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
KEY = b"k" * 32
NAMES = st.builds(FileName, st.integers(1, 2**63 - 1), st.integers(1, 2**16 - 1))


@dataclass
class StillClock:
    """It shows what a test sets."""

    moment: datetime = NOW

    def now(self) -> datetime:
        return self.moment

    def monotonic(self) -> float:
        return 0.0


TOKENS = FileTokens(KEY, StillClock())


@given(NAMES)
@settings(max_examples=200)
def test_a_token_leads_back_to_its_file_and_fits_into_a_path(name: FileName) -> None:
    token = TOKENS.make(name, LATER)
    assert TOKENS.read(token) == name
    assert len(token) == 50
    assert set(token) <= set(string.ascii_lowercase + "234567")


@given(NAMES, st.integers(0, 48), st.sampled_from("abcdefgh234567"))
@settings(max_examples=200)
def test_a_token_with_one_other_character_is_refused(name: FileName, place: int, letter: str) -> None:
    token = TOKENS.make(name, LATER)
    assume(token[place] != letter)
    with pytest.raises(UnknownLinkError):
        TOKENS.read(token[:place] + letter + token[place + 1 :])


@given(st.text(max_size=80))
@settings(max_examples=200)
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(UnknownLinkError):
        TOKENS.read(text)


def test_another_key_and_another_use_of_the_key_make_no_links() -> None:
    with pytest.raises(UnknownLinkError):
        FileTokens(b"x" * 32, StillClock()).read(TOKENS.make(FileName(5, 1), LATER))
    with pytest.raises(UnknownLinkError):
        TOKENS.read(CallbackTokens(KEY).make(5))


def test_a_link_runs_out_at_its_end_and_not_before() -> None:
    clock = StillClock()
    link = FileLinks(FileTokens(KEY, clock), "https://bot.example", clock).make(FileName(5, 2))
    assert link is not None
    assert link.until == NOW + timedelta(days=7)
    token = link.url.removeprefix("https://bot.example/files/")
    clock.moment = link.until - timedelta(seconds=1)
    assert FileTokens(KEY, clock).read(token) == FileName(5, 2)
    clock.moment = link.until
    with pytest.raises(ExpiredLinkError):
        FileTokens(KEY, clock).read(token)


def test_without_a_public_address_there_are_no_links() -> None:
    assert FileLinks(TOKENS, None, StillClock()).make(FileName(5, 1)) is None
