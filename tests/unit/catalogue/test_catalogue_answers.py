"""What a person types or taps, and what it means."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.catalogue import (
    Catalogue,
    InputValue,
    InvalidAnswerError,
    ModelSpec,
    Parameter,
    ParameterKind,
    parse_answer,
    validate_inputs,
)
from app.catalogue.errors import Problem


def parameter(spec: ModelSpec, name: str) -> Parameter:
    found = spec.parameter(name)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("name", "raw", "value"),
    [
        ("prompt", "  a cat\x00 ", "a cat"),
        ("resolution", "1080p", "1080p"),
        ("resolution", "1080P FULL HD", "1080p"),
        ("music", "true", True),
        ("music", "Нет", False),
        ("music", "yes", True),
        ("seconds", "6", 6),
        ("seconds", " 6.0 ", 6),
        ("strength", "0,25", 0.25),
        ("first", "file-id", ["file-id"]),
        ("references", "file-id", ["file-id"]),
        ("source_task", "task:abc?track=1", "task:abc?track=1"),
    ],
)
def test_answers_mean_values(everything: ModelSpec, name: str, raw: str, value: InputValue) -> None:
    answer = parse_answer(parameter(everything, name), raw)
    assert answer == value
    assert type(answer) is type(value)


@pytest.mark.parametrize(
    ("name", "raw", "rule"),
    [
        ("prompt", " ", Problem.MISSING),
        ("prompt", "x", Problem.TOO_SHORT),
        ("prompt", "x" * 21, Problem.TOO_LONG),
        ("resolution", "9000p", Problem.NOT_A_CHOICE),
        ("music", "maybe", Problem.NOT_A_SWITCH),
        ("seconds", "six", Problem.NOT_A_NUMBER),
        ("seconds", "NaN", Problem.NOT_A_NUMBER),
        ("seconds", "1e999999999", Problem.NOT_A_NUMBER),
        ("seconds", "7", Problem.OFF_STEP),
        ("seconds", "-4", Problem.TOO_SMALL),
        ("shots", "anything", Problem.WRONG_TYPE),
        ("first", "", Problem.MISSING),
    ],
)
def test_what_does_not_fit_is_refused_with_its_reason(
    everything: ModelSpec, name: str, raw: str, rule: Problem
) -> None:
    with pytest.raises(InvalidAnswerError) as refused:
        parse_answer(parameter(everything, name), raw)
    assert (refused.value.problem.parameter, refused.value.problem.rule) == (name, rule)


NUMBERS = st.floats().map(str) | st.integers().map(str) | st.decimals().map(str)


@settings(max_examples=500, deadline=None)
@given(raw=st.text() | NUMBERS | st.binary().map(lambda raw: raw.decode("utf-8", "surrogateescape")))
def test_any_text_is_an_answer_or_an_invalid_answer(everything: ModelSpec, raw: str) -> None:
    for asked in everything.parameters:
        try:
            value = parse_answer(asked, raw)
        except InvalidAnswerError:
            continue
        str(value).encode("utf-8")
        assert "\x00" not in str(value)
        if asked.kind is not ParameterKind.MEDIA:
            problems = validate_inputs(everything, {asked.name: value})
            assert all(problem.parameter != asked.name or problem.rule in RULES for problem in problems)


RULES = ("last-needs-first", "something-to-animate", "long-not-in-1080p", "short-prompt-in-1080p")


def test_every_button_gives_its_own_value(shipped: Catalogue) -> None:
    for spec in shipped.models:
        for asked in spec.parameters:
            for choice in asked.choices:
                for raw in (choice.raw, choice.label.ru, choice.label.en):
                    assert parse_answer(asked, raw) == choice.value
