"""Whatever people write: escaped texts come back as they were, shortened ones fit and break nothing in two."""

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.texts import CAPTION_LIMIT, load_texts, plain_text, shortened
from bot.views.result import result_view
from tests.fixtures.awkward import FAMILY, awkward_texts, cleaned, long_texts, utf16_units
from tests.unit.bot.examples import CATALOGUE, generation

WORDS = load_texts().for_language("ru")
SPEC = CATALOGUE.get("z-image")


@pytest.mark.proves("F19", "S10")
@given(awkward_texts)
@settings(max_examples=300)
def test_a_text_comes_out_of_the_markup_as_it_went_in(text: str) -> None:
    text = cleaned(text).replace("\r\n", "\n").replace("\r", "\n")
    assert plain_text(WORDS("result-prompt", prompt=text)) == text


@pytest.mark.proves("F94", "S10")
@given(long_texts, st.integers(0, 2**40))
@settings(max_examples=200)
def test_the_caption_of_a_result_fits_whatever_the_prompt_and_the_number(text: str, number: int) -> None:
    made = generation(id=number, inputs={"prompt": cleaned(text)})
    caption = plain_text(result_view(WORDS, SPEC, made).text)
    assert utf16_units(caption) <= CAPTION_LIMIT


@pytest.mark.proves("F94", "S10")
@given(awkward_texts, st.integers(2, 60))
@example(FAMILY * 3, 15)
@example("e\u0301" * 10, 6)
@example("1\ufe0f\u20e3", 2)
@settings(max_examples=500)
def test_a_shortened_text_fits_and_is_a_beginning_that_ends_between_two_signs(text: str, limit: int) -> None:
    text = cleaned(text)
    short = shortened(text, limit)
    assert utf16_units(short) <= limit
    if short != text:
        kept = short.removesuffix("…")
        assert text.startswith(kept)
        rest = text[len(kept) :]
        assert not kept.endswith("\u200d")
        assert not rest.startswith("\u200d")
        assert unicodedata.category(rest[0]) not in ("Mn", "Me", "Mc") or not kept
