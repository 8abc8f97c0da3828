"""What may be answered instead of a question that is asked only because of other answers. Pure."""

from collections.abc import Iterator

from app.catalogue.inputs import next_question
from app.catalogue.parameters import Inputs, Parameter
from app.catalogue.rules import Implies, OneOf, Test
from app.catalogue.spec import ModelSpec


def alternatives_to(spec: ModelSpec, inputs: Inputs, name: str) -> tuple[Parameter, ...]:
    """The other inputs of which one is needed, and those whose answers have made this one necessary.

    Nothing for a required input, and for one that is not asked for next.
    """
    asked = next_question(spec, inputs)
    if asked is None or asked.name != name or asked.required:
        return ()
    names = dict.fromkeys(it for it in _names(spec, name) if it != name)
    return tuple(it for it in map(spec.parameter, names) if it is not None)


def _names(spec: ModelSpec, name: str) -> Iterator[str]:
    for rule in spec.rules:
        if isinstance(rule, OneOf) and name in rule.names:
            yield from rule.names
        if isinstance(rule, Implies) and any(
            it.parameter == name and it.test is Test.GIVEN for it in rule.then
        ):
            yield from (it.parameter for it in rule.when)
