"""The facts themselves, and our reading of them against an independent JSON Schema validator."""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import jsonschema
import pytest

from app.sandbox.kie.errors import RefusalError
from app.sandbox.kie.pricing import MediaFacts, cost
from app.sandbox.kie.schemas import BOOK, ModelBook, ModelFacts
from app.sandbox.kie.validation import check_inputs

MODELS = ModelBook().all()
LINKS = jsonschema.FormatChecker(formats=())
LINKS.checks("uri")(lambda value: not isinstance(value, str) or value.startswith("https://"))
A, B = "https://a.example/1.png", "https://a.example/2.png"


def facts(model: str) -> ModelFacts:
    found = ModelBook().find(model)
    assert found is not None
    return found


def sample(schema: dict[str, Any]) -> Any:
    """A value that fits."""
    kind = schema["type"][0] if isinstance(schema.get("type"), list) else schema.get("type")
    if "enum" in schema:
        return schema["enum"][0]
    if kind == "object":
        sets: list[dict[str, list[str]]] = [schema, *schema.get("anyOf", [])[:1]]
        required = {name for one in sets for name in one.get("required", [])}
        return {name: sample(schema["properties"][name]) for name in required}
    if kind == "array":
        return [sample(schema.get("items", {"type": "string"}))] * max(1, int(schema.get("minItems", 1)))
    if kind == "boolean":
        return False
    if kind in ("integer", "number"):
        return schema.get("default", schema.get("minimum", 5))
    return (
        "6"
        if "pattern" in schema
        else A
        if schema.get("format") == "uri"
        else "a red kite" + "x" * schema.get("minLength", 0)
    )


def mutations(schema: dict[str, Any], good: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The good inputs and many changed ones, some good and most not."""
    yield good
    for name, part in schema.get("properties", {}).items():
        yield {key: value for key, value in good.items() if key != name}
        values: tuple[Any, ...] = (
            sample(part),
            10**9,
            -(10**9),
            2.5,
            True,
            "no such",
            "x" * 100_000,
            [1] * 200,
            {},
            [A],
        )
        yield from ({**good, name: value} for value in values)


def is_taken(model: ModelFacts, inputs: dict[str, Any]) -> bool:
    try:
        check_inputs(model, inputs)
    except RefusalError:
        return False
    return True


@pytest.mark.parametrize("model", MODELS, ids=[model.id for model in MODELS])
def test_our_validation_agrees_with_json_schema_on_every_model(model: ModelFacts) -> None:
    schema: dict[str, Any] = json.loads(json.dumps(model.input))
    validator = jsonschema.Draft202012Validator(schema, format_checker=LINKS)
    bare = ModelFacts(**{**vars(model), "checks": ()})
    good = sample(schema)
    assert validator.is_valid(good)
    for inputs in mutations(schema, good):
        assert is_taken(bare, inputs) == validator.is_valid(inputs), inputs


def test_the_file_holds_one_model_a_line() -> None:
    lines = BOOK.read_text(encoding="utf-8").splitlines()
    assert (lines[0], lines[-1]) == ("[", "]")
    ids = [json.loads(line.rstrip(","))["id"] for line in lines[1:-1]]
    assert len(ids) == len(set(ids)) == 270


@pytest.mark.parametrize(
    ("model", "inputs", "media", "expected"),
    [
        ("z-image", {"prompt": "x"}, MediaFacts(), "0.8"),
        ("wan/2-7-image", {"prompt": "x", "n": 3}, MediaFacts(), "14.4"),
        ("bytedance/seedance-2", {"duration": 4, "resolution": "480p"}, MediaFacts(), "76"),
        ("bytedance/seedance-2", {}, MediaFacts(), "205"),
        ("bytedance/seedance-2", {"duration": 4, "reference_video_urls": [A]}, MediaFacts(), "100"),
        ("elevenlabs/text-to-speech-turbo-2-5", {"text": "x" * 250}, MediaFacts(), "1.5"),
        (
            "minimax-h3/image-to-video",
            {"duration": 5, "resolution": "2K", "first_frame_url": A, "last_frame_url": B},
            MediaFacts(),
            "73",
        ),
        ("seedream/5-pro-image-to-image", {"image_urls": [A, B, A]}, MediaFacts(), "8"),
        ("topaz/image-upscale", {"upscale_factor": "2"}, MediaFacts(pixels=(1500, 1000)), "20"),
        ("topaz/image-upscale", {"upscale_factor": "1"}, MediaFacts(), "10"),
        ("grok-imagine/upscale", {"resolution": "1080p"}, MediaFacts(source_resolution="480p"), "30"),
        ("grok-imagine/extend", {"extend_times": "10"}, MediaFacts(source_resolution="720p"), "45"),
        ("google/gemini-omni-flash-1-1", {"duration": "4", "resolution": "4k"}, MediaFacts(), "147"),
        ("google/gemini-omni-flash-1-1", {"duration": "4", "video_list": [{"url": A}]}, MediaFacts(), "168"),
        ("volcengine/video-to-video-lip-sync", {}, MediaFacts(audio_seconds=7.2), "64"),
        ("wan/2-6-flash-image-to-video", {}, MediaFacts(), "0"),
    ],
)
def test_a_price_follows_the_rows(
    model: str, inputs: dict[str, Any], media: MediaFacts, expected: str
) -> None:
    assert cost(facts(model), inputs, media) == Decimal(expected)


def test_every_current_model_with_rows_has_a_price() -> None:
    for model in MODELS:
        if model.status == "current" and any(row.credits for row in model.prices):
            assert cost(model, json.loads(json.dumps(sample(model.input)))) > 0, model.id
