"""The shipped models against KIE's own facts: what we send it takes, what we charge for it lists."""

import json
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import NotRequired, TypedDict

import jsonschema
import pytest

from app.catalogue import (
    Category,
    Inputs,
    Modality,
    ModelSpec,
    cost,
    facts_of,
    load_catalogue,
    next_question,
    starting_price,
    validate_inputs,
    with_defaults,
)
from app.catalogue.parameters import Wire
from app.sandbox.kie.schemas import ModelBook
from app.sandbox.kie.validation import check_inputs, unknown_fields
from tests.unit.catalogue.conftest import MODELS
from tests.unit.catalogue.given_files import files_of
from tests.unit.catalogue.strategies import for_valid_inputs

FACTS = Path(__file__).parents[3] / "app" / "sandbox" / "kie" / "schemas.json"


LARGEST_PRESET = Decimal("1.05")
"""Megapixels of 1024 × 1024: the most that a size of a model paid by megapixels can be."""


COUNTS = ("num_images", "max_images", "n")
"""What KIE calls the number of pictures."""


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
FAMILIES = Counter(spec.family for spec in SHIPPED.models)
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
    assert all(SHIPPED.in_category(category) for category in Category)


@pytest.mark.proves("F44", "F47", "F63", "F64")
@pytest.mark.parametrize("key", KEYS)
def test_valid_inputs_are_complete_and_kie_takes_them_for_the_price_it_lists(key: str) -> None:
    spec = SHIPPED.get(key)

    def holds(inputs: Inputs) -> None:
        assert validate_inputs(spec, inputs) == ()
        assert next_question(spec, inputs) is None
        sent: dict[str, object] = {**with_defaults(spec, inputs)}
        assert is_all_that_was_said(spec, inputs, sent)
        VALIDATORS[spec.id].validate(sent)
        assert keeps_kies_rules(spec, sent)
        price = cost(spec, inputs)
        assert price == listed_credits(ENTRIES[spec.id], spec, inputs, sent) > 0
        assert cost(spec, dict(reversed([*inputs.items()]))) == price
        start = starting_price(spec)
        assert start.unit is not None or price >= start.credits

    for_valid_inputs(spec, FAMILIES[spec.family], holds)


def is_all_that_was_said(spec: ModelSpec, inputs: Inputs, sent: dict[str, object]) -> bool:
    """Whether every answer goes out as it was given, but for those that the provider wants otherwise."""
    singles = {p.name for p in spec.parameters if p.wire is Wire.SINGLE}
    reworded = {p.name for p in spec.parameters if p.kind in {"result", "parts"} or p.wire is Wire.STRING}
    said = inputs.keys() - reworded
    unchanged = all(([sent[name]] if name in singles else sent[name]) == inputs[name] for name in said)
    return unchanged and set(sent) <= {p.name for p in spec.parameters} | set(spec.fixed)


def keeps_kies_rules(spec: ModelSpec, sent: dict[str, object]) -> bool:
    """Whether the stand-in, whose rules across fields are KIE's, takes it with its files uploaded."""
    model = STAND_IN.find(spec.id)
    assert model is not None
    wire = json.loads(re.sub(r'"telegram:[^"]*"', '"https://files.example/a"', json.dumps(sent)))
    check_inputs(model, wire)
    return unknown_fields(model, wire) == ()


