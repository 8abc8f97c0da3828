"""The provider's schema of a model's inputs, held against what we ask and send. Pure."""

from collections.abc import Collection, Iterator
from decimal import Decimal

from app.catalogue import ModelSpec, Parameter, ParameterKind
from app.generation.market.differences import Change, Difference
from app.generation.market.facts import Field, Fields


def schema_differences(
    spec: ModelSpec, fields: Fields, unsold_inputs: Collection[str], unsold_values: Collection[str]
) -> list[Difference]:
    """Inputs and choices that came, went or are asked for now, and limits within which ours do not stay.

    `unsold_inputs`: those that we know of and leave out; `unsold_values`: the same of choices, as `input=value`.
    """
    return [
        *_gone(spec, fields),
        *_required(spec, fields),
        *(it for it in _new(spec, fields) if it.what not in unsold_inputs),
        *(
            it
            for parameter in spec.parameters
            if parameter.name in fields
            for it in _within(spec, parameter, fields[parameter.name])
            if it.change is not Change.NEW_CHOICE or f"{it.what}={it.after}" not in unsold_values
        ),
    ]


def _gone(spec: ModelSpec, fields: Fields) -> Iterator[Difference]:
    for name in (*(it.name for it in spec.parameters), *spec.fixed):
        if name not in fields:
            yield _difference(Change.INPUT_GONE, spec, name)


def _required(spec: ModelSpec, fields: Fields) -> Iterator[Difference]:
    for name, field in fields.items():
        if field.required and name not in spec.fixed and not _is_always_sent(spec.parameter(name)):
            yield _difference(Change.INPUT_REQUIRED, spec, name)


def _is_always_sent(parameter: Parameter | None) -> bool:
    if parameter is None:
        return False
    return parameter.required or (parameter.default is not None and parameter.send_default)


def _new(spec: ModelSpec, fields: Fields) -> Iterator[Difference]:
    for name, field in fields.items():
        if spec.parameter(name) is None and name not in spec.fixed and not field.required:
            yield _difference(Change.NEW_INPUT, spec, name)


def _within(spec: ModelSpec, parameter: Parameter, field: Field) -> Iterator[Difference]:
    yield from _choices(spec, parameter, field)
    for ours, theirs, is_wider in _bounds(parameter, field):
        if ours is not None and theirs is not None and is_wider:
            yield _difference(Change.LIMIT, spec, parameter.name, f"{ours:f}", f"{theirs:f}")


def _choices(spec: ModelSpec, parameter: Parameter, field: Field) -> Iterator[Difference]:
    if parameter.kind is not ParameterKind.CHOICE or not field.choices:
        return
    ours = {it.raw.lower(): it.raw for it in parameter.choices}
    theirs = {it.lower(): it for it in field.choices}
    for gone in ours.keys() - theirs.keys():
        yield _difference(Change.CHOICE_GONE, spec, parameter.name, after=ours[gone])
    for new in theirs.keys() - ours.keys():
        yield _difference(Change.NEW_CHOICE, spec, parameter.name, after=theirs[new])


def _bounds(parameter: Parameter, field: Field) -> tuple[tuple[Decimal | None, Decimal | None, bool], ...]:
    """Ours, the provider's, and whether ours lets through what the provider does not take."""
    most = None if parameter.media is None else Decimal(parameter.media.max_count)
    uppers = (
        (_decimal(parameter.max_length), _decimal(field.max_length)),
        (parameter.maximum, field.maximum),
        (most or _decimal(parameter.max_parts), _decimal(field.max_items)),
    )
    lower = (parameter.minimum, field.minimum)
    return (
        *(
            (ours, theirs, bool(ours is not None and theirs is not None and ours > theirs))
            for ours, theirs in uppers
        ),
        (*lower, bool(lower[0] is not None and lower[1] is not None and lower[0] < lower[1])),
    )


def _decimal(number: int | None) -> Decimal | None:
    return None if number is None else Decimal(number)


def _difference(change: Change, spec: ModelSpec, what: str, before: str = "", after: str = "") -> Difference:
    return Difference(change, spec.key, spec.name, what, before, after)
