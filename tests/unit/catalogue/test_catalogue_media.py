"""Files as inputs: their references, their limits, what they tell about the price, what they make necessary."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.catalogue import (
    Catalogue,
    Facts,
    InputProblem,
    Inputs,
    MediaFile,
    MediaRule,
    Modality,
    PastResult,
    Problem,
    UnpricedError,
    becomes_jpeg,
    cost,
    facts_of,
    media_in,
    next_question,
    read_media,
    validate_inputs,
    with_defaults,
)

PHOTO = MediaFile("AgAC-x_1", "AQADx", Modality.IMAGE, "image/jpeg", 90_000, None, 1280, 960, 7, "123")
SPEECH = MediaFile("voice", "v", Modality.AUDIO, "audio/ogg", 9_000, 12)

FILES = st.builds(
    MediaFile,
    file_id=st.text(min_size=1),
    unique_id=st.text(min_size=1),
    kind=st.sampled_from(Modality),
    mime=st.text(min_size=1),
    size=st.none() | st.integers(0),
    seconds=st.none() | st.integers(0),
    width=st.none() | st.integers(0),
    height=st.none() | st.integers(0),
    message_id=st.none() | st.integers(1),
    album=st.none() | st.text(min_size=1),
)


@given(file=FILES)
def test_a_reference_says_all_that_is_known_of_a_file(file: MediaFile) -> None:
    assert read_media(file.reference) == file


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://files.example/a?kind=image",
        "telegram:",
        "telegram:x",
        "telegram:x?kind=smell&unique_id=1&mime=a",
    ],
)
def test_other_texts_are_no_references(text: str) -> None:
    assert read_media(text) is None


@given(text=st.text())
def test_any_text_is_read_without_a_fault(text: str) -> None:
    assert read_media(text) is None or text.startswith("telegram:")
    read_media("telegram:" + text)


def test_the_place_and_the_id_of_a_photo_stand_in_front_of_its_facts() -> None:
    assert PHOTO.reference.startswith("telegram:AgAC-x_1?unique_id=AQADx&kind=image&")


@pytest.mark.parametrize(
    ("key", "name", "file", "rule", "limit"),
    [
        ("recraft-cutout", "image", SPEECH, Problem.WRONG_MEDIA, "image"),
        (
            "recraft-cutout",
            "image",
            MediaFile("a", "b", Modality.IMAGE, "image/tiff", 10),
            Problem.WRONG_FORMAT,
            "JPEG, PNG, WEBP",
        ),
        (
            "topaz-video",
            "video_url",
            MediaFile("a", "b", Modality.VIDEO, "video/mp4", 50_000_001, 5),
            Problem.TOO_HEAVY,
            "50",
        ),
        (
            "topaz-video",
            "video_url",
            MediaFile("a", "b", Modality.VIDEO, "video/mp4", 10),
            Problem.UNMEASURED,
            None,
        ),
    ],
)
@pytest.mark.proves("F63")
def test_a_file_that_does_not_fit_is_refused_before_anything_is_paid(
    shipped: Catalogue, key: str, name: str, file: MediaFile, rule: Problem, limit: str | None
) -> None:
    problems = validate_inputs(shipped.get(key), {name: [file.reference]})
    assert problems == (InputProblem(name, rule, limit),)


@pytest.mark.parametrize(("seconds", "rule"), [(3, None), (15, None), (16, Problem.CLIP_TOO_LONG)])
def test_clips_longer_than_the_limit_are_refused(
    made_up: Catalogue, seconds: int, rule: Problem | None
) -> None:
    file = MediaFile("a", "b", Modality.VIDEO, "video/mp4", 10, seconds)
    inputs: Inputs = {"clips": [file.reference], "prompt": "a cat"}
    found = [problem.rule for problem in validate_inputs(made_up.get("everything"), inputs)]
    assert found == ([] if rule is None else [rule])


@pytest.mark.proves("F44")
@pytest.mark.parametrize(
    ("size", "factor", "credits_", "problem"),
    [
        ((2048, 900), "1", 10, None),
        ((900, 1024), "2", 10, None),
        ((1025, 900), "2", 20, None),
        ((1280, 960), "4", 40, None),
        ((2048, 2048), "4", 40, None),
        ((900, 2049), "4", None, InputProblem("upscale_factor", Problem.ENLARGED_TOO_FAR, "8192")),
        ((None, None), "2", None, InputProblem("image_url", Problem.UNSIZED)),
    ],
)
def test_the_longer_side_of_the_result_is_what_an_enlarged_picture_costs(
    shipped: Catalogue,
    size: tuple[int | None, int | None],
    factor: str,
    credits_: int | None,
    problem: InputProblem | None,
) -> None:
    spec = shipped.get("topaz-image")
    photo = MediaFile("a", "b", Modality.IMAGE, "image/jpeg", 10, None, *size)
    inputs: Inputs = {"image_url": [photo.reference], "upscale_factor": factor}
    assert validate_inputs(spec, inputs) == (() if problem is None else (problem,))
    if credits_ is None:
        with pytest.raises(UnpricedError):
            cost(spec, inputs)
    else:
        assert cost(spec, inputs) == credits_


@pytest.mark.proves("F44")
@pytest.mark.parametrize(
    ("key", "resolution", "is_priced"),
    [
        ("grok-video-extend", "480p", True),
        ("grok-video-extend", "1080p", False),
        ("grok-video-extend", None, False),
        ("grok-video-upscale", "720p", True),
        ("grok-video-upscale", "1080p", False),
    ],
)
def test_an_earlier_clip_whose_resolution_has_no_price_is_refused_with_those_that_have(
    shipped: Catalogue, key: str, resolution: str | None, is_priced: bool
) -> None:
    spec = shipped.get(key)
    asked: Inputs = {"prompt": "on", "extend_at": 6, "extend_times": "6"} if key.endswith("extend") else {}
    inputs: Inputs = {**asked, "task_id": PastResult("task", None, resolution).reference}
    refused = (InputProblem("task_id", Problem.UNPRICED_SOURCE, "480p, 720p"),)
    assert validate_inputs(spec, inputs) == (() if is_priced else refused)
    if is_priced:
        assert cost(spec, inputs) > 0
    else:
        with pytest.raises(UnpricedError):
            cost(spec, inputs)


def test_a_picture_is_enlarged_by_the_default_where_nothing_is_said(shipped: Catalogue) -> None:
    assert facts_of(shipped.get("topaz-image"), {"image_url": [PHOTO.reference]}).output_tier == "4K"
    assert facts_of(shipped.get("recraft-upscale"), {"image": [PHOTO.reference]}).output_tier is None


def test_the_files_tell_their_lengths_and_sizes_themselves(made_up: Catalogue) -> None:
    spec = made_up.get("everything")
    film = MediaFile("f", "f", Modality.VIDEO, "video/mp4", 10, 4).reference
    inputs: Inputs = {"first": [PHOTO.reference], "clips": [film, film]}
    expected = Facts(seconds={"clips": Decimal(8)}, input_megapixels=Decimal("1.2288"))
    assert facts_of(spec, inputs) == expected


def test_what_one_file_leaves_open_stays_open(made_up: Catalogue) -> None:
    spec = made_up.get("everything")
    silent = MediaFile("f", "f", Modality.VIDEO, "video/mp4").reference
    film = MediaFile("f", "f", Modality.VIDEO, "video/mp4", 10, 4).reference
    assert facts_of(spec, {"clips": [film, silent]}) == Facts()
    assert facts_of(spec, {"clips": ["https://files.example/a"]}) == Facts()


def test_only_lists_hold_files() -> None:
    assert media_in([PHOTO.reference, "something else"]) == (PHOTO,)
    assert media_in(PHOTO.reference) == ()
    assert media_in(None) == ()


@pytest.mark.proves("F62")
def test_a_missing_photo_is_asked_for_and_never_made_up(shipped: Catalogue) -> None:
    spec = shipped.get("nano-banana-edit")
    assert validate_inputs(spec, {"prompt": "x"}) == (InputProblem("image_urls", Problem.MISSING),)
    question = next_question(spec, {"prompt": "x"})
    assert question is not None
    assert question.name == "image_urls"
    assert "image_urls" not in with_defaults(spec, {"prompt": "x"})


def test_an_answer_that_makes_another_necessary_is_followed_by_its_question(shipped: Catalogue) -> None:
    spec = shipped.get("suno-song")
    inputs: Inputs = {"prompt": "la la", "custom_mode": True, "instrumental": False}
    asked = next_question(spec, inputs)
    assert asked is not None
    assert asked.name == "style"
    asked = next_question(spec, {**inputs, "style": "folk"})
    assert asked is not None
    assert asked.name == "title"
    assert next_question(spec, {**inputs, "style": "folk", "title": "La"}) is None
    assert next_question(spec, {**inputs, "custom_mode": False}) is None


@pytest.mark.parametrize(
    ("mime", "size", "converted"),
    [
        ("image/heic", 10, True),
        ("image/png", 5_000_001, True),
        ("image/png", 5_000_000, False),
        ("image/tiff", 10, False),
    ],
)
def test_pictures_that_we_can_make_jpegs_of_are_taken_in_any_weight(
    shipped: Catalogue, mime: str, size: int, converted: bool
) -> None:
    spec = shipped.get("recraft-cutout")
    rule = spec.parameters[0].media
    file = MediaFile("a", "b", Modality.IMAGE, mime, size)
    assert rule is not None
    assert becomes_jpeg(rule, file) is converted
    assert not converted or validate_inputs(spec, {"image": [file.reference]}) == ()


def test_a_picture_stays_as_it_is_where_the_provider_takes_no_jpeg() -> None:
    rule = MediaRule(Modality.IMAGE, mime=("image/png",))
    assert not becomes_jpeg(rule, MediaFile("a", "b", Modality.IMAGE, "image/heic", 10))
