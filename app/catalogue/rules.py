"""Cross-field rules as data: what must hold between the inputs of a model before anything is paid."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import assert_never

from app.catalogue.errors import InputProblem
from app.catalogue.localized import Localized
from app.catalogue.parameters import (
    Inputs,
    InputValue,
    Parameter,
    Scalar,
    amount_of,
    amount_of_parts,
    decimal_of,
    is_given,
    same_value,
)
from app.catalogue.prices import Facts


class Test(StrEnum):
    """What a condition asks of one input."""

    GIVEN = "given"  # answered (or has a default)
    ABSENT = "absent"
    ONE_OF = "in"  # its value is one of `values`
    NONE_OF = "not_in"
    AT_LEAST = "min"  # its amount (number, characters of a text, items of a list) is at least `bound`
    AT_MOST = "max"


@dataclass(frozen=True, slots=True)
class Condition:
    """One test of one input."""

    parameter: str
    test: Test
    values: tuple[Scalar, ...] = ()
    bound: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Implies:
    """When all of `when` hold, all of `then` must hold ("last frame needs first frame", "10 s not at 1080p")."""

    message: str
    say: Localized
    when: tuple[Condition, ...]
    then: tuple[Condition, ...]
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Excludes:
    """Of these groups of inputs at most one may be used."""

    message: str
    say: Localized
    groups: tuple[tuple[str, ...], ...]
    quote: str = ""


@dataclass(frozen=True, slots=True)
class OneOf:
    """At least one of these inputs is needed; none of them is required by itself."""

    message: str
    say: Localized
    names: tuple[str, ...]
    quote: str = ""


class Measure(StrEnum):
    """What a total adds up."""

    COUNT = "count"  # items of a list; one for anything else that is given
    SECONDS = "seconds"  # length of the media, probed


@dataclass(frozen=True, slots=True)
class Total:
    """Together these inputs are at most `at_most`; `weights`: how many an item counts where it is not one.

    Only asked while all of `when` hold.
    """

    message: str
    say: Localized
    names: tuple[str, ...]
    at_most: Decimal
    measure: Measure = Measure.COUNT
    weights: tuple[tuple[str, Decimal], ...] = ()
    quote: str = ""
    when: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class AddsUp:
    """This part of all elements of a list (`shots.duration`) is together as much as the input `total`."""

    message: str
    say: Localized
    name: str
    part: str
    total: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Ascends:
    """The number `lower` is below the number `upper`: two inputs, or two parts of each element of a list."""

    message: str
    say: Localized
    lower: str
    upper: str
    quote: str = ""


Rule = Implies | Excludes | OneOf | Total | AddsUp | Ascends
"""`message` names the rule, `say` is it in words; `quote` is the provider's sentence that the rule says."""


def names_of(rule: Rule) -> tuple[str, ...]:
    """Every input that a rule speaks of."""
    match rule:
        case Implies():
            return tuple(condition.parameter for condition in (*rule.when, *rule.then))
        case Excludes():
            return tuple(name for group in rule.groups for name in group)
        case OneOf():
            return rule.names
        case Total():
            return (*(condition.parameter for condition in rule.when), *rule.names)
        case AddsUp():
            return (rule.name, rule.total)
        case Ascends():
            return (rule.lower.partition(".")[0], rule.upper.partition(".")[0])
        case _:
            assert_never(rule)


def broken_rules(
    rules: tuple[Rule, ...], parameters: Mapping[str, Parameter], inputs: Inputs, facts: Facts
) -> tuple[InputProblem, ...]:
    """One problem for every rule that these inputs break, at the input that has to change.

    Expects inputs whose values fit their parameters. A total of seconds is not judged while they are unknown.
    """
    return tuple(
        InputProblem(name, rule.message, _limit(rule), rule.say, tuple(dict.fromkeys(names_of(rule))))
        for rule in rules
        for name in _broken_at(rule, parameters, inputs, facts)[:1]
    )


def needed_next(rules: tuple[Rule, ...], parameters: Mapping[str, Parameter], inputs: Inputs) -> str | None:
    """The first input that the answers given so far have made necessary and that has none."""
    for rule in rules:
        if isinstance(rule, Implies) and all(
            _holds(condition, parameters, inputs) for condition in rule.when
        ):
            for condition in rule.then:
                if condition.test is Test.GIVEN and not _holds(condition, parameters, inputs):
                    return condition.parameter
    return None


