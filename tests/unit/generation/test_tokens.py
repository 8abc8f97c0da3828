"""The token in a callback URL."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.generation import CallbackTokens, CallbackUrls

TOKENS = CallbackTokens(b"k" * 32)
IDS = st.integers(min_value=1, max_value=2**63 - 1)


@given(IDS)
@settings(max_examples=200)
def test_a_token_leads_back_to_its_generation_and_fits_into_a_path(generation_id: int) -> None:
    token = TOKENS.make(generation_id)
    assert TOKENS.read(token) == generation_id
    assert len(token) == 39
    assert set(token) <= set(string.ascii_lowercase + "234567")


@pytest.mark.proves("S7")
@given(IDS, st.integers(min_value=0, max_value=37), st.sampled_from("abcdefgh234567"))
@settings(max_examples=200)
def test_a_token_with_one_other_character_is_refused(generation_id: int, place: int, letter: str) -> None:
    token = TOKENS.make(generation_id)
    forged = token[:place] + letter + token[place + 1 :]
    assert TOKENS.read(forged) == (generation_id if forged == token else None)


@given(st.text(max_size=60))
@settings(max_examples=200)
def test_any_other_text_is_refused_without_an_error(text: str) -> None:
    assert TOKENS.read(text) is None


def test_another_key_makes_other_tokens() -> None:
    assert CallbackTokens(b"x" * 32).read(TOKENS.make(5)) is None


@pytest.mark.proves("X27")
def test_only_the_url_of_this_generation_names_it() -> None:
    urls = CallbackUrls(TOKENS, "https://bot.example")
    url = urls.make(5)
    assert url == f"https://bot.example/webhook/kie/{TOKENS.make(5)}"
    assert urls.names(url, 5)
    assert not urls.names(url, 6)
    assert not urls.names(None, 5)
    assert not urls.names("https://bot.example/webhook/kie/", 5)


def test_without_a_public_url_no_callback_is_asked_for() -> None:
    urls = CallbackUrls(TOKENS, None)
    assert urls.make(5) is None
    assert not urls.reachable
