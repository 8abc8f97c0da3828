"""Which texts are improved, and which answers are worth anything."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from app.catalogue import Modality, ModelKey, TextFormat, TextModel, TextService, TokenPrices
from app.generation import TextAnswer
from app.generation.improving.texts import MOST_IMPROVED, Subject, better, subject_of
from app.users import Draft, DraftState
from tests.unit.users.specs import CATALOGUE, CLIP, PROMPT

WRITER = TextModel(
    key=ModelKey("writer"),
    id="nobody/writer",
    name="Writer",
    provider="Nobody",
    format=TextFormat.OPENAI_CHAT,
    path="/writer",
    prices=TokenPrices(Decimal(10), Decimal(100)),
    max_prompt=100,
    max_answer=1000,
    source=("tests",),
    verified_on=date(2026, 11, 1),
    serves=TextService.IMPROVE_PROMPT,
    instruction="Say it better in {most}.",
    inputs=("prompt",),
    makes=(Modality.IMAGE, Modality.VIDEO),
)
SPEC = CATALOGUE.get(CLIP)
DRAFT = Draft(1, 7, CLIP, {"prompt": "a cat", "duration": "5"}, 3, None, DraftState.OPEN)
SUBJECT = Subject(SPEC, PROMPT, "a cat")


def test_the_text_of_an_open_draft_is_improved() -> None:
    subject = subject_of(WRITER, SPEC, DRAFT)
    assert subject is not None
    assert (subject.text, subject.parameter.name, subject.most) == ("a cat", "prompt", PROMPT.max_length)


@pytest.mark.parametrize(
    ("writer", "draft"),
    [
        (WRITER, replace(DRAFT, inputs={"duration": "5"})),
        (WRITER, replace(DRAFT, inputs={"prompt": "  "})),
        (replace(WRITER, max_prompt=4), DRAFT),
        (WRITER, replace(DRAFT, state=DraftState.ABANDONED)),
        (WRITER, replace(DRAFT, state=DraftState.SUBMITTED)),
        (replace(WRITER, makes=(Modality.AUDIO,)), DRAFT),
        (replace(WRITER, inputs=("lyrics",)), DRAFT),
    ],
)
def test_there_is_nothing_to_improve_without_a_text_that_it_knows(writer: TextModel, draft: Draft) -> None:
    assert subject_of(writer, SPEC, draft) is None


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("a regal cat", "a regal cat"),
        ("  a regal cat\n", "a regal cat"),
        ('"a regal cat"', "a regal cat"),
        ("«царственный кот»", "царственный кот"),
        ('"Hey" says a "cat"', '"Hey" says a "cat"'),
        ("x" * 20, "x" * 20),
    ],
)
def test_a_good_answer_is_taken_over_without_its_wrapping(written: str, text: str) -> None:
    assert better(TextAnswer(written), SUBJECT) == text


@pytest.mark.parametrize("written", ["", "   ", '""', "x" * 21, "a cat", ' "a cat" '])
def test_an_empty_a_too_long_and_the_same_answer_are_none(written: str) -> None:
    assert better(TextAnswer(written), SUBJECT) is None


def test_an_answer_that_was_cut_off_is_none() -> None:
    assert better(TextAnswer("a regal", is_whole=False), SUBJECT) is None


def test_no_better_text_is_longer_than_one_screen_shows() -> None:
    wide = replace(SUBJECT, parameter=replace(PROMPT, max_length=20_000))
    assert wide.most == MOST_IMPROVED
    assert better(TextAnswer("x" * MOST_IMPROVED), wide) is not None
    assert better(TextAnswer("x" * (MOST_IMPROVED + 1)), wide) is None
