"""What must be true of a model before it may be sold; run at load over every spec. Pure."""

import re
from collections.abc import Callable, Iterable, Iterator

from app.catalogue.inputs import value_problem
from app.catalogue.localized import Localized
from app.catalogue.parameters import Parameter, ParameterKind, Scalar
from app.catalogue.prices import PLAUSIBLE_CREDITS, Fact, PriceRow, Unit
from app.catalogue.rules import Ascends, names_of
from app.catalogue.spec import ModelSpec, Status
from app.catalogue.tasks import modality_problems

LONGEST_LABEL = 32
"""UTF-16 code units of a name or a choice that a button of a small phone shows whole, the mark of a choice included."""

_RUSSIAN = re.compile("[\u0400-\u04ff]")
_FACTS = frozenset(fact.value for fact in Fact)
_UNCOUNTED = frozenset(
    {Unit.PER_TASK, Unit.PER_IMAGE}
)  # units of which one is meant where nothing is counted
_KINDS_WITH_DEFAULT = frozenset({ParameterKind.CHOICE, ParameterKind.NUMBER, ParameterKind.SWITCH})


def problems_in(spec: ModelSpec) -> list[tuple[str, str]]:
    """Every fault of one model as (key inside the model, problem); empty = it may be sold."""
    found: list[tuple[str, str]] = []
    for check in _CHECKS:
        found.extend(check(spec))
    return found


def _status(spec: ModelSpec) -> Iterator[tuple[str, str]]:
    if spec.status is Status.CURRENT and not any(not row.surcharge for row in spec.prices):
        yield "price", "is for sale without a price"
    if spec.status is not Status.CURRENT and not spec.reason:
        yield "reason", f"is {spec.status} without a reason"
    if spec.status is Status.RETIRED and spec.successor is None:
        yield "successor", "is retired without a successor"
    if spec.status is Status.CURRENT and spec.successor is not None:
        yield "successor", "is for sale and has a successor"


def _task(spec: ModelSpec) -> Iterator[tuple[str, str]]:
    if spec.status is Status.RETIRED and not spec.parameters:
        return  # nobody asks any more what went in
    for problem in modality_problems(spec.task, spec.produces, spec.parameters):
        yield "task", problem


def _parameters(spec: ModelSpec) -> Iterator[tuple[str, str]]:
    for parameter in spec.parameters:
        for problem in _parameter_problems(parameter):
            yield f"inputs.{parameter.name}", problem
        if parameter.name in spec.fixed:
            yield f"inputs.{parameter.name}", "is asked and fixed"


def _parameter_problems(parameter: Parameter) -> Iterator[str]:
    yield from _shape_problems(parameter)
    if parameter.default is not None and value_problem(parameter, parameter.default) is not None:
        yield f"default {parameter.default!r} is not a valid value"
    labels = [choice.label for choice in parameter.choices]
    for language in ("ru", "en"):
        words = [label.get(language) for label in labels]
        if len(set(words)) < len(words):
            yield f"two choices have the same {language} words"
    for choice in parameter.choices:
        yield from _label_problems(choice.label, choice.raw)
    yield from _label_problems(parameter.label, parameter.name)
    if parameter.example is not None:
        yield from _example_problems(parameter, parameter.example)


def _example_problems(parameter: Parameter, example: Localized) -> Iterator[str]:
    for text in (example.ru, example.en):
        problem = value_problem(parameter, text)
        if parameter.kind is not ParameterKind.TEXT or problem is not None:
            yield f"example {text!r} is not a valid value"


def _shape_problems(parameter: Parameter) -> Iterator[str]:
    if parameter.kind is ParameterKind.CHOICE and len(parameter.choices) < 2:
        yield "is a choice of less than two"
    if (parameter.kind is ParameterKind.MEDIA) != (parameter.media is not None):
        yield "is media without a rule, or the other way round"
    if (parameter.kind is ParameterKind.PARTS) != bool(parameter.parts):
        yield "is a list without parts, or the other way round"
    if parameter.kind is ParameterKind.TEXT and parameter.max_length is None:
        yield "is text without a limit"
    if parameter.default is not None and parameter.kind not in _KINDS_WITH_DEFAULT:
        yield f"a {parameter.kind} has no default: it would be invented"
    for part in parameter.parts:
        for problem in _parameter_problems(part):
            yield f"{part.name}: {problem}"


def _label_problems(label: Localized, key: str) -> Iterator[str]:
    for words in (label.ru, label.en):
        if words == key:
            yield f"label equals its key {key!r}"
        if len(words.encode("utf-16-le")) // 2 > LONGEST_LABEL:
            yield f"label {words!r} is longer than {LONGEST_LABEL}"
    if _RUSSIAN.search(label.en):
        yield f"label {label.en!r} has no English words"


