"""No price of the shelf is off by a comma: every row, and the dearest purchase, within bounds that have a reason."""

import tomllib
from contextlib import suppress
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import TypedDict

import pytest

from app.catalogue import (
    InputValue,
    ModelSpec,
    Parameter,
    ParameterKind,
    UnpricedError,
    cost,
    load_catalogue,
)
from app.catalogue.prices import PriceRow
from app.money import Credits, Kopecks
from app.offers import Rates
from tests.unit.catalogue.conftest import MODELS


class Bound(TypedDict):
    unit: str
    produces: str
    least: Decimal
    most: Decimal
    reason: str


DATA = tomllib.loads(Path(__file__).with_name("plausible.toml").read_text("utf-8"), parse_float=Decimal)
BOUNDS: dict[tuple[str, str], Bound] = {(it["unit"], it["produces"]): it for it in DATA["bound"]}
DEAREST: dict[str, int] = DATA["dearest"]
SHIPPED = load_catalogue(MODELS).models
ROWS = [(spec, row) for spec in SHIPPED for row in spec.prices]


def is_plausible(spec: ModelSpec, row: PriceRow, times: Decimal = Decimal(1)) -> bool:
    bound = BOUNDS[row.unit, spec.produces]
    return bound["least"] <= row.credits * times <= bound["most"]


@pytest.mark.proves("F45")
def test_every_price_row_is_within_the_bounds_of_its_kind() -> None:
    assert [(spec.key, row) for spec, row in ROWS if not is_plausible(spec, row)] == []
    used = {(str(row.unit), str(spec.produces)) for spec, row in ROWS}
    assert used == set(BOUNDS), "a bound is for nothing, or a kind of row has none"
    assert all(len(bound["reason"]) > 20 for bound in BOUNDS.values())


@pytest.mark.proves("F45")
@pytest.mark.parametrize("slip", [Decimal(1000), Decimal("0.001")])
def test_a_row_that_is_off_a_thousand_times_is_outside(slip: Decimal) -> None:
    assert [(spec.key, row) for spec, row in ROWS if is_plausible(spec, row, slip)] == []


@pytest.mark.proves("F45")
@pytest.mark.parametrize("produces", DEAREST)
def test_the_dearest_purchase_is_no_dearer_than_the_dearest_that_there_is_a_reason_for(produces: str) -> None:
    rates = Rates(Decimal(79), Decimal(2))
    models = [spec for spec in SHIPPED if spec.produces == produces]
    prices = {spec.key: rates.price(credits_) for spec in models for credits_ in dearest(spec)}
    assert max(prices.values()) <= Kopecks(DEAREST[produces] * 100), max(prices, key=lambda key: prices[key])
    assert max(prices.values()) > Kopecks(DEAREST[produces] * 50), "the bound is wide of the mark"


def dearest(spec: ModelSpec) -> list[Credits]:
    """The dearest answers to what the price asks for; nothing for what is paid by the length of a file."""
    asked = {name for row in spec.prices for name in (*row.when, row.by or "")}
    deciding = [it for it in spec.parameters if it.name in asked and it.media is None]
    ways = product(*(extremes(it) for it in deciding))
    names = [it.name for it in deciding]
    found = []
    for way in ways:
        with suppress(UnpricedError):
            found.append(cost(spec, dict(zip(names, way, strict=True))))
    return [max(found)] if found else []


def extremes(parameter: Parameter) -> list[InputValue]:
    if parameter.kind is ParameterKind.TEXT:
        return ["x" * (parameter.max_length or 1)]
    if parameter.kind is ParameterKind.NUMBER:
        return [float(parameter.maximum or 1)]
    return [choice.value for choice in parameter.choices]
