"""The rules across fields of every model: each can be broken, each is said, and none leads into a corner."""

import tomllib
from random import Random

import pytest

from app.catalogue import InputValue, load_catalogue, validate_inputs
from app.catalogue.rules import Rule
from tests.unit.catalogue.conftest import MODELS
from tests.unit.catalogue.trials import breaking, complete, values

SHIPPED = load_catalogue(MODELS)
RULED = [spec.key for spec in SHIPPED.models if spec.rules]
RULES = [(spec.key, rule) for spec in SHIPPED.models for rule in spec.rules]
DRAFTS = 20
"""Beginnings that are tried for each model with rules."""


@pytest.mark.parametrize(("key", "rule"), RULES, ids=[f"{key}-{rule.message}" for key, rule in RULES])
def test_each_rule_of_each_model_is_broken_by_some_inputs_that_break_nothing_else(
    key: str, rule: Rule
) -> None:
    spec = SHIPPED.get(key)
    inputs = breaking(spec, rule)
    assert inputs is not None, "a rule that nothing breaks says nothing"
    (problem,) = validate_inputs(spec, inputs)
    assert (problem.rule, problem.say) == (rule.message, rule.say)
    assert problem.parameter in problem.among


@pytest.mark.parametrize("key", RULED)
def test_from_any_beginning_there_is_a_way_to_a_complete_draft(key: str) -> None:
    spec, chance = SHIPPED.get(key), Random(key)
    for _ in range(DRAFTS):
        begun: dict[str, InputValue] = {}
        for parameter in spec.parameters:
            if chance.random() < 0.5:
                begun[parameter.name] = chance.choice(values(parameter))
        assert complete(spec, begun) is not None, begun


def test_a_rule_has_words_of_its_own_with_every_label_in_its_place() -> None:
    said: dict[str, str] = {}
    for _, rule in RULES:
        assert rule.say.ru != rule.say.en
        assert "{" not in rule.say.ru + rule.say.en
        assert said.setdefault(rule.say.ru, rule.message) == rule.message, "the same words are one rule's"


def test_no_shared_words_of_rules_are_left_over() -> None:
    used = {rule.message for _, rule in RULES}
    for path in MODELS.glob("*.toml"):
        assert tomllib.loads(path.read_text(encoding="utf-8")).get("rules", {}).keys() <= used, path.name
