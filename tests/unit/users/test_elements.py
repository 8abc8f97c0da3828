"""A list of parts, filled in element by element, without a database."""

from dataclasses import replace

import pytest

from app.catalogue import Inputs, InvalidAnswerError, MediaFile, Modality, Part, Problem
from app.users import Answer, Draft, DraftState, elements, wizard
from tests.unit.users.specs import CAST, CATALOGUE

SPEC = CATALOGUE.get(CAST)
FILE = MediaFile("id", "unique", Modality.IMAGE, "image/jpeg", 1000).reference
HERO: Part = {"name": "Anna", "looks": [FILE, FILE], "face": [FILE], "side": "good"}


def draft(inputs: Inputs, asking: str | None) -> Draft:
    """An open one."""
    return Draft(1, 7, CAST, inputs, 1, asking, DraftState.OPEN)


def told(before: Draft, *answers: tuple[str, str | list[str] | None]) -> Draft:
    """After answers that came one by one."""
    for name, value in answers:
        before = wizard.advanced(SPEC, before, Answer(name, value))
    return before


def test_every_required_part_is_asked_in_order_and_then_the_list_again() -> None:
    now = wizard.asked(SPEC, draft({}, "heroes"), "heroes.name")
    assert (now.asking, now.inputs) == ("heroes.name", {"heroes": [{}]})
    now = told(now, ("heroes.name", "Anna"), ("heroes.looks", [FILE]))
    assert now.asking == "heroes.looks", "there is room for one more file"
    now = wizard.asked(SPEC, now, None)
    assert now.asking == "heroes.face"
    now = told(now, ("heroes.face", [FILE]), ("heroes.side", "good"))
    assert now.asking == "heroes"
    assert now.inputs == {"heroes": [{**HERO, "looks": [FILE]}]}
    assert wizard.asked(SPEC, now, None).asking == "prompt"


def test_the_list_is_asked_for_at_least_one_element() -> None:
    assert wizard.asked(SPEC, draft({}, "heroes"), None).asking == "heroes"


def test_an_answer_without_an_open_element_begins_one() -> None:
    now = told(draft({"heroes": [HERO]}, "heroes"), ("heroes.looks", [FILE, FILE]))
    assert now.inputs == {"heroes": [HERO, {"looks": [FILE, FILE]}]}
    assert now.asking == "heroes.name"


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (Answer("heroes.name", "x" * 201), Problem.TOO_LONG),
        (Answer("heroes.side", "grey"), Problem.NOT_A_CHOICE),
        (Answer("heroes.looks", [FILE] * 3), Problem.TOO_MANY),
        (Answer("heroes.nonsense", "x"), Problem.UNKNOWN),
        (Answer("prompt.name", "x"), Problem.UNKNOWN),
    ],
)
def test_what_the_part_does_not_take_is_refused_with_the_reason(answer: Answer, problem: Problem) -> None:
    with pytest.raises(InvalidAnswerError) as refusal:
        wizard.advanced(SPEC, draft({}, "heroes"), answer)
    assert refusal.value.problem.rule == problem


def test_a_full_list_takes_no_new_element() -> None:
    full = draft({"heroes": [HERO, HERO]}, "heroes")
    with pytest.raises(InvalidAnswerError) as refusal:
        wizard.asked(SPEC, full, "heroes.name")
    assert (refusal.value.problem.rule, refusal.value.problem.limit) == (Problem.TOO_MANY, "2")
    open_one = told(replace(full, asking="heroes.side"), ("heroes.side", "evil"))
    villain: Part = {**HERO, "side": "evil"}
    assert open_one.answer_to("heroes") == [HERO, villain], "it is still filled in"


def test_going_back_takes_answers_back_one_by_one_and_in_the_end_the_element() -> None:
    boris: Part = {"name": "Boris", "looks": [FILE]}
    begun: Inputs = {"heroes": [HERO, boris]}
    empty: Part = {}
    inputs, asking = wizard.stepped_back(SPEC, begun, "heroes.looks")
    assert asking == "heroes.name"
    assert inputs["heroes"] == [HERO, empty]
    inputs, asking = wizard.stepped_back(SPEC, inputs, asking)
    assert (inputs, asking) == ({"heroes": [HERO]}, "heroes")


def test_a_list_that_is_come_back_to_keeps_its_elements() -> None:
    whole: Inputs = {"heroes": [HERO]}
    assert wizard.stepped_back(SPEC, whole, "prompt") == (whole, "heroes")
    assert wizard.stepped_back(SPEC, whole, "heroes") == (whole, "heroes"), "nothing was asked before it"


def test_an_unfinished_element_is_there_only_while_it_is_asked_about() -> None:
    inputs: Inputs = {"heroes": [HERO, {"name": "Boris"}], "prompt": "x"}
    assert elements.completed(SPEC, inputs, "heroes.looks") == inputs
    assert elements.completed(SPEC, inputs, "heroes") == {"heroes": [HERO], "prompt": "x"}
    empty: Part = {}
    assert elements.completed(SPEC, {"heroes": [empty]}, None) == {}


def test_the_answer_to_a_part_is_that_of_the_open_element() -> None:
    inputs: Inputs = {"heroes": [HERO, {"name": "Boris"}]}
    assert draft(inputs, "heroes.looks").answer_to("heroes.name") == "Boris"
    assert draft(inputs, "heroes").answer_to("heroes.name") is None
    assert draft(inputs, "heroes").answer_to("heroes") == inputs["heroes"]
