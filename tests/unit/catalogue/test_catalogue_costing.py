"""What a generation costs: hand-made sums, rows and their conditions; any inputs: `test_catalogue_contract`."""

from dataclasses import replace
from decimal import Decimal

import pytest

from app.catalogue import (
    Catalogue,
    Facts,
    Inputs,
    InputValue,
    MediaFile,
    Modality,
    ModelSpec,
    Parameter,
    ParameterKind,
    Part,
    PastResult,
    PriceRow,
    Unit,
    UnpricedError,
    cost,
    facts_of,
    load_catalogue,
    starting_price,
)
from tests.unit.catalogue.conftest import MODELS as FOLDER
from tests.unit.catalogue.given_files import files_of

MODELS = tuple(spec.key for spec in load_catalogue(FOLDER).models)


def clip(kind: Modality, seconds: int) -> str:
    """A file of so many seconds."""
    return MediaFile("id", "unique", kind, f"{kind}/mp4", 1000, seconds).reference


@pytest.mark.proves("F47")
@pytest.mark.parametrize(
    ("key", "inputs", "expected"),
    [
        ("z-image", {"prompt": "a cat", "aspect_ratio": "9:16"}, "0.8"),
        ("kling-2-6-text", {"prompt": "a", "duration": "5", "sound": False}, "55"),
        ("kling-2-6-text", {"prompt": "a", "duration": "5", "sound": True}, "110"),
        ("kling-2-6-text", {"prompt": "a", "duration": "10", "sound": False}, "110"),
        ("kling-2-6-text", {"prompt": "a", "duration": "10", "sound": True}, "220"),
        ("elevenlabs-turbo-2-5", {"text": "x" * 1000}, "6"),
        ("elevenlabs-turbo-2-5", {"text": "x" * 5000}, "30"),
        ("elevenlabs-turbo-2-5", {"text": "щ"}, "0.006"),
        ("nano-banana-pro", {"prompt": "a"}, "18"),
        ("nano-banana-pro", {"prompt": "a", "resolution": "4K"}, "24"),
        ("nano-banana-edit", {"prompt": "a", "image_urls": [clip(Modality.IMAGE, 0)] * 3}, "4"),
        ("qwen-3-pro-edit", {"prompt": "a", "image_urls": [clip(Modality.IMAGE, 0)] * 3}, "7.9"),
        ("seedream-5-pro-edit", {"prompt": "a", "image_urls": [clip(Modality.IMAGE, 0)] * 3}, "8"),
        ("ideogram-3-remix", {"prompt": "a", "num_images": "3", "rendering_speed": "TURBO"}, "10.5"),
        ("wan-2-7-image", {"prompt": "a", "n": 12, "enable_sequential": True}, "57.6"),
        ("qwen-edit", {"prompt": "a", "image_size": "square"}, "5.25"),
        ("hailuo-2-3-image", {"prompt": "a", "duration": "10"}, "50"),
        ("wan-2-5-text", {"prompt": "a", "duration": "10", "resolution": "1080p"}, "200"),
        ("suno-song", {"prompt": "a", "custom_mode": False, "instrumental": True}, "12"),
        ("topaz-video", {"video_url": [clip(Modality.VIDEO, 7)]}, "56"),
        ("topaz-video", {"video_url": [clip(Modality.VIDEO, 7)], "upscale_factor": "4"}, "98"),
        ("elevenlabs-isolation", {"audio_url": [clip(Modality.AUDIO, 31)]}, "6.2"),
        ("elevenlabs-dialogue-3", {"dialogue": [{"voice": "v", "text": "x" * 500}] * 3}, "21"),
        ("kling-3", {"prompt": "a", "duration": "15", "mode": "pro", "sound": True}, "405"),
        ("kling-3-turbo-text", {"prompt": "a", "duration": "3", "resolution": "1080p"}, "67.5"),
        ("kling-2-6-motion", {"video_urls": [clip(Modality.VIDEO, 9)], "mode": "1080p"}, "162"),
        ("kling-avatar-pro", {"audio_url": [clip(Modality.AUDIO, 7)]}, "112"),
        ("minimax-h3-image", {"first_frame_url": [clip(Modality.IMAGE, 0)], "duration": 6}, "82"),
        ("minimax-h3-reference", {"reference_video_urls": [clip(Modality.VIDEO, 5)], "duration": 4}, "117"),
        ("pixverse-6-text", {"duration": 8, "quality": "540p", "generate_audio_switch": True}, "57.6"),
        ("gemini-omni", {"prompt": "a", "duration": "8", "resolution": "1080p"}, "105"),
        ("gemini-omni", {"duration": "8", "video_list": [{"url": [clip(Modality.VIDEO, 9)]}]}, "168"),
        ("veo-3-1", {"model": "veo3", "resolution": "4k"}, "380"),
        ("veo-3-1", {"model": "veo3", "resolution": "4k", "image_urls": [clip(Modality.IMAGE, 0)]}, "370"),
        ("grok-video-extend", {"task_id": "task:t?resolution=720p", "extend_times": "10"}, "45"),
        ("suno-wav", {}, "0.4"),
    ],
)
def test_the_shipped_models_cost_what_kie_lists(
    shipped: Catalogue, key: str, inputs: Inputs, expected: str
) -> None:
    assert cost(shipped.get(key), inputs) == Decimal(expected)


