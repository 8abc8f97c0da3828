"""What KIE takes for a task, in credits, by the rows of `schemas.json`.

Of the rows that are no surcharge the one is taken whose `when` matches whole and names the most keys; every matching
surcharge comes on top, times its count. Keys that begin with `@` are facts about the inputs; one that is not known
matches. Left-out fields count with their documented default.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from app.sandbox.kie.schemas import ModelFacts, PriceRow
from app.sandbox.kie.values import Json, JsonObject, as_items, as_number, as_object, as_text, is_given

_UNKNOWN_SECONDS = 5.0
_TOKENS_A_SECOND = 25
_CHARACTERS_A_SECOND = 15
_CHARACTERS_A_TOKEN = 4


@dataclass(frozen=True)
class MediaFacts:
    """What is known of the media that came with a task. Seconds are sums; pixels are of the first picture."""

    video_seconds: float = 0.0
    audio_seconds: float = 0.0
    pixels: tuple[int, int] | None = None
    source_resolution: str | None = None


def cost(model: ModelFacts, inputs: JsonObject, media: MediaFacts | None = None) -> Decimal:
    """Credits for one task; zero when KIE lists no price."""
    known = media or MediaFacts()
    full = model.with_defaults(inputs)
    facts = _derived(model, full, known)
    rows = [row for row in model.prices if not row.surcharge]
    if any(row.unit == "per_1m_tokens" for row in rows):
        return _rounded(sum((row.credits * _tokens(row, full) for row in rows), Decimal(0)) / 1_000_000)
    total = _base(rows, full, facts, known)
    for row in model.prices:
        if row.surcharge and _matches(
            row.when, full, facts, ("@input_image", "@input_image_after_first", "@input_video_seconds")
        ):
            total += row.credits * _surcharges(row, model, full, known)
    return _rounded(total)


def image_count(inputs: JsonObject) -> int:
    """How many pictures were asked for."""
    for field in ("num_images", "max_images", "n"):
        number = as_number(inputs.get(field))
        if number:
            return int(number)
    return 1


def output_seconds(inputs: JsonObject, media: MediaFacts) -> float:
    """Seconds of output that are paid for: what was asked, else what the media last."""
    for field in ("duration", "duration_seconds", "extend_times"):
        number = as_number(inputs.get(field))
        if number and number > 0:
            return number
    frames, rate = as_number(inputs.get("num_frames")), as_number(inputs.get("frames_per_second"))
    if frames and rate:
        return math.ceil(frames / rate)
    return math.ceil(media.audio_seconds or media.video_seconds or _UNKNOWN_SECONDS)


def _base(rows: list[PriceRow], inputs: JsonObject, facts: Mapping[str, Json], media: MediaFacts) -> Decimal:
    matching = [row for row in rows if _matches(row.when, inputs, facts, ())]
    if not matching:
        return rows[0].credits * _quantity(rows[0].unit, inputs, media) if rows else Decimal(0)
    row = max(matching, key=lambda one: len(one.when))
    return row.credits * _quantity(row.unit, inputs, media)


def _matches(
    when: Mapping[str, Json], inputs: JsonObject, facts: Mapping[str, Json], counted: tuple[str, ...]
) -> bool:
    for key, wanted in when.items():
        if key in counted:
            continue
        value = facts.get(key) if key.startswith("@") else inputs.get(key)
        if key.startswith("@") and value is None:
            continue
        if _said(value) != _said(wanted):
            return False
    return True


def _said(value: Json) -> str:
    number = as_number(value)
    return f"{number:g}" if number is not None else str(value).lower()


def _derived(model: ModelFacts, inputs: JsonObject, media: MediaFacts) -> dict[str, Json]:
    return {
        "@video_input": _media_count(model, inputs, "video") > 0 or is_given(inputs.get("video_list")),
        "@image_input": _media_count(model, inputs, "image") > 0,
        "@source_resolution": media.source_resolution,
        "@output_tier": _tier(inputs, media),
        "@kind": inputs.get("type", "separate_vocal"),
    }


def _media_count(model: ModelFacts, inputs: JsonObject, kind: str) -> int:
    return sum(
        len(as_items(inputs.get(name))) for name, schema in model.media_fields() if schema["x-media"] == kind
    )


def _tier(inputs: JsonObject, media: MediaFacts) -> str:
    factor = as_number(inputs.get("upscale_factor")) or 1
    longest = max(media.pixels or (1024, 1024)) * factor
    return "2K" if longest <= 2048 else "4K" if longest <= 4096 else "8K"


def _quantity(unit: str, inputs: JsonObject, media: MediaFacts) -> Decimal:
    match unit:
        case "per_image":
            return Decimal(image_count(inputs))
        case "per_second":
            return Decimal(str(output_seconds(inputs, media)))
        case "per_minute":
            return Decimal(str(max(media.audio_seconds, 1.0))) / 60
        case "per_1k_chars":
            return Decimal(_characters(inputs)) / 1000
        case "per_megapixel":
            width, height = media.pixels or (1024, 1024)
            return Decimal(str(round(max(width * height / 1_000_000, 1.0), 2))) * image_count(inputs)
        case _:
            return Decimal(1)


def _tokens(row: PriceRow, inputs: JsonObject) -> Decimal:
    if row.when.get("@tokens") == "audio_output":
        return Decimal(math.ceil(_characters(inputs) / _CHARACTERS_A_SECOND) * _TOKENS_A_SECOND)
    return Decimal(math.ceil(_characters(inputs) / _CHARACTERS_A_TOKEN))


def _characters(inputs: JsonObject) -> int:
    spoken = [as_text(inputs.get("text")) or as_text(inputs.get("prompt"))]
    for field in ("dialogue", "dialogue_turns"):
        spoken += [as_text(as_object(turn).get("text")) for turn in as_items(inputs.get(field))]
    return max(1, sum(len(words) for words in spoken))


def _surcharges(row: PriceRow, model: ModelFacts, inputs: JsonObject, media: MediaFacts) -> Decimal:
    images = _media_count(model, inputs, "image")
    if "@input_image" in row.when:
        return Decimal(images)
    if "@input_image_after_first" in row.when:
        return Decimal(max(0, images - 1))
    return Decimal(math.ceil(media.video_seconds))


def _rounded(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.0001")).normalize() + Decimal(0)
