"""For each kind of problem and each kind of rule there are inputs that it refuses, and nothing else does."""

import typing

import pytest

from app.catalogue import Catalogue, Problem, validate_inputs
from app.catalogue.rules import Rule
from tests.fixtures.refused import BY_PROBLEM, BY_RULE, GOOD, REFUSED, TOLD_ELSEWHERE, Refused


@pytest.mark.proves("F63")
@pytest.mark.parametrize("refused", REFUSED, ids=lambda refused: refused.why)
def test_one_wrong_thing_is_one_problem_and_says_what_it_is(made_up: Catalogue, refused: Refused) -> None:
    spec = made_up.get(refused.model)
    assert validate_inputs(spec, GOOD[refused.model]) == ()
    (problem,) = validate_inputs(spec, refused.inputs)
    assert problem.rule == refused.why
    assert (problem.say is None) == (refused.why in list(Problem))


def test_every_kind_of_problem_and_of_rule_is_among_them() -> None:
    assert {refused.why for refused in BY_PROBLEM} == set(Problem) - TOLD_ELSEWHERE
    assert set(typing.get_args(Rule)) <= {kind for kind, _ in BY_RULE}