@pytest.mark.parametrize(
    ("inputs", "facts", "expected"),
    [
        ({"first": ["a"]}, Facts(), "20"),  # 4 s (default) × 5
        ({"first": ["a"], "seconds": 10}, Facts(), "50"),  # 10 s × 5
        ({"first": ["a"], "seconds": 6, "resolution": "1080p"}, Facts(), "48"),  # 6 s × 8
        ({"first": ["a"], "last": ["b"]}, Facts(), "20.5"),  # 4 × 5 + one picture after the first × 0.5
        ({"references": ["a", "b", "c", "d"]}, Facts(), "21.5"),  # 4 × 5 + 3 × 0.5
        ({"clips": ["a"]}, Facts(seconds={"clips": Decimal("2.5")}), "17"),  # 4 × 3 + 2.5 × 2
    ],
)
def test_rows_by_conditions_seconds_and_surcharges_add_up(
    everything: ModelSpec, inputs: Inputs, facts: Facts, expected: str
) -> None:
    assert cost(everything, inputs, facts) == Decimal(expected)


def test_of_two_rows_that_match_equally_well_the_dearer_counts(everything: ModelSpec) -> None:
    inputs: Inputs = {"clips": ["a"], "resolution": "1080p"}
    assert cost(everything, inputs, Facts(seconds={"clips": Decimal(1)})) == Decimal(4 * 8 + 1 * 2)


def test_parts_are_summed_up_and_words_of_a_choice_may_stand_for_an_amount(made_up: Catalogue) -> None:
    spec = made_up.get("everything-dialogue")
    spoken: list[Part] = [{"text": "x" * 300}, {"text": "y" * 200}]
    lines: Inputs = {"lines": spoken}
    assert cost(spec, lines) == Decimal("5") + Decimal("3")  # 500 / 1000 × 10 + 30 s / 60 × 6
    assert cost(spec, {**lines, "duration": "long"}) == Decimal("5") + Decimal("9")


@pytest.mark.proves("F44")
def test_what_cannot_be_computed_has_no_price_rather_than_zero(
    made_up: Catalogue, everything: ModelSpec
) -> None:
    with pytest.raises(UnpricedError):
        cost(everything, {"clips": ["not probed"]})
    with pytest.raises(UnpricedError):
        cost(made_up.get("everything-enlarged"), {"picture": ["a"]})
    with pytest.raises(UnpricedError):
        cost(made_up.get("everything-old"), {"prompt": "aa"})
    with pytest.raises(UnpricedError):
        cost(made_up.get("everything-dialogue"), {})


def test_a_fact_that_was_probed_chooses_the_row(made_up: Catalogue) -> None:
    assert cost(made_up.get("everything-enlarged"), {"picture": ["a"]}, Facts(output_tier="4K")) == 20


def test_true_is_not_one_when_a_row_is_chosen(shipped: Catalogue) -> None:
    with pytest.raises(UnpricedError):
        cost(shipped.get("kling-2-6-text"), {"duration": "5", "sound": 1})
    with pytest.raises(UnpricedError):
        cost(shipped.get("kling-2-6-text"), {"duration": 5, "sound": True})


@pytest.mark.proves("F49")
@pytest.mark.parametrize("key", MODELS)
def test_no_price_is_a_float(shipped: Catalogue, key: str) -> None:
    assert all(isinstance(row.credits, Decimal) for row in shipped.get(key).prices)


