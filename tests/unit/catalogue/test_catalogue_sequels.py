"""What a result leads on to, and the least that costs, for every model on the shelf."""

from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal

import pytest

from app.catalogue import (
    SEQUELS,
    Catalogue,
    Inputs,
    MediaFile,
    Modality,
    ModelSpec,
    Place,
    Sequel,
    UnpricedError,
    cost,
    least_cost,
    sequel_of,
    starting_price,
    taker_of,
)
from app.money import Credits

FILES = {
    Modality.IMAGE: MediaFile(
        "1/1", "result:1:1", Modality.IMAGE, "image/png", 9, None, 64, 64, place=Place.RESULT
    ),
    Modality.VIDEO: MediaFile(
        "2/1", "result:2:1", Modality.VIDEO, "video/mp4", 9, 5, 64, 64, place=Place.RESULT
    ),
    Modality.AUDIO: MediaFile("3/1", "result:3:1", Modality.AUDIO, "audio/mpeg", 9, 5, place=Place.RESULT),
}


def spec_of(shipped: Catalogue, key: str) -> ModelSpec:
    """By its key."""
    return shipped.get(key)


def test_every_model_that_takes_a_file_is_a_sequel_of_results_of_that_kind(shipped: Catalogue) -> None:
    for spec in shipped.models:
        for kind in Modality:
            if taker_of(spec, kind) is not None:
                assert sequel_of(spec, kind) is not None, f"{spec.key} takes {kind}"


def test_a_model_without_files_is_no_sequel(shipped: Catalogue) -> None:
    assert sequel_of(spec_of(shipped, "z-image"), Modality.IMAGE) is None
    assert sequel_of(spec_of(shipped, "recraft-cutout"), Modality.VIDEO) is None


@pytest.mark.parametrize(
    ("key", "kind", "sequel"),
    [
        ("hailuo-2-3-image", Modality.IMAGE, Sequel.ANIMATE),
        ("nano-banana-edit", Modality.IMAGE, Sequel.EDIT),
        ("nano-banana-pro", Modality.IMAGE, Sequel.EDIT),
        ("recraft-upscale", Modality.IMAGE, Sequel.UPSCALE),
        ("recraft-cutout", Modality.IMAGE, Sequel.CUT_OUT),
        ("topaz-video", Modality.VIDEO, Sequel.UPSCALE),
        ("elevenlabs-isolation", Modality.AUDIO, Sequel.CLEAN),
        ("seedance-2", Modality.AUDIO, Sequel.CLIP),
    ],
)
def test_the_sequel_follows_from_task_and_kinds(
    shipped: Catalogue, key: str, kind: Modality, sequel: Sequel
) -> None:
    assert sequel_of(spec_of(shipped, key), kind) is sequel


def test_every_sequel_has_a_row() -> None:
    assert set(SEQUELS.values()) == set(Sequel)


def test_the_least_is_a_price_that_some_answers_have_and_none_goes_below(shipped: Catalogue) -> None:
    for spec, begun in begun_with_a_file(shipped):
        least, found = least_cost(spec, begun), costs_of(spec, begun)
        if not found or least.unit is not None:
            missing = [it for it in spec.parameters if it.required and it.media and it.name not in begun]
            assert missing, f"{spec.key} has every file"
            assert least == starting_price(spec)
            continue
        assert least.credits <= min(found)
        if least.exact:
            assert set(found) == {least.credits}


def begun_with_a_file(shipped: Catalogue) -> Iterator[tuple[ModelSpec, Inputs]]:
    """Every model that cannot do without a file, with one."""
    for spec in shipped.models:
        for kind, file in FILES.items():
            taker = taker_of(spec, kind)
            if taker is not None and taker.required:
                yield spec, {taker.name: [file.reference]}


def costs_of(spec: ModelSpec, begun: Inputs) -> list[Credits]:
    """What it costs with its defaults, and with each choice in turn; nothing where a file is missing still."""
    answers = [{it.name: choice.value} for it in spec.parameters for choice in it.choices]
    found = []
    for answer in ({}, *answers):
        with suppress(UnpricedError):
            found.append(cost(spec, {**begun, **answer}))
    return found


def test_a_price_per_second_is_exact_once_the_clip_is_known_unless_a_choice_changes_it(
    shipped: Catalogue,
) -> None:
    sound = least_cost(
        spec_of(shipped, "elevenlabs-isolation"), {"audio_url": [FILES[Modality.AUDIO].reference]}
    )
    assert (sound.credits, sound.exact) == (Credits(Decimal("1.0")), True)
    clip = least_cost(spec_of(shipped, "topaz-video"), {"video_url": [FILES[Modality.VIDEO].reference]})
    assert (clip.credits, clip.exact) == (Credits(Decimal(40)), False)


def test_what_a_text_will_cost_is_not_guessed(shipped: Catalogue) -> None:
    spoken = least_cost(spec_of(shipped, "elevenlabs-turbo-2-5"), {})
    assert spoken.unit is not None
