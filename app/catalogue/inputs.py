"""Inputs of a draft: are they valid, what is asked next, and what goes to the provider. Pure."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import TypeVar

from app.catalogue.errors import InputProblem, Problem
from app.catalogue.media import facts_of
from app.catalogue.media_checks import enlarged_too_far, media_problem, unmeasured, unpriced_source
from app.catalogue.parameters import (
    Inputs,
    InputValue,
    Parameter,
    ParameterKind,
    Part,
    Wire,
    decimal_of,
    is_given,
    raw_of,
)
from app.catalogue.past import read_result
from app.catalogue.prices import Facts
from app.catalogue.rules import OneOf, broken_rules, needed_next
from app.catalogue.spec import ModelSpec

_Value = TypeVar("_Value", bound=InputValue)


def validate_inputs(spec: ModelSpec, inputs: Inputs, facts: Facts | None = None) -> tuple[InputProblem, ...]:
    """Everything that is wrong with these inputs; empty = KIE takes them. `facts`: None = what the files tell.

    Cross-field rules are judged when every single value is right. A required input must be answered even when
    it has a default (F62); answers that count as none (an empty text or list) are missing.
    """
    known = {parameter.name: parameter for parameter in spec.parameters}
    problems = [InputProblem(name, Problem.UNKNOWN) for name in inputs if name not in known]
    for parameter in spec.parameters:
        value = inputs.get(parameter.name)
        problem = _problem_of(parameter, value) or unmeasured(spec, parameter, value)
        if problem is not None:
            problems.append(problem)
    known_facts = facts_of(spec, inputs) if facts is None else facts
    return (
        tuple(problems)
        or broken_rules(spec.rules, known, inputs, known_facts)
        or enlarged_too_far(spec, inputs, known_facts)
        or unpriced_source(spec, inputs, known_facts)
    )


def value_problem(parameter: Parameter, value: InputValue) -> InputProblem | None:
    """What is wrong with one given value; None = nothing."""
    return _CHECKS[parameter.kind](parameter, value)


def next_question(spec: ModelSpec, inputs: Inputs) -> Parameter | None:
    """The next input that has to be asked, in the order of the catalogue; None when the draft is complete.

    Required inputs are asked even when they have a default; after them the first of every group of which one
    is needed, and what other answers have made necessary.
    """
    for parameter in spec.parameters:
        if parameter.required and not is_given(inputs.get(parameter.name)):
            return parameter
    for rule in spec.rules:
        if isinstance(rule, OneOf) and not any(is_given(inputs.get(name)) for name in rule.names):
            return spec.parameter(rule.names[0])
    made_necessary = needed_next(spec.rules, {it.name: it for it in spec.parameters}, inputs)
    return None if made_necessary is None else spec.parameter(made_necessary)


def with_defaults(spec: ModelSpec, inputs: Inputs) -> Inputs:
    """The `input` object for the provider, in the order of the catalogue.

    The answers, the defaults of unanswered optional parameters (but where the catalogue says they are not to be
    sent), and the constants that are never shown. Answers that count as none are left out.
    """
    sent: dict[str, InputValue] = {}
    for parameter in spec.parameters:
        value = inputs.get(parameter.name)
        if not is_given(value) and not parameter.required and parameter.send_default:
            value = parameter.default
        if value is not None and is_given(value):
            sent[parameter.name] = _on_the_wire(parameter, value)
    return {**sent, **spec.fixed}


def results_of(spec: ModelSpec, inputs: Inputs) -> int:
    """How many results these inputs are sold as; an unanswered count has its default."""
    if isinstance(spec.results, int):
        return spec.results
    parameter, value = spec.parameter(spec.results), inputs.get(spec.results)
    if parameter is not None and not is_given(value):
        value = parameter.default
    # What a loaded catalogue and valid inputs cannot lack (`checks`).
    return int(Decimal(str(value)))


def _on_the_wire(parameter: Parameter, value: InputValue) -> InputValue:
    if parameter.kind is ParameterKind.RESULT and isinstance(value, str):
        return _name_of_result(parameter, value)
    if parameter.kind is ParameterKind.PARTS and isinstance(value, list):
        return [_part_on_the_wire(parameter, element) for element in value if not isinstance(element, str)]
    return _plain_on_the_wire(parameter, value)


def _plain_on_the_wire(parameter: Parameter, value: _Value) -> _Value | str:
    if parameter.wire is Wire.STRING and not isinstance(value, list):
        return raw_of(value)
    if parameter.wire is Wire.SINGLE and isinstance(value, list) and isinstance(value[0], str):
        return value[0]
    return value


def _part_on_the_wire(parameter: Parameter, element: Part) -> Part:
    known = [(parameter.part(name), value) for name, value in element.items()]
    return {part.name: _plain_on_the_wire(part, value) for part, value in known if part and is_given(value)}


def _name_of_result(parameter: Parameter, reference: str) -> str:
    """What the provider calls an earlier result; a text that is no reference goes as it is."""
    past = read_result(reference)
    if past is None:
        return reference
    return (past.track or "") if parameter.wire is Wire.TRACK else past.task


def _problem_of(parameter: Parameter, value: InputValue | None) -> InputProblem | None:
    if value is None or not is_given(value):
        return InputProblem(parameter.name, Problem.MISSING) if parameter.required else None
    return value_problem(parameter, value)


def _text(parameter: Parameter, value: InputValue) -> InputProblem | None:
    if not isinstance(value, str):
        return InputProblem(parameter.name, Problem.WRONG_TYPE)
    if len(value.strip()) < max(parameter.min_length, 1):
        return InputProblem(parameter.name, Problem.TOO_SHORT, str(max(parameter.min_length, 1)))
    if parameter.max_length is not None and len(value) > parameter.max_length:
        return InputProblem(parameter.name, Problem.TOO_LONG, str(parameter.max_length))
    return None


def _result(parameter: Parameter, value: InputValue) -> InputProblem | None:
    """Nothing that a person could type."""
    is_known = isinstance(value, str) and read_result(value) is not None
    return None if is_known else InputProblem(parameter.name, Problem.WRONG_TYPE)


def _choice(parameter: Parameter, value: InputValue) -> InputProblem | None:
    if isinstance(value, list):
        return InputProblem(parameter.name, Problem.WRONG_TYPE)
    known = parameter.choice_of(value)
    if known is None or type(known.value) is not type(value):
        return InputProblem(parameter.name, Problem.NOT_A_CHOICE)
    return None


def _switch(parameter: Parameter, value: InputValue) -> InputProblem | None:
    return None if isinstance(value, bool) else InputProblem(parameter.name, Problem.NOT_A_SWITCH)


def _number(parameter: Parameter, value: InputValue) -> InputProblem | None:
    number = None if isinstance(value, bool | str | list) else decimal_of(str(value))
    if number is None:
        return InputProblem(parameter.name, Problem.NOT_A_NUMBER)
    if parameter.minimum is not None and number < parameter.minimum:
        return InputProblem(parameter.name, Problem.TOO_SMALL, str(parameter.minimum))
    if parameter.maximum is not None and number > parameter.maximum:
        return InputProblem(parameter.name, Problem.TOO_BIG, str(parameter.maximum))
    if parameter.step is not None and (number - (parameter.minimum or Decimal(0))) % parameter.step:
        return InputProblem(parameter.name, Problem.OFF_STEP, str(parameter.step))
    return None


def _parts(parameter: Parameter, value: InputValue) -> InputProblem | None:
    if not isinstance(value, list):
        return InputProblem(parameter.name, Problem.WRONG_TYPE)
    if parameter.max_parts is not None and len(value) > parameter.max_parts:
        return InputProblem(parameter.name, Problem.TOO_MANY, str(parameter.max_parts))
    for element in value:
        if not isinstance(element, Mapping) or any(parameter.part(name) is None for name in element):
            return InputProblem(parameter.name, Problem.WRONG_TYPE)
        for part in parameter.parts:
            problem = _problem_of(part, element.get(part.name))
            if problem is not None:
                return InputProblem(f"{parameter.name}.{part.name}", problem.rule, problem.limit)
    return None


_CHECKS: Mapping[ParameterKind, Callable[[Parameter, InputValue], InputProblem | None]] = MappingProxyType(
    {
        ParameterKind.TEXT: _text,
        ParameterKind.RESULT: _result,
        ParameterKind.CHOICE: _choice,
        ParameterKind.SWITCH: _switch,
        ParameterKind.NUMBER: _number,
        ParameterKind.MEDIA: media_problem,
        ParameterKind.PARTS: _parts,
    }
)