def test_every_price_row_is_selected_by_some_inputs(shipped: Catalogue) -> None:
    for spec in shipped.models:
        for row in spec.prices:
            inputs = _inputs_for(spec, row)
            assert _charged_for(spec, row, inputs) == _worth(spec, row, inputs), (spec.key, row)


def _charged_for(spec: ModelSpec, row: PriceRow, inputs: Inputs) -> Decimal:
    """What this row is to the price of inputs that fit it: all of it, or what a surcharge adds."""
    tier = row.when.get("@output_tier")
    facts = facts_of(spec, inputs)
    facts = facts if tier is None else replace(facts, output_tier=str(tier))
    base = replace(spec, prices=tuple(it for it in spec.prices if not it.surcharge))
    if not row.surcharge:
        return cost(base, inputs, facts)
    return cost(replace(base, prices=(*base.prices, row)), inputs, facts) - cost(base, inputs, facts)


def _inputs_for(spec: ModelSpec, row: PriceRow) -> Inputs:
    """What is required, the files and the input that this row asks for, and the values of its conditions."""
    asked = [p for p in spec.parameters if p.required or p.name == row.by or _is_asked_by(row, p)]
    conditions = {name: value for name, value in row.when.items() if not name.startswith("@")}
    return {**{p.name: _answer(p, row) for p in asked}, **conditions}


FILES = {
    "@input_images": Modality.IMAGE,
    "@input_images_after_first": Modality.IMAGE,
    "@input_video_seconds": Modality.VIDEO,
}
SENT = {"@image_input": Modality.IMAGE, "@video_input": Modality.VIDEO}


def _is_asked_by(row: PriceRow, parameter: Parameter) -> bool:
    kinds = {FILES.get(row.by or "")} | {kind for name, kind in SENT.items() if row.when.get(name) is True}
    return any(it.media is not None and it.media.kind in kinds for it in (parameter, *parameter.parts))


def _answer(parameter: Parameter, row: PriceRow) -> InputValue:
    if parameter.parts:
        return [{part.name: _answer(part, row) for part in parameter.parts}]  # type: ignore[return-value]
    if parameter.media is not None:
        return [clip(parameter.media.kind, 10)] * max(
            parameter.media.min_count, min(parameter.media.max_count, 2)
        )
    if parameter.kind is ParameterKind.RESULT:
        return PastResult("task", "track", str(row.when.get("@source_resolution"))).reference
    if parameter.choices:
        return parameter.choices[-1].value
    return int(parameter.minimum or 0) if parameter.kind is ParameterKind.NUMBER else "x" * 100


def _worth(spec: ModelSpec, row: PriceRow, inputs: Inputs) -> Decimal:
    counted = spec.parameter(row.by or "")
    if counted is not None and counted.choices:
        value = counted.choices[-1].raw
        return row.credits * (row.amounts[value] if row.amounts else Decimal(value))
    if row.by in FILES:
        size = 1 if row.unit is Unit.PER_IMAGE else 10
        count = len(files_of(inputs, FILES[row.by])) - (row.by == "@input_images_after_first")
        return row.credits * size * count
    match row.unit:
        case Unit.PER_1K_CHARS:
            return row.credits / 10
        case Unit.PER_SECOND:
            return row.credits * 10
        case Unit.PER_MEGAPIXEL:
            return row.credits * next(iter(row.amounts.values()))
        case _:
            return row.credits


def test_the_price_on_the_shelf_is_the_least_one_can_pay(shipped: Catalogue, made_up: Catalogue) -> None:
    assert starting_price(shipped.get("z-image")).credits == Decimal("0.8")
    assert starting_price(shipped.get("z-image")).exact
    kling = starting_price(shipped.get("kling-2-6-text"))
    assert (kling.credits, kling.unit, kling.exact) == (Decimal(55), None, False)
    speech = starting_price(shipped.get("elevenlabs-turbo-2-5"))
    assert (speech.credits, speech.unit) == (Decimal(6), Unit.PER_1K_CHARS)
    assert starting_price(made_up.get("everything")).credits == 14  # 4 s × 3, with a clip of 1 s × 2
    with pytest.raises(UnpricedError):
        starting_price(made_up.get("everything-old"))
