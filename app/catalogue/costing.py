"""What a generation costs: the one function behind every price (P21, F46, F47). Pure."""

from collections.abc import Mapping
from decimal import Decimal

from app.catalogue.errors import UnpricedError
from app.catalogue.media import facts_of
from app.catalogue.parameters import (
    Inputs,
    InputValue,
    Modality,
    amount_of,
    amount_of_parts,
    decimal_of,
    is_given,
    media_values,
    same_value,
)
from app.catalogue.prices import Fact, Facts, PriceRow
from app.catalogue.spec import ModelSpec
from app.money import Credits


def cost(spec: ModelSpec, inputs: Inputs, facts: Facts | None = None) -> Credits:
    """Credits that these inputs cost; unanswered inputs count with their defaults. More than zero.

    Of the rows without surcharge the one that names the most matching keys counts (of equal ones the dearest:
    never below cost), and every matching surcharge is added. `facts`: None = what the files among the inputs tell.
    Raises UnpricedError when nothing matches or something that the price counts is not known.
    """
    values = _effective(spec, inputs)
    known = _known(spec, values, facts_of(spec, inputs) if facts is None else facts)
    rows = [row for row in spec.prices if not row.surcharge and _matches(row, known)]
    if not rows:
        raise UnpricedError(spec.key)
    chosen = max(rows, key=lambda row: (len(row.when), row.credits))
    surcharges = [row for row in spec.prices if row.surcharge and _matches(row, known)]
    total = sum((_charge(spec, row, values, known) for row in (chosen, *surcharges)), Decimal(0))
    if total <= 0:
        raise UnpricedError(spec.key)
    return Credits(total)


def _effective(spec: ModelSpec, inputs: Inputs) -> Inputs:
    defaults = {p.name: p.default for p in spec.parameters if p.default is not None}
    return {**spec.fixed, **defaults, **{name: value for name, value in inputs.items() if is_given(value)}}


def _known(spec: ModelSpec, values: Inputs, facts: Facts) -> Mapping[str, InputValue]:
    images = _count(spec, values, Modality.IMAGE)
    video, audio = (_seconds(spec, values, facts, kind) for kind in (Modality.VIDEO, Modality.AUDIO))
    probed: dict[str, InputValue | None] = {
        Fact.VIDEO_INPUT: _count(spec, values, Modality.VIDEO) > 0,
        Fact.IMAGE_INPUT: images > 0,
        Fact.SOURCE_RESOLUTION: facts.source_resolution,
        Fact.OUTPUT_TIER: facts.output_tier,
        Fact.INPUT_IMAGES: str(images),
        Fact.INPUT_IMAGES_AFTER_FIRST: str(max(images - 1, 0)),
        Fact.INPUT_VIDEO_SECONDS: _text(video),
        Fact.INPUT_AUDIO_SECONDS: _text(audio),
        Fact.INPUT_LONGEST_SECONDS: None if video is None or audio is None else str(max(video, audio)),
        Fact.INPUT_MEGAPIXELS: _text(facts.input_megapixels),
        Fact.OUTPUT_MEGAPIXELS: _text(facts.output_megapixels),
    }
    return {**values, **{name: value for name, value in probed.items() if value is not None}}


def _count(spec: ModelSpec, values: Inputs, kind: Modality) -> int:
    return sum(len(files) for _, rule, files in media_values(spec.parameters, values) if rule.kind is kind)


def _seconds(spec: ModelSpec, values: Inputs, facts: Facts, kind: Modality) -> Decimal | None:
    """Length of all media of this kind; None when one of them was not probed."""
    names = {name for name, rule, _ in media_values(spec.parameters, values) if rule.kind is kind}
    if any(name not in facts.seconds for name in names):
        return None
    return sum((facts.seconds[name] for name in names), Decimal(0))


def _text(number: Decimal | None) -> str | None:
    return None if number is None else str(number)


def _matches(row: PriceRow, known: Mapping[str, InputValue]) -> bool:
    return all(same_value(value, known.get(name)) for name, value in row.when.items())


def _charge(spec: ModelSpec, row: PriceRow, values: Inputs, known: Mapping[str, InputValue]) -> Decimal:
    amount = Decimal(1) if row.by is None else _amount(spec, row, values, known)
    if amount is None or amount < 0:
        raise UnpricedError(spec.key)
    return row.credits * amount / row.size


def _amount(
    spec: ModelSpec, row: PriceRow, values: Inputs, known: Mapping[str, InputValue]
) -> Decimal | None:
    name, _, part = (row.by or "").partition(".")
    if name.startswith("@"):
        return decimal_of(str(known[name])) if name in known else None
    parameter, value = spec.parameter(name), values.get(name)
    if parameter is None or value is None:
        return None
    if row.amounts:
        return row.amounts.get(str(value))
    return amount_of_parts(parameter, part, value) if part else amount_of(parameter, value)
