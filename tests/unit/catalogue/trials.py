"""Trying values out: inputs that break one rule alone, and the way from any draft to a complete one."""

from collections.abc import Iterator
from itertools import product

from app.catalogue import (
    InputProblem,
    Inputs,
    InputValue,
    MediaFile,
    MediaRule,
    Modality,
    ModelSpec,
    Parameter,
    ParameterKind,
    Part,
    PastResult,
    next_question,
    validate_inputs,
)
from app.catalogue.rules import Rule, names_of

SONG = PastResult("task", "track", "720p").reference
REMOVABLE = frozenset({ParameterKind.MEDIA, ParameterKind.PARTS, ParameterKind.RESULT})
"""What the wizard lets a person take away again; any other answer can only be changed."""

FURTHEST = 4
"""Changes after which a draft counts as stuck."""


def values(parameter: Parameter) -> list[InputValue]:
    """A few values that tell the parameter's limits: every choice, the ends of a range, one file and as many as go."""
    match parameter.kind:
        case ParameterKind.CHOICE | ParameterKind.SWITCH:
            return [choice.value for choice in parameter.choices]
        case ParameterKind.NUMBER:
            bounds = (parameter.minimum, parameter.maximum, parameter.default)
            return [float(str(bound)) for bound in dict.fromkeys(bounds) if bound is not None]
        case ParameterKind.TEXT:
            return ["a" * max(parameter.min_length, 1), "a" * (parameter.max_length or 1)]
        case ParameterKind.RESULT:
            return [SONG]
        case ParameterKind.MEDIA:
            assert parameter.media is not None
            return list(_files(parameter.media))
        case ParameterKind.PARTS:
            return list(_parts(parameter))


def complete(spec: ModelSpec, inputs: Inputs) -> Inputs | None:
    """These inputs after what the wizard asks and a person changes; None where nothing leads to a complete draft."""
    return _mended(spec, _answered(spec, inputs), FURTHEST, unless=None)


def breaking(spec: ModelSpec, rule: Rule) -> Inputs | None:
    """Inputs that break this rule and nothing else; None where none are found."""
    whole = complete(spec, {})
    assert whole is not None
    tried = (_mended(spec, it, FURTHEST, unless=rule.message) for it in _variations(spec, whole, rule))
    return next((found for found in tried if found is not None), None)


def _answered(spec: ModelSpec, inputs: Inputs) -> Inputs:
    """With an answer to every question that is asked whatever the others are."""
    first = {it.name: values(it)[0] for it in spec.parameters if it.required}
    return {**first, **inputs}


def _variations(spec: ModelSpec, whole: Inputs, rule: Rule) -> Iterator[Inputs]:
    """Every way to fill in the inputs of a rule; what need not be answered may stay open."""
    parameters = [it for it in spec.parameters if it.name in names_of(rule)]
    ways = [[*values(it), *([] if it.required else [None])] for it in parameters]
    for way in product(*ways):
        filled = {it.name: value for it, value in zip(parameters, way, strict=True)}
        merged = {**whole, **filled}
        yield {name: value for name, value in merged.items() if value is not None}


def _mended(spec: ModelSpec, inputs: Inputs, steps: int, *, unless: str | None) -> Inputs | None:
    """The inputs with every problem mended, but for the rule `unless`, which has to stay broken."""
    problems = validate_inputs(spec, inputs)
    if unless is not None and unless not in [problem.rule for problem in problems]:
        return None
    others = [problem for problem in problems if problem.rule != unless]
    if not others:
        return inputs
    if steps == 0:
        return None
    moves = (_mended(spec, each, steps - 1, unless=unless) for each in _moves(spec, inputs, others[0]))
    return next((found for found in moves if found is not None), None)


def _moves(spec: ModelSpec, inputs: Inputs, problem: InputProblem) -> Iterator[Inputs]:
    """What a person may do about a problem: answer the open question, or change an input that the words name."""
    question = next_question(spec, inputs)
    if question is not None:
        yield from ({**inputs, question.name: value} for value in values(question))
    for name in problem.among or (problem.parameter.partition(".")[0],):
        parameter = spec.parameter(name)
        assert parameter is not None
        yield from ({**inputs, name: value} for value in values(parameter) if value != inputs.get(name))
        if parameter.kind in REMOVABLE and name in inputs:
            yield {key: value for key, value in inputs.items() if key != name}


def _files(rule: MediaRule) -> Iterator[InputValue]:
    shortest, longest = int(rule.min_seconds or 1), int(rule.max_seconds or 60)
    for count in dict.fromkeys((max(rule.min_count, 1), rule.max_count)):
        for seconds in (shortest, longest):
            yield [_file(rule, seconds)] * count
            if rule.kind is Modality.IMAGE:
                break


def _file(rule: MediaRule, seconds: int) -> str:
    mime = rule.mime[0] if rule.mime else f"{rule.kind}/any"
    length = None if rule.kind is Modality.IMAGE else seconds
    return MediaFile("file", "unique", rule.kind, mime, 1000, length, 640, 480).reference


def _parts(parameter: Parameter) -> Iterator[InputValue]:
    """Lists of equal elements: of the least values, of the greatest, and of the two in turn."""
    for count in range(1, (parameter.max_parts or 3) + 1):
        for even, odd in ((0, 0), (-1, -1), (0, -1)):
            ends = (odd if number % 2 else even for number in range(len(parameter.parts)))
            tried = zip(parameter.parts, ends, strict=True)
            part: Part = {it.name: _inner(values(it)[end]) for it, end in tried}
            yield [part] * count


def _inner(value: InputValue) -> str | int | float | bool | list[str]:
    """A part holds no list of parts."""
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else value
