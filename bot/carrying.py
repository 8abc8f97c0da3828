"""What one model was asked for as the beginning of another one's draft; pure, over the catalogue's rules."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.catalogue import (
    Inputs,
    InputValue,
    ModelSpec,
    Parameter,
    ParameterKind,
    media_in,
)
from app.users import accepted
from bot.attaching import free_place
from bot.questions import main_text

RATIO = ":"
"""What every ratio of a picture has in it, whatever its model calls the input."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What fits the other model, and the inputs of the first one that were answered and found no place."""

    inputs: Inputs
    lost: tuple[Parameter, ...]


def carried(source: ModelSpec, inputs: Inputs, target: ModelSpec) -> Carried:
    """The description, the files in their order, and every choice that the other model has as well."""
    taken: dict[str, InputValue] = {}
    lost: list[Parameter] = []
    for parameter in source.parameters:
        value = inputs.get(parameter.name)
        if value is None or value in ("", []):
            continue
        found = _files(target, value, taken) if parameter.media else _answer(source, parameter, target, value)
        taken |= found.taken
        if not found.is_whole and value != parameter.default:
            lost.append(parameter)
    return Carried(taken, tuple(lost))


def takers(models: Sequence[ModelSpec], source: ModelSpec, inputs: Inputs) -> list[ModelSpec]:
    """The other models that make the same kind of thing of the same words and files; those of the same task first."""
    found = [it for it in models if it.key != source.key and _takes(source, inputs, it)]
    return sorted(found, key=lambda it: it.task != source.task)


@dataclass(frozen=True, slots=True)
class _Found:
    taken: Inputs
    is_whole: bool


def _takes(source: ModelSpec, inputs: Inputs, target: ModelSpec) -> bool:
    if target.produces is not source.produces or not _is_alike(source, target):
        return False
    moved = carried(source, inputs, target)
    if any(it.media is not None or it == main_text(source) for it in moved.lost):
        return False
    return all(it.name in moved.inputs for it in target.parameters if it.required and it.media is not None)


def _is_alike(source: ModelSpec, target: ModelSpec) -> bool:
    """The same task, or on the same shelf two that work from words."""
    both_speak = main_text(source) is not None and main_text(target) is not None
    return target.task == source.task or (both_speak and target.category is source.category)


def _files(target: ModelSpec, value: InputValue, taken: Inputs) -> _Found:
    placed: dict[str, InputValue] = {}
    is_whole = True
    for file in media_in(value):
        place = free_place(target, file, {**taken, **placed})
        before = {**taken, **placed}.get(place.name) if place else None
        references = [*(it.reference for it in media_in(before)), file.reference]
        if place is None or not _fits(target, place, references):
            is_whole = False
        else:
            placed[place.name] = references
    return _Found(placed, is_whole)


def _answer(source: ModelSpec, parameter: Parameter, target: ModelSpec, value: InputValue) -> _Found:
    for place in _places(source, parameter, target):
        choice = next((it for it in place.choices if it.raw.casefold() == _raw(value)), None)
        moved = value if choice is None else choice.value
        if _fits(target, place, moved):
            return _Found({place.name: moved}, is_whole=True)
    return _Found({}, is_whole=False)


def _places(source: ModelSpec, parameter: Parameter, target: ModelSpec) -> Iterator[Parameter]:
    """The main text's place is the main text; any other input's is its namesake, a ratio's any ratio."""
    if parameter == main_text(source):
        yield from (it for it in (main_text(target),) if it is not None)
        return
    namesake = target.parameter(parameter.name)
    if namesake is not None and namesake.kind is parameter.kind and namesake != main_text(target):
        yield namesake
    if _is_ratio(parameter):
        yield from (it for it in target.parameters if _is_ratio(it) and it != namesake)


def _is_ratio(parameter: Parameter) -> bool:
    return parameter.kind is ParameterKind.CHOICE and any(RATIO in it.raw for it in parameter.choices)


def _raw(value: InputValue) -> str:
    return str(value).casefold()


def _fits(target: ModelSpec, place: Parameter, value: InputValue) -> bool:
    """Whether the value itself is taken: what has to hold between several is judged before paying."""
    return place.name in accepted(target, {place.name: value})
