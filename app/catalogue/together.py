"""What the elements of a list add up to, for those who fill it in. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from app.catalogue.parameters import Inputs, Parameter, amount_of, amount_of_parts
from app.catalogue.rules import AddsUp
from app.catalogue.spec import ModelSpec


@dataclass(frozen=True, slots=True)
class Together:
    """How much a part is in all elements of a list, and how much it has to be."""

    part: Parameter
    amount: Decimal
    whole: Decimal


def together(spec: ModelSpec, inputs: Inputs, name: str) -> tuple[Together, ...]:
    """The sums of the list of this name, wherever a rule compares it with another input that has an answer."""
    rules = (rule for rule in spec.rules if isinstance(rule, AddsUp) and rule.name == name)
    return tuple(sums for rule in rules for sums in _sums(spec, rule, inputs))


def _sums(spec: ModelSpec, rule: AddsUp, inputs: Inputs) -> Iterator[Together]:
    parameter, total = spec.parameter(rule.name), spec.parameter(rule.total)
    part = None if parameter is None else parameter.part(rule.part)
    if parameter is None or total is None or part is None:
        return
    whole = inputs.get(rule.total, total.default)
    amount = amount_of_parts(parameter, rule.part, inputs.get(rule.name, []))
    wanted = None if whole is None else amount_of(total, whole)
    if amount is not None and wanted is not None:
        yield Together(part, amount, wanted)