def listed_credits(entry: Entry, spec: ModelSpec, inputs: Inputs, sent: dict[str, object]) -> Decimal:
    """KIE's price by the plainest reading of its list: the row whose conditions all hold, times its count.

    Of two such rows the one that says more; on top of it what is asked for each picture and second that goes in.
    """
    known = {**sent, **facts_about(spec, inputs, sent)}
    rows = [row for row in entry["pricing"] if all(known.get(name) == it for name, it in row["when"].items())]
    base = max((row for row in rows if not row.get("surcharge")), key=lambda row: len(row["when"]))
    pictures = Decimal(str(next((sent[name] for name in COUNTS if name in sent), 1)))
    counts = {
        "per_1k_chars": Decimal(letters(sent)) / 1000,
        "per_second": seconds_made(sent) or seconds_of(spec, inputs),
        "per_image": pictures,
        "per_megapixel": LARGEST_PRESET * pictures,
    }
    added = (Decimal(str(row["credits"])) * on_top(row, sent) for row in rows if row.get("surcharge"))
    return Decimal(str(base["credits"])) * counts.get(base["unit"], Decimal(1)) + sum(added, Decimal(0))


def facts_about(spec: ModelSpec, inputs: Inputs, sent: dict[str, object]) -> dict[str, object]:
    """What a condition may ask beside the fields; what a surcharge is asked for each of is always there."""
    images, videos = files_of(sent, Modality.IMAGE), files_of(sent, Modality.VIDEO)
    sides = [max(file.width or 0, file.height or 0) for file in images]
    largest = max(sides, default=0) * int(str(sent.get("upscale_factor", 1)))
    return {
        "@video_input": bool(videos),
        "@image_input": bool(images),
        "@source_resolution": facts_of(spec, inputs).source_resolution,
        "@output_tier": "2K" if largest <= 2048 else "4K" if largest <= 4096 else "8K",
        "@input_image": True,
        "@input_image_after_first": True,
        "@input_video_seconds": True,
    }


def on_top(row: Row, sent: dict[str, object]) -> Decimal:
    """How many pictures or seconds that go in a surcharge is asked for."""
    images = len(files_of(sent, Modality.IMAGE))
    clips = sum((Decimal(clip.seconds or 0) for clip in files_of(sent, Modality.VIDEO)), Decimal(0))
    counted = {
        "@input_image": Decimal(images),
        "@input_image_after_first": Decimal(max(images - 1, 0)),
        "@input_video_seconds": clips,
    }
    return next(counted[name] for name in row["when"] if name in counted)


def letters(sent: dict[str, object]) -> int:
    """Characters to be spoken, of one text or of all lines of a dialogue."""
    lines = sent.get("dialogue", [{"text": sent.get("text", "")}])
    assert isinstance(lines, list)
    return sum(len(line["text"]) for line in lines)


def seconds_made(sent: dict[str, object]) -> Decimal | None:
    """The length of the result that was asked for; None where it is as long as what goes in."""
    if "num_frames" in sent:
        return Decimal(str(sent["num_frames"])) / Decimal(str(sent["frames_per_second"]))
    return Decimal(str(sent["duration"])) if sent.get("duration") else None


def seconds_of(spec: ModelSpec, inputs: Inputs) -> Decimal:
    """The length of all clips and recordings that go in; lips move while there is something to hear or to see."""
    lengths = facts_of(spec, inputs).seconds
    heard = {it.name for it in spec.parameters if it.media and it.media.kind is Modality.AUDIO}
    sound = sum((lengths[name] for name in heard & set(lengths)), Decimal(0))
    clips = sum((lengths[name] for name in set(lengths) - heard), Decimal(0))
    return max(sound, clips) if spec.task == "lip-sync" else sound + clips


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


KIES_WORD = {"music-edit": "music"}
"""Tasks of ours that KIE does not tell apart."""


@pytest.mark.proves("F64")
@pytest.mark.parametrize("key", KEYS)
def test_a_shipped_model_is_one_that_kie_offers_for_the_same_task(key: str) -> None:
    spec = SHIPPED.get(key)
    entry = ENTRIES[spec.id]
    assert (entry["status"], entry["endpoint"]) == ("current", "/api/v1/jobs/createTask")
    assert entry["task"] == KIES_WORD.get(spec.task, spec.task)
    required = entry["input"].get("required", [])
    assert isinstance(required, list)
    assert {p.name for p in spec.parameters if p.required} | set(spec.fixed) >= set(required)
