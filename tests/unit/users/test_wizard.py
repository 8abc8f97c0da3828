"""Questions and answers of a draft, without a database."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.catalogue import InputValue, InvalidAnswerError, Problem, validate_inputs
from app.users import Answer, wizard
from tests.unit.users.specs import CATALOGUE, CLIP, FRAMED

SPEC = CATALOGUE.get(CLIP)
FRAMED_SPEC = CATALOGUE.get(FRAMED)
ANSWERS: dict[str, InputValue] = {"prompt": "a cat", "duration": "5"}


def test_questions_come_in_the_order_of_the_catalogue_until_every_required_one_is_answered() -> None:
    assert wizard.first_unanswered(SPEC, {}) == "prompt"
    assert wizard.first_unanswered(SPEC, {"prompt": "a cat"}) == "duration"
    assert wizard.first_unanswered(SPEC, ANSWERS) is None


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (Answer("duration", "7"), Problem.NOT_A_CHOICE),
        (Answer("prompt", "x" * 21), Problem.TOO_LONG),
        (Answer("prompt", 5), Problem.WRONG_TYPE),
        (Answer("seed", 10), Problem.TOO_BIG),
        (Answer("nonsense", "x"), Problem.UNKNOWN),
    ],
)
def test_a_value_that_the_catalogue_refuses_is_refused_with_the_reason(
    answer: Answer, problem: Problem
) -> None:
    with pytest.raises(InvalidAnswerError) as refusal:
        wizard.answered(SPEC, {}, answer)

    assert refusal.value.problem.rule == problem


def test_an_answer_replaces_the_one_before() -> None:
    assert wizard.answered(SPEC, ANSWERS, Answer("duration", "10")) == ANSWERS | {"duration": "10"}


def test_an_answer_of_nothing_takes_the_value_back() -> None:
    assert wizard.answered(SPEC, {**ANSWERS, "seed": 3}, Answer("seed", None)) == ANSWERS


def test_going_back_from_a_question_takes_the_answer_before_it_back() -> None:
    assert wizard.stepped_back(SPEC, {"prompt": "a cat"}, "duration") == ({}, "prompt")


def test_going_back_from_the_finished_card_asks_for_the_last_required_answer_again() -> None:
    assert wizard.stepped_back(SPEC, {**ANSWERS, "seed": 3}, None) == (
        {"prompt": "a cat", "seed": 3},
        "duration",
    )


def test_going_back_from_a_setting_only_leaves_the_question() -> None:
    assert wizard.stepped_back(SPEC, ANSWERS, "seed") == (ANSWERS, None)


def test_going_back_from_the_first_question_stays_there() -> None:
    assert wizard.stepped_back(SPEC, {}, "prompt") == ({}, "prompt")


def test_a_choice_with_a_default_is_chosen_beforehand_and_neither_asked_nor_gone_back_to() -> None:
    begun = wizard.begun(FRAMED_SPEC, {})
    assert begun == {"ratio": "1:1"}
    assert wizard.first_unanswered(FRAMED_SPEC, begun) == "prompt"
    card: dict[str, InputValue] = {"ratio": "16:9", "prompt": "a cat", "duration": "5"}
    before, asking = wizard.stepped_back(FRAMED_SPEC, card, None)
    assert asking == "duration"
    assert wizard.stepped_back(FRAMED_SPEC, before, asking) == ({"ratio": "16:9"}, "prompt")
    assert wizard.stepped_back(FRAMED_SPEC, {"ratio": "16:9"}, "prompt") == ({"ratio": "16:9"}, "prompt")


def test_what_was_chosen_before_wins_over_the_default_and_what_is_refused_does_not() -> None:
    assert wizard.begun(FRAMED_SPEC, {"ratio": "16:9"}) == {"ratio": "16:9"}
    assert wizard.begun(FRAMED_SPEC, {"ratio": "7:1", "prompt": "a cat"}) == {
        "ratio": "1:1",
        "prompt": "a cat",
    }


def test_inputs_of_a_repeat_keep_only_what_the_catalogue_accepts_today() -> None:
    old: dict[str, InputValue] = {"prompt": "a cat", "duration": "7", "gone": True, "seed": 3}

    assert wizard.accepted(SPEC, old) == {"prompt": "a cat", "seed": 3}


VALUES = st.one_of(
    st.text(max_size=25), st.integers(-3, 12), st.booleans(), st.floats(), st.lists(st.text(max_size=3))
)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from(["prompt", "duration", "seed", "other"]), VALUES))
def test_whatever_is_offered_only_valid_values_are_accepted(offered: dict[str, InputValue]) -> None:
    accepted = wizard.accepted(SPEC, offered)

    problems = [one for one in validate_inputs(SPEC, accepted) if one.rule != Problem.MISSING]
    assert problems == []
