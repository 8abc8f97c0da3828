"""Prices that a person worked out from KIE's list, each with its arithmetic, against the way every price is made."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from decimal import ROUND_CEILING, Decimal
from functools import reduce
from itertools import count
from math import prod
from pathlib import Path
from typing import NotRequired, TypedDict

import pytest

from app.catalogue import (
    Inputs,
    InputValue,
    MediaFile,
    Modality,
    ModelSpec,
    ParameterKind,
    Part,
    PastResult,
    PriceRow,
    Unit,
    cost,
    load_catalogue,
    validate_inputs,
)
from app.clock import SystemClock
from app.offers import Offers, Rates
from tests.fakes.rates import rates_in_force

CATALOGUE = load_catalogue(Path(__file__).resolve().parents[3] / "models")
BY_ID = {spec.id: spec for spec in CATALOGUE.models}
OFFERS = Offers(CATALOGUE, rates_in_force(Rates(Decimal(79), Decimal(2))), SystemClock())
CREDIT = Decimal("0.005") * 79 * 2 * 100
"""Kopecks of one credit."""

Given = str | int | float | bool | dict[str, str | int] | list[dict[str, str | int | dict[str, int]]]


class RowAsked(TypedDict):
    credits: str
    unit: str
    by: str


class Pair(TypedDict):
    """`inputs`: a file is what prices ask of it, a text may be so many letters, an earlier result its resolution."""

    id: str
    inputs: Mapping[str, Given]
    sum: str
    kopecks: int
    row: NotRequired[RowAsked]


TABLE = Path(__file__).with_name("prices.toml").read_text(encoding="utf-8")
PAIRS: list[Pair] = tomllib.loads(TABLE, parse_float=str)["pair"]
NUMBERS = count(1)


def spec_of(pair: Pair) -> ModelSpec:
    """The model of the pair, with the row that the pair brings along in place of its own."""
    spec = BY_ID[pair["id"]]
    asked = pair.get("row")
    if asked is None:
        return spec
    row = PriceRow(Decimal(asked["credits"]), Unit(asked["unit"]), by=asked["by"])
    return replace(spec, prices=(row,))


def inputs_of(spec: ModelSpec, pair: Pair) -> Inputs:
    """As the wizard would have collected them."""
    return {name: value_of(spec, name, given) for name, given in pair["inputs"].items()}


def value_of(spec: ModelSpec, name: str, given: Given) -> InputValue:
    parameter = spec.parameter(name)
    assert parameter is not None, f"{spec.key} asks no {name}"
    if parameter.kind is ParameterKind.MEDIA and parameter.media is not None:
        assert isinstance(given, list)
        kind, mime = parameter.media.kind, parameter.media.mime
        return [a_file(kind, mime[0] if mime else f"{kind}/any", it) for it in given]
    if parameter.kind is ParameterKind.RESULT:
        assert isinstance(given, dict)
        return PastResult("task", "track", str(given["resolution"])).reference
    if parameter.kind is ParameterKind.PARTS:
        assert isinstance(given, list)
        parts: list[Part] = [{part: a_text(it) for part, it in element.items()} for element in given]
        return parts
    assert not isinstance(given, list)
    return a_text(given)


def a_text(given: str | float | bool | dict[str, str | int] | dict[str, int]) -> str | int | float | bool:
    return "щ" * int(given["times"]) if isinstance(given, dict) else given


def a_file(kind: Modality, mime: str, facts: Mapping[str, str | int | dict[str, int]]) -> str:
    told = {name: int(str(value)) for name, value in facts.items()}
    told_of = MediaFile(
        "id",
        f"unique-{next(NUMBERS)}",
        kind,
        mime,
        1000,
        seconds=told.get("seconds"),
        width=told.get("width"),
        height=told.get("height"),
    )
    return told_of.reference


def worked_out(arithmetic: str) -> Decimal:
    """What "13 × 6 + 4 × 2" comes to, in credits."""
    return sum((term(it) for it in arithmetic.split(" + ")), Decimal(0))


def term(text: str) -> Decimal:
    first, *divisors = text.split(" ÷ ")
    product = prod(map(Decimal, first.split(" × ")))
    return reduce(lambda left, right: left / Decimal(right), divisors, Decimal(product))


@pytest.mark.proves("F44", "F46", "F47")
@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair['id']}: {pair['sum']}")
def test_the_price_is_what_a_person_works_out_from_kies_list(pair: Pair) -> None:
    spec = spec_of(pair)
    inputs = inputs_of(spec, pair)
    assert validate_inputs(spec, inputs) == (), "nobody could buy this"
    assert cost(spec, inputs) == worked_out(pair["sum"])
    assert OFFERS.price(spec, inputs) == pair["kopecks"]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair['id']}: {pair['sum']}")
def test_the_table_adds_up(pair: Pair) -> None:
    kopecks = (worked_out(pair["sum"]) * CREDIT).to_integral_value(ROUND_CEILING)
    assert kopecks == pair["kopecks"]


def test_the_table_has_forty_pairs_and_every_unit() -> None:
    assert len(PAIRS) >= 40
    rows = [row for pair in PAIRS for row in spec_of(pair).prices]
    assert {row.unit for row in rows} == set(Unit)
