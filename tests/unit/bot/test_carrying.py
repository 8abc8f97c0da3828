"""Inputs carried over from one model to another, and what a result's buttons are made of."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.catalogue import Inputs, MediaFile, Modality, ModelKey, Place, Sequel, validate_inputs
from app.offers import best_of_each
from app.users import Draft, DraftState
from bot.attaching import Attached, attach
from bot.carrying import carried, takers
from bot.keyboards.result import result_keyboard
from bot.keyboards.rows import ROOM
from bot.texts import load_texts, width
from tests.unit.bot.examples import CATALOGUE, OFFERS, SEQUELS, generation, stored

TEXTS = load_texts()
PHOTO = MediaFile("a", "a", Modality.IMAGE, "image/png", 9, message_id=5)
RESULT = MediaFile("12/1", "result:12:1", Modality.IMAGE, "image/png", 9, place=Place.RESULT)
WORDS: Inputs = {"prompt": "кот", "aspect_ratio": "16:9"}


def opened(key: str, inputs: Inputs) -> Draft:
    """A draft that asks for nothing."""
    return Draft(1, 501, ModelKey(key), inputs, 1, None, DraftState.OPEN)


def test_whatever_is_carried_over_the_other_model_takes() -> None:
    wishes: list[tuple[str, Inputs]] = [
        ("z-image", WORDS),
        ("seedream-4-5", {**WORDS, "quality": "high"}),
        ("nano-banana-edit", {"image_urls": [PHOTO.reference, RESULT.reference], "prompt": "шляпа"}),
        ("hailuo-2-3-image", {"image_url": [RESULT.reference], "prompt": "дождь", "duration": "6"}),
    ]
    for key, inputs in wishes:
        source = CATALOGUE.get(key)
        others = takers(OFFERS.for_sale(), source, inputs)
        assert others, key
        for target in others:
            moved = carried(source, inputs, target)
            given = set(moved.inputs)
            refused = {it.parameter for it in validate_inputs(target, moved.inputs)} & given
            assert refused == set(), f"{key} to {target.key}"
            assert target.produces is source.produces


def test_a_model_that_cannot_do_without_a_file_is_no_other_model_for_words_alone() -> None:
    keys = {it.key for it in takers(OFFERS.for_sale(), CATALOGUE.get("z-image"), WORDS)}
    assert "nano-banana-edit" not in keys
    assert {"qwen-2", "nano-banana-pro", "seedream-4-5"} <= keys
    assert "z-image" not in keys


def test_too_many_files_are_no_match_and_a_long_prompt_neither() -> None:
    edit = CATALOGUE.get("nano-banana-edit")
    files = [replace(PHOTO, unique_id=str(it), message_id=it).reference for it in range(10)]
    keys = {it.key for it in takers(OFFERS.for_sale(), edit, {"image_urls": files, "prompt": "шляпа"})}
    assert "nano-banana-pro" not in keys, "it takes eight"
    assert "seedream-4-5-edit" in keys


def test_what_finds_no_place_is_named_unless_it_was_the_default() -> None:
    source, target = CATALOGUE.get("seedream-4-5"), CATALOGUE.get("imagen-4-fast")
    lost = carried(source, {**WORDS, "quality": "high"}, target).lost
    assert [it.name for it in lost] == ["quality"]
    assert carried(source, {**WORDS, "quality": "basic"}, target).lost == ()


def test_earlier_results_stand_in_the_order_in_which_they_were_chosen() -> None:
    spec = CATALOGUE.get("nano-banana-edit")
    first = attach(spec, opened(spec.key, {}), PHOTO, "")
    assert isinstance(first, Attached)
    value = first.answers[0].value
    assert value is not None
    second = attach(spec, opened(spec.key, {"image_urls": value}), RESULT, "")
    assert isinstance(second, Attached)
    assert second.answers[0].value == [PHOTO.reference, RESULT.reference]
    again = attach(spec, opened(spec.key, {"image_urls": [RESULT.reference]}), RESULT, "")
    assert isinstance(again, Attached)
    assert again.answers[0].value == [RESULT.reference]


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("kind", list(Modality))
def test_a_results_buttons_fit_a_phone_and_each_sequel_says_its_price(
    tmp_path: Path, language: str, kind: Modality
) -> None:
    words = TEXTS.for_language(language)
    made = generation(produces=kind, results=(stored(tmp_path, "1", kind),), parent_id=10**7)
    file = replace(
        RESULT, kind=kind, mime=made.results[0].mime, seconds=600 if kind is not Modality.IMAGE else None
    )
    found = SEQUELS.of(file)
    rows = result_keyboard(words, CATALOGUE.get("z-image"), made, found).inline_keyboard
    assert len(rows) <= 9
    for row in rows:
        for button in row:
            assert width(button.text) <= ROOM[len(row)], button.text
    labels = [button.text for row in rows for button in row if (button.callback_data or "").startswith("on:")]
    assert len(labels) == len(best_of_each(found))
    assert all("₽" in label for label in labels)


def test_of_several_models_the_one_that_lives_on_files_and_is_on_the_operators_list_comes_first() -> None:
    best = {it.sequel: it.spec.key for it in best_of_each(SEQUELS.of(RESULT))}
    assert best[Sequel.ANIMATE] == "hailuo-2-3-image", "the operator's list has it"
    assert best[Sequel.EDIT] == "nano-banana-edit", "not the dearer one that works without files"


def test_a_file_that_a_model_would_refuse_is_not_offered_to_it() -> None:
    clip = replace(RESULT, kind=Modality.VIDEO, mime="video/mp4", seconds=5)
    assert "topaz-video" in {it.spec.key for it in SEQUELS.of(clip)}
    heavy = {it.spec.key for it in SEQUELS.of(replace(clip, size=50_000_001))}
    assert "topaz-video" not in heavy, "it takes 50 MB"
    assert heavy


def test_a_picture_that_is_too_heavy_is_offered_since_it_is_made_lighter() -> None:
    heavy = {it.spec.key for it in SEQUELS.of(replace(RESULT, size=6_000_000))}
    assert "recraft-cutout" in heavy, "it takes 5 MB"
