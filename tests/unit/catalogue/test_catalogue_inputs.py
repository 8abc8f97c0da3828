"""Which inputs are valid, what is asked next, what goes to the provider."""

from decimal import Decimal

import pytest

from app.catalogue import (
    Catalogue,
    Facts,
    InputProblem,
    Inputs,
    InputValue,
    ModelSpec,
    Part,
    PastResult,
    next_question,
    validate_inputs,
    with_defaults,
)
from app.catalogue.errors import Problem

GOOD: Inputs = {"first": ["a"], "prompt": "a cat"}
SONG = PastResult("task", resolution="720p").reference


@pytest.mark.parametrize(
    ("name", "value", "rule", "limit"),
    [
        ("prompt", "", Problem.MISSING, None),
        ("prompt", "   ", Problem.TOO_SHORT, "2"),
        ("prompt", "x", Problem.TOO_SHORT, "2"),
        ("prompt", "x" * 21, Problem.TOO_LONG, "20"),
        ("prompt", 5, Problem.WRONG_TYPE, None),
        ("resolution", "480p", Problem.NOT_A_CHOICE, None),
        ("resolution", ["720p"], Problem.WRONG_TYPE, None),
        ("music", "yes", Problem.NOT_A_SWITCH, None),
        ("music", 1, Problem.NOT_A_SWITCH, None),
        ("source_task", "the id of a task", Problem.WRONG_TYPE, None),
        ("seconds", "4", Problem.NOT_A_NUMBER, None),
        ("seconds", True, Problem.NOT_A_NUMBER, None),
        ("seconds", float("nan"), Problem.NOT_A_NUMBER, None),
        ("seconds", 3, Problem.TOO_SMALL, "4"),
        ("seconds", 13, Problem.TOO_BIG, "12"),
        ("seconds", 5, Problem.OFF_STEP, "2"),
        ("first", "a", Problem.WRONG_TYPE, None),
        ("first", ["a", "b"], Problem.TOO_MANY, "1"),
        ("references", ["a"], Problem.TOO_FEW, "2"),
        ("shots", ["a"], Problem.WRONG_TYPE, None),
        ("shots", [{"prompt": "a", "seconds": 1, "more": 1}], Problem.WRONG_TYPE, None),
        ("shots", [{"prompt": "a", "seconds": 1}] * 3, Problem.TOO_MANY, "2"),
        ("nonsense", "a", Problem.UNKNOWN, None),
        ("callBackUrl", "https://x", Problem.UNKNOWN, None),
    ],
)
@pytest.mark.proves("F63")
def test_each_kind_of_bad_value_is_refused(
    everything: ModelSpec, name: str, value: InputValue, rule: Problem, limit: str | None
) -> None:
    assert validate_inputs(everything, {**GOOD, name: value}) == (InputProblem(name, rule, limit),)


def test_a_part_is_refused_by_its_own_name(everything: ModelSpec) -> None:
    shots: list[Part] = [{"prompt": "a", "seconds": 1}, {"prompt": "b"}]
    assert validate_inputs(everything, {**GOOD, "shots": shots}) == (
        InputProblem("shots.seconds", Problem.MISSING),
    )


@pytest.mark.parametrize(
    ("inputs", "rule", "at"),
    [
        ({"last": ["a"], "source_task": SONG}, "last-needs-first", "first"),
        ({"first": ["a"], "references": ["b", "c"]}, "frames-or-references", "references"),
        ({}, "something-to-animate", "first"),
        ({"first": ["a"], "seconds": 10, "resolution": "1080p"}, "long-not-in-1080p", "resolution"),
        ({"first": ["a"], "prompt": "x" * 16, "resolution": "1080p"}, "short-prompt-in-1080p", "prompt"),
        ({"references": ["a", "b"], "clips": ["c", "d"]}, "five-slots", "clips"),
    ],
)
def test_each_kind_of_rule_refuses_its_counterexample(
    everything: ModelSpec, inputs: Inputs, rule: str, at: str
) -> None:
    (problem,) = validate_inputs(everything, {"prompt": "a cat", **inputs})
    assert (problem.rule, problem.parameter) == (rule, at)


def test_seconds_of_clips_are_judged_once_they_are_known(everything: ModelSpec) -> None:
    inputs: Inputs = {"prompt": "a cat", "clips": ["a"]}
    assert validate_inputs(everything, inputs) == ()
    assert validate_inputs(everything, inputs, Facts(seconds={"clips": Decimal(15)})) == ()
    (problem,) = validate_inputs(everything, inputs, Facts(seconds={"clips": Decimal("15.1")}))
    assert problem == InputProblem("clips", "clips-together", "15")


def test_the_neighbours_of_the_counterexamples_are_fine(everything: ModelSpec) -> None:
    neighbours: tuple[Inputs, ...] = (
        {"first": ["a"], "last": ["b"]},
        {"first": ["a"], "seconds": 8, "resolution": "1080p"},
        {"first": ["a"], "seconds": 10, "resolution": "720p"},
        {"first": ["a"], "prompt": "x" * 16},
        {"references": ["a", "b", "c"], "clips": ["d"]},
        {"source_task": SONG},
        {"first": ["a"], "weakest": 0.4, "strength": 0.5},
        {"first": ["a"], "weakest": 0.5},
    )
    for inputs in neighbours:
        assert validate_inputs(everything, {"prompt": "a cat", **inputs}) == ()


@pytest.mark.proves("F62")
def test_a_required_input_is_missing_even_when_it_has_a_default(shipped: Catalogue) -> None:
    problems = validate_inputs(shipped.get("z-image"), {"prompt": "a cat"})
    assert problems == (InputProblem("aspect_ratio", Problem.MISSING),)


@pytest.mark.proves("F62")
def test_nothing_is_invented_for_a_required_input(shipped: Catalogue) -> None:
    assert with_defaults(shipped.get("z-image"), {}) == {"nsfw_checker": True}


def test_questions_come_in_the_order_of_the_catalogue(shipped: Catalogue) -> None:
    spec = shipped.get("kling-2-6-text")
    asked = []
    inputs: dict[str, InputValue] = {}
    while (question := next_question(spec, inputs)) is not None:
        asked.append(question.name)
        inputs[question.name] = "a cat" if question.name == "prompt" else question.choices[0].value
    assert asked == ["prompt", "duration", "sound", "aspect_ratio"]


def test_a_group_of_which_one_is_needed_is_asked_for(everything: ModelSpec) -> None:
    question = next_question(everything, {"prompt": "a cat"})
    assert question is not None
    assert question.name == "first"
    assert next_question(everything, {"prompt": "a cat", "clips": ["a"]}) is None


def test_what_is_sent_has_the_shapes_of_the_wire(everything: ModelSpec) -> None:
    sent = with_defaults(
        everything, {"prompt": "a cat", "first": ["a"], "seconds": 6, "references": ["b", "c"]}
    )
    assert sent == {
        "first": "a",
        "references": ["b", "c"],
        "prompt": "a cat",
        "resolution": "720p",
        "seconds": "6",
        "watermark": "",
        "mode": "std",
    }


def test_an_answer_that_counts_as_none_is_not_sent(everything: ModelSpec) -> None:
    assert "source_task" not in with_defaults(everything, {**GOOD, "source_task": ""})
    assert "clips" not in with_defaults(everything, {**GOOD, "clips": []})
