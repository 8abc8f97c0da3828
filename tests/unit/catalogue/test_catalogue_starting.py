"""The price on the shelf: none is below it, and some inputs that can be bought cost just that."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from app.catalogue import (
    Catalogue,
    Inputs,
    InputValue,
    Modality,
    ModelSpec,
    Unit,
    cost,
    least_cost,
    load_catalogue,
    starting_price,
    validate_inputs,
)
from tests.unit.catalogue.conftest import MODELS
from tests.unit.catalogue.given_files import files_of
from tests.unit.catalogue.strategies import valid_inputs

SHIPPED = load_catalogue(MODELS).models
INPUTS = {spec.key: valid_inputs(spec) for spec in SHIPPED}
BY_UNIT = tuple(spec.key for spec in SHIPPED if starting_price(spec).unit is not None)
FAMILIES = {spec.family: tuple(it for it in SHIPPED if it.family == spec.family) for spec in SHIPPED}
TIMED = (Modality.VIDEO, Modality.AUDIO)


@pytest.mark.parametrize("key", BY_UNIT)
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_a_price_for_a_unit_times_the_units_is_never_above_what_it_costs(
    shipped: Catalogue, key: str, data: st.DataObject
) -> None:
    spec = shipped.get(key)
    inputs = data.draw(INPUTS[spec.key])
    start = starting_price(spec)
    told = start.credits * units_in(spec, inputs)
    assert cost(spec, inputs) >= told
    assert not start.exact or cost(spec, inputs) == told


def units_in(spec: ModelSpec, inputs: Inputs) -> Decimal:
    """How many of what the price on the shelf is for: thousands of characters, seconds; 1 = a generation."""
    match starting_price(spec).unit:
        case Unit.PER_1K_CHARS:
            lines = inputs.get("dialogue", [{"text": inputs.get("text", "")}])
            assert isinstance(lines, list)
            return Decimal(sum(len(str(line["text"])) for line in lines if isinstance(line, Mapping))) / 1000
        case Unit.PER_SECOND:
            clips = [clip.seconds or 0 for kind in TIMED for clip in files_of(inputs, kind)]
            return Decimal(str(inputs.get("duration") or max(clips)))
        case _:
            return Decimal(1)


@pytest.mark.parametrize("family", FAMILIES)
def test_the_price_on_the_shelf_is_reached_by_inputs_that_can_be_bought(family: str) -> None:
    for spec in FAMILIES[family]:
        start = starting_price(spec)
        if start.unit is None:
            assert min(cost(spec, inputs) for inputs in plain_inputs(spec)) == start.credits, spec.key
            assert least_cost(spec, {}).credits == start.credits, spec.key


def plain_inputs(spec: ModelSpec) -> Iterator[Inputs]:
    """Valid ones with as few files as there may be, with every answer that a price row asks for."""
    asked = {name for row in spec.prices for name in (*row.when, row.by or "")}
    deciding = [it for it in spec.parameters if it.name in asked and it.media is None]
    ways = [[it.value for it in one.choices] or [int(one.minimum or 1)] for one in deciding]
    names = [it.name for it in deciding]
    for drawn in some(INPUTS[spec.key]):
        required = {it.name: drawn[it.name] for it in spec.parameters if it.name in drawn and it.required}
        for kept, way in product((drawn, required), product(*ways)):
            inputs = {
                **{name: fewest(spec, name, it) for name, it in kept.items()},
                **dict(zip(names, way, strict=True)),
            }
            if validate_inputs(spec, inputs) == ():
                yield inputs


def some(inputs: st.SearchStrategy[Inputs]) -> list[Inputs]:
    """A few of them, the same in every run."""
    found: list[Inputs] = []

    @settings(max_examples=5, derandomize=True, database=None, deadline=None, phases=[Phase.generate])
    @given(inputs)
    def collect(drawn: Inputs) -> None:
        found.append(drawn)

    collect()
    return found


def fewest(spec: ModelSpec, name: str, value: InputValue) -> InputValue:
    """As few files as are taken, of a second each."""
    parameter = spec.parameter(name)
    if parameter is None or parameter.media is None or not isinstance(value, list):
        return value
    shortest = f"seconds={int(parameter.media.min_seconds or 1)}"
    return [re.sub(r"seconds=\d+", shortest, str(it)) for it in value[: parameter.media.min_count]]