def _name(spec: ModelSpec) -> Iterator[tuple[str, str]]:
    name = Localized(spec.name, spec.name)
    for problem in dict.fromkeys((*_label_problems(name, spec.key), *_label_problems(name, spec.id))):
        yield "name", problem


def _rules(spec: ModelSpec) -> Iterator[tuple[str, str]]:
    for rule in spec.rules:
        for name in names_of(rule):
            if spec.parameter(name) is None:
                yield f"rule.{rule.message}", f"names an unknown input {name!r}"
        if isinstance(rule, Ascends):
            yield from _ascending_problems(spec, rule)


def _ascending_problems(spec: ModelSpec, rule: Ascends) -> Iterator[tuple[str, str]]:
    for path in (rule.lower, rule.upper):
        name, _, part = path.partition(".")
        parameter = spec.parameter(name)
        number = parameter.part(part) if parameter is not None and part else parameter
        if number is None or number.kind is not ParameterKind.NUMBER:
            yield f"rule.{rule.message}", f"compares {path!r}, which is no number"


def _prices(spec: ModelSpec) -> Iterator[tuple[str, str]]:
    for number, row in enumerate(spec.prices):
        for problem in _row_problems(spec, row):
            yield f"price.{number}", problem
        twins = [r for r in spec.prices[:number] if r.when == row.when and not (r.surcharge or row.surcharge)]
        if twins:
            yield f"price.{number}", "has the conditions of an earlier row"


def _results(spec: ModelSpec) -> Iterator[tuple[str, str]]:
    """A count that a person chooses is a whole number from one on, and is what the price counts.

    The other way round, too: pictures that are paid for by number are what the model is sold as, so what never came
    is paid back.
    """
    if isinstance(spec.results, int):
        counted = {row.by for row in spec.prices if row.unit is Unit.PER_IMAGE and not row.surcharge}
        for name in sorted(counted - _FACTS - {None}, key=str):
            yield "results", f"is {spec.results}, but pictures are counted by {name!r}"
        return
    parameter = spec.parameter(spec.results)
    if parameter is None:
        yield "results", f"names an unknown input {spec.results!r}"
        return
    if not _always_valued(parameter):
        yield "results", f"is {spec.results!r}, which may stay unanswered"
    if not _is_whole(parameter):
        yield "results", f"is {spec.results!r}, which is no whole number from one on"
    if any(row.by != spec.results for row in spec.prices if not row.surcharge):
        yield "results", f"is {spec.results!r}, which the price does not count"


def _is_whole(parameter: Parameter) -> bool:
    if parameter.kind is ParameterKind.NUMBER:
        bounds = (parameter.minimum, parameter.step)
        return all(it is not None and it >= 1 and it == int(it) for it in bounds)
    return bool(parameter.choices) and all(re.fullmatch("[1-9][0-9]?", it.raw) for it in parameter.choices)


def _row_problems(spec: ModelSpec, row: PriceRow) -> Iterator[str]:
    least, most = PLAUSIBLE_CREDITS[row.unit]
    if not least <= row.credits <= most:
        yield f"{row.credits} credits {row.unit} is outside {least}-{most}"
    if row.by is None and row.unit not in _UNCOUNTED:
        yield f"{row.unit} does not say what is counted"
    if row.by is not None:
        yield from _counted_problems(spec, row.by)
    for name, value in row.when.items():
        yield from _condition_problems(spec, name, value)


def _counted_problems(spec: ModelSpec, by: str) -> Iterator[str]:
    name, _, part = by.partition(".")
    parameter = spec.parameter(name)
    if by in _FACTS:
        return
    if parameter is None or (part and parameter.part(part) is None):
        yield f"counts an unknown input {by!r}"
    elif not _always_valued(parameter):
        yield f"counts {name!r}, which may stay unanswered"


def _condition_problems(spec: ModelSpec, name: str, value: Scalar) -> Iterator[str]:
    if name in _FACTS or name in spec.fixed:
        return
    parameter = spec.parameter(name)
    if parameter is None:
        yield f"depends on an unknown input {name!r}"
    elif value_problem(parameter, value) is not None:
        yield f"can never match: {name!r} is never {value!r}"
    elif not _always_valued(parameter):
        yield f"depends on {name!r}, which may stay unanswered"
    elif not parameter.required and not parameter.send_default:
        yield f"depends on {name!r}, whose default is not sent"


def _always_valued(parameter: Parameter) -> bool:
    return parameter.required or parameter.default is not None


_CHECKS: tuple[Callable[[ModelSpec], Iterable[tuple[str, str]]], ...] = (
    _name,
    _status,
    _task,
    _parameters,
    _rules,
    _prices,
    _results,
)
