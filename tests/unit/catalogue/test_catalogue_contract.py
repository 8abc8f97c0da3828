"""The shipped models against KIE's own facts: what we send it takes, what we charge for it lists."""

import json
from decimal import Decimal
from pathlib import Path
from typing import NotRequired, TypedDict

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.catalogue import (
    Category,
    Inputs,
    MediaFile,
    Modality,
    ModelSpec,
    cost,
    facts_of,
    load_catalogue,
    read_media,
    with_defaults,
)
from app.sandbox.kie.schemas import ModelBook
from app.sandbox.kie.validation import check_inputs, unknown_fields
from tests.unit.catalogue.conftest import MODELS
from tests.unit.catalogue.strategies import valid_inputs

FACTS = Path(__file__).parents[3] / "app" / "sandbox" / "kie" / "schemas.json"


LARGEST_PRESET = Decimal("1.05")
"""Megapixels of 1024 × 1024: the most that a size of a model paid by megapixels can be."""


class Row(TypedDict):
    when: dict[str, object]
    credits: float
    unit: str
    surcharge: NotRequired[bool]


class Entry(TypedDict):
    id: str
    task: str
    input: dict[str, object]
    pricing: list[Row]
    status: str
    endpoint: str


ENTRIES: dict[str, Entry] = {entry["id"]: entry for entry in json.loads(FACTS.read_text(encoding="utf-8"))}
SHIPPED = load_catalogue(MODELS)
KEYS = tuple(spec.key for spec in SHIPPED.models)
STAND_IN = ModelBook()
VALIDATORS = {
    spec.id: jsonschema.Draft202012Validator({**ENTRIES[spec.id]["input"], "additionalProperties": False})
    for spec in SHIPPED.models
}


def test_there_is_something_for_every_wish() -> None:
    tasks = [spec.task for spec in SHIPPED.models]
    assert len(KEYS) >= 12
    assert tasks.count("text-to-image") >= 4
    assert tasks.count("image-to-image") >= 2
    assert tasks.count("text-to-video") >= 2
    assert tasks.count("text-to-speech") >= 2
    assert {"image-upscale", "background-removal", "image-to-video", "music"} <= set(tasks)
    on_shelves = {category: len(SHIPPED.in_category(category)) for category in Category}
    assert max(on_shelves.values()) <= 8, "a category over eight models is split by family (P3)"


@pytest.mark.proves("F63")
@pytest.mark.proves("F64")
@pytest.mark.parametrize("key", KEYS)
@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_kie_takes_what_we_send_and_lists_what_we_charge(key: str, data: st.DataObject) -> None:
    spec = SHIPPED.get(key)
    entry = ENTRIES[spec.id]
    inputs = data.draw(valid_inputs(spec))
    sent: dict[str, object] = {**with_defaults(spec, inputs)}
    VALIDATORS[spec.id].validate(sent)
    assert keeps_kies_rules(spec, sent)
    assert cost(spec, inputs) == listed_credits(entry, sent, seconds_of(spec, inputs))


def keeps_kies_rules(spec: ModelSpec, sent: dict[str, object]) -> bool:
    """Whether the stand-in, whose rules across fields are KIE's, takes it with its files uploaded."""
    model = STAND_IN.find(spec.id)
    assert model is not None
    url = "https://files.example/a"
    media = {p.name for p in spec.parameters if p.media is not None} & set(sent)
    uploaded = {name: [url] if isinstance(sent[name], list) else url for name in media}
    wire = json.loads(json.dumps({**sent, **uploaded}))
    check_inputs(model, wire)
    return unknown_fields(model, wire) == ()


def listed_credits(entry: Entry, sent: dict[str, object], seconds: Decimal) -> Decimal:
    """KIE's price by the plainest reading of its list: the row whose conditions all hold, times its count, and what
    the list adds for pictures that go in."""
    facts = {**sent, **facts_about(sent)}
    base = [row for row in entry["pricing"] if not row.get("surcharge")]
    (row,) = [row for row in base if all(facts.get(name) == value for name, value in row["when"].items())]
    match row["unit"]:
        case "per_1k_chars":
            count = Decimal(len(str(sent["text"]))) / 1000
        case "per_second":
            count = seconds
        case "per_image":
            count = Decimal(str(sent.get("num_images", sent.get("n", 1))))
        case "per_megapixel":
            count = LARGEST_PRESET
        case _:
            count = Decimal(1)
    added = sum(
        (added_for_pictures(extra, sent) for extra in entry["pricing"] if extra.get("surcharge")), Decimal(0)
    )
    return Decimal(str(row["credits"])) * count + added


def added_for_pictures(row: Row, sent: dict[str, object]) -> Decimal:
    """A surcharge for each picture that goes in, or for each but the first."""
    (condition,) = row["when"]
    count = len(pictures_in(sent)) - (condition == "@input_image_after_first")
    assert condition in ("@input_image", "@input_image_after_first")
    return Decimal(str(row["credits"])) * max(count, 0)


def facts_about(sent: dict[str, object]) -> dict[str, object]:
    """What a condition may ask beside the fields: how large an enlarged picture becomes."""
    sides = [max(file.width or 0, file.height or 0) for file in pictures_in(sent)]
    largest = max(sides, default=0) * int(str(sent.get("upscale_factor", 1)))
    return {"@output_tier": "2K" if largest <= 2048 else "4K" if largest <= 4096 else "8K"}


def pictures_in(sent: dict[str, object]) -> list[MediaFile]:
    """Every picture of a request, in the order of its fields."""
    values = (value if isinstance(value, list) else [value] for value in sent.values())
    files = (read_media(str(item)) for items in values for item in items)
    return [file for file in files if file is not None and file.kind is Modality.IMAGE]


def seconds_of(spec: ModelSpec, inputs: Inputs) -> Decimal:
    """The length of all clips and recordings that go in."""
    return sum(facts_of(spec, inputs).seconds.values(), Decimal(0))


@pytest.mark.proves("F36")
@pytest.mark.parametrize("key", KEYS)
def test_every_media_input_is_one_of_kies_with_its_kind_and_its_limits(key: str) -> None:
    spec = SHIPPED.get(key)
    properties = ENTRIES[spec.id]["input"]["properties"]
    assert isinstance(properties, dict)
    for parameter in spec.parameters:
        facts = properties[parameter.name]
        assert (parameter.media is not None) == ("x-media" in facts), parameter.name
        if parameter.media is not None:
            rule = parameter.media
            listed = facts["type"] == "array"
            assert rule.kind is Modality(facts["x-media"])
            assert rule.max_count == (facts.get("maxItems", 1) if listed else 1)
            assert (parameter.wire == "as_is") is listed
            if "x-max-mb" in facts:
                assert rule.max_megabytes == facts["x-max-mb"]
            if "x-mime" in facts:
                assert set(rule.mime) <= set(facts["x-mime"])


@pytest.mark.proves("F64")
@pytest.mark.parametrize("key", KEYS)
def test_a_shipped_model_is_one_that_kie_offers_for_the_same_task(key: str) -> None:
    spec = SHIPPED.get(key)
    entry = ENTRIES[spec.id]
    assert (entry["status"], entry["endpoint"]) == ("current", "/api/v1/jobs/createTask")
    assert entry["task"] == spec.task
    required = entry["input"]["required"]
    assert isinstance(required, list)
    assert {p.name for p in spec.parameters if p.required} | set(spec.fixed) >= set(required)
