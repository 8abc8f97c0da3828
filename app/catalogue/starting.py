"""The least that one generation of a model costs: the price on the shelf, of nothing but the model itself. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from app.catalogue.errors import UnpricedError
from app.catalogue.parameters import Inputs, MediaRule, Modality, Parameter, ParameterKind, decimal_of
from app.catalogue.prices import Fact, PriceRow, Unit
from app.catalogue.rules import OneOf
from app.catalogue.spec import ModelSpec
from app.money import Credits

_SENT = {Fact.VIDEO_INPUT: Modality.VIDEO, Fact.IMAGE_INPUT: Modality.IMAGE}

Files = Mapping[Modality, tuple[MediaRule, ...]]
"""The files that go in, by kind: the rule of each."""


@dataclass(frozen=True, slots=True)
class StartingPrice:
    """The least that one generation of a model costs.

    `unit` is None when `credits` are for a whole generation; else they are for one unit (thousand characters,
    second of a clip nobody has sent yet). `exact`: no input changes the price, so "from" is not needed.
    """

    credits: Credits
    unit: Unit | None
    exact: bool


def starting_price(spec: ModelSpec) -> StartingPrice:
    """The price on the shelf; raises UnpricedError for a model without price rows.

    What is asked for files that must go in belongs to it: some inputs cost just that, and none cost less.
    """
    base = [row for row in spec.prices if not row.surcharge]
    if not base:
        raise UnpricedError(spec.key)
    offers = [(row.credits * (_least(spec, row) or 1) / row.size + _on_top(spec, row), row) for row in base]
    least, row = min(offers, key=lambda offer: offer[0])
    whole = row.by is None or _least(spec, row) is not None
    if not whole:
        return StartingPrice(Credits(row.credits), row.unit, exact=len(spec.prices) == 1)
    return StartingPrice(Credits(least), None, exact=len(spec.prices) == 1 and row.by is None)


def files_missing(spec: ModelSpec, inputs: Inputs) -> Iterator[tuple[Parameter, ...]]:
    """Every choice of the inputs with files that must still come: what is required, and one of each group."""
    required = [it for it in spec.parameters if it.required and it.name not in inputs]
    groups = [rule.names for rule in spec.rules if isinstance(rule, OneOf)]
    for chosen in product(*(names for names in groups if not set(names) & set(inputs))):
        named = (spec.parameter(name) for name in dict.fromkeys(chosen))
        asked = dict.fromkeys(it.name for it in (*required, *named) if it is not None)
        yield tuple(it for it in spec.parameters if it.name in asked and it.media is not None)


def _least(spec: ModelSpec, row: PriceRow) -> Decimal | None:
    """The smallest amount that this row can count; None when only the draft can tell (text, probed media)."""
    if row.by is None:
        return Decimal(1)
    if row.by in row.when:
        return decimal_of(str(row.when[row.by]))
    if row.amounts:
        return min(row.amounts.values())
    parameter = spec.parameter(row.by)
    return None if parameter is None else _least_value(parameter)


def _least_value(parameter: Parameter) -> Decimal | None:
    if parameter.kind is ParameterKind.CHOICE:
        amounts = [decimal_of(choice.raw) for choice in parameter.choices]
        return min((amount for amount in amounts if amount is not None), default=None)
    if parameter.kind is ParameterKind.NUMBER:
        return parameter.minimum
    return None


def _on_top(spec: ModelSpec, row: PriceRow) -> Decimal:
    """The least of the surcharges with which this row can be chosen."""
    extra = [it for it in spec.prices if it.surcharge]
    if not extra:
        return Decimal(0)
    ways = (_sent_for(row, files) for files in _files_needed(spec))
    return min(sum((_surcharge(it, row, files) for it in extra), Decimal(0)) for files in ways)


def _files_needed(spec: ModelSpec) -> Iterator[Files]:
    """Every choice of files without which nothing can be bought."""
    for missing in files_missing(spec, {}):
        rules = [it.media for it in missing if it.media is not None for _ in range(it.media.min_count)]
        yield {kind: tuple(rule for rule in rules if rule.kind is kind) for kind in Modality}


def _sent_for(row: PriceRow, files: Files) -> Files:
    """With a file of each kind that the row's conditions want."""
    wanted = {kind for fact, kind in _SENT.items() if row.when.get(fact) is True and not files[kind]}
    return {**files, **{kind: (MediaRule(kind),) for kind in wanted}}


def _surcharge(extra: PriceRow, row: PriceRow, files: Files) -> Decimal:
    """What a surcharge asks for these files beside this row; nothing where another answer avoids it."""
    for name, value in extra.when.items():
        there = bool(files[_SENT[Fact(name)]]) if name in _SENT else row.when.get(name)
        if there != value:
            return Decimal(0)
    images = len(files[Modality.IMAGE])
    counted: dict[str | None, Decimal] = {
        None: Decimal(1),
        Fact.INPUT_IMAGES: Decimal(images),
        Fact.INPUT_IMAGES_AFTER_FIRST: Decimal(max(images - 1, 0)),
        Fact.INPUT_VIDEO_SECONDS: _seconds(files[Modality.VIDEO]),
        Fact.INPUT_AUDIO_SECONDS: _seconds(files[Modality.AUDIO]),
    }
    return extra.credits * counted.get(extra.by, Decimal(0)) / extra.size


def _seconds(rules: tuple[MediaRule, ...]) -> Decimal:
    """Of the shortest clips there can be."""
    return sum((max(it.min_seconds or Decimal(1), Decimal(1)) for it in rules), Decimal(0))