def _limit(rule: Rule) -> str | None:
    return str(rule.at_most) if isinstance(rule, Total) else None


def _broken_at(
    rule: Rule, parameters: Mapping[str, Parameter], inputs: Inputs, facts: Facts
) -> tuple[str, ...]:
    match rule:
        case Implies():
            applies = all(_holds(condition, parameters, inputs) for condition in rule.when)
            return tuple(c.parameter for c in rule.then if applies and not _holds(c, parameters, inputs))
        case Excludes():
            return _given_names(rule.groups, inputs)[1:]
        case OneOf():
            return () if any(is_given(inputs.get(name)) for name in rule.names) else rule.names
        case Total():
            applies = all(_holds(condition, parameters, inputs) for condition in rule.when)
            return rule.names[-1:] if applies and _total(rule, inputs, facts) > rule.at_most else ()
        case AddsUp():
            return () if _adds_up(rule, parameters, inputs) else (rule.name,)
        case Ascends():
            return () if _ascends(rule, inputs) else names_of(rule)
        case _:
            assert_never(rule)


def _given_names(groups: tuple[tuple[str, ...], ...], inputs: Inputs) -> tuple[str, ...]:
    """The first given input of every group that has one."""
    given = [[name for name in group if is_given(inputs.get(name))] for group in groups]
    return tuple(names[0] for names in given if names)


def _holds(condition: Condition, parameters: Mapping[str, Parameter], inputs: Inputs) -> bool:
    parameter = parameters[condition.parameter]
    value = inputs.get(condition.parameter)
    value = value if is_given(value) else parameter.default
    match condition.test:
        case Test.GIVEN:
            return is_given(value)
        case Test.ABSENT:
            return not is_given(value)
        case Test.ONE_OF:
            return any(same_value(allowed, value) for allowed in condition.values)
        case Test.NONE_OF:
            return not any(same_value(refused, value) for refused in condition.values)
        case Test.AT_LEAST | Test.AT_MOST:
            return _within(condition, parameter, value)
        case _:
            assert_never(condition.test)


def _within(condition: Condition, parameter: Parameter, value: InputValue | None) -> bool:
    amount = Decimal(0) if value is None else amount_of(parameter, value)
    if amount is None or condition.bound is None:
        return False
    return amount >= condition.bound if condition.test is Test.AT_LEAST else amount <= condition.bound


def _total(rule: Total, inputs: Inputs, facts: Facts) -> Decimal:
    if rule.measure is Measure.SECONDS:
        return sum((facts.seconds.get(name, Decimal(0)) for name in rule.names), Decimal(0))
    weights = dict(rule.weights)
    return sum((_items(inputs.get(name)) * weights.get(name, Decimal(1)) for name in rule.names), Decimal(0))


def _adds_up(rule: AddsUp, parameters: Mapping[str, Parameter], inputs: Inputs) -> bool:
    elements, whole = inputs.get(rule.name), inputs.get(rule.total, parameters[rule.total].default)
    if elements is None or whole is None:
        return True
    together = amount_of_parts(parameters[rule.name], rule.part, elements)
    return together == amount_of(parameters[rule.total], whole)


def _ascends(rule: Ascends, inputs: Inputs) -> bool:
    """True also while one of the two is not answered."""
    pairs = zip(_numbers(rule.lower, inputs), _numbers(rule.upper, inputs), strict=True)
    return all(lower < upper for lower, upper in pairs if lower is not None and upper is not None)


def _numbers(path: str, inputs: Inputs) -> list[Decimal | None]:
    name, _, part = path.partition(".")
    value = inputs.get(name)
    if not part:
        return [decimal_of(str(value))]
    elements = value if isinstance(value, list) else []
    return [decimal_of(str(it.get(part))) for it in elements if not isinstance(it, str)]


def _items(value: InputValue | None) -> Decimal:
    if not is_given(value):
        return Decimal(0)
    return Decimal(len(value)) if isinstance(value, list) else Decimal(1)
