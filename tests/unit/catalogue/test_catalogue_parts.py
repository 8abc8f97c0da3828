"""Lists of parts that hold files, their sums, and earlier results as inputs."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.catalogue import (
    Catalogue,
    InputProblem,
    Inputs,
    MediaFile,
    Modality,
    ModelSpec,
    Part,
    PastResult,
    Problem,
    cost,
    facts_of,
    read_result,
    validate_inputs,
    with_defaults,
)

TASK = PastResult("task 1/2?", track="song&1", resolution="720p").reference


@pytest.fixture
def in_parts(made_up: Catalogue) -> ModelSpec:
    """The made-up model whose clips are parts."""
    return made_up.get("everything-in-parts")


def clip(seconds: int | None, *, kind: Modality = Modality.VIDEO) -> str:
    return MediaFile("id", "unique", kind, f"{kind}/mp4", 1000, seconds).reference


def shots(*lengths: int) -> list[Part]:
    """Parts of so many seconds each, every one with a clip of seven seconds."""
    return [{"url": [clip(7)], "seconds": length} for length in lengths]


def test_files_within_parts_are_measured_and_paid_for(in_parts: ModelSpec) -> None:
    inputs: Inputs = {"clips": shots(2, 3)}
    assert facts_of(in_parts, inputs).seconds == {"clips.url": Decimal(14)}
    assert cost(in_parts, inputs) == 70


def test_one_part_whose_clip_tells_no_length_leaves_all_of_them_open(in_parts: ModelSpec) -> None:
    unknown: Part = {"url": [clip(None)], "seconds": 3}
    assert facts_of(in_parts, {"clips": [*shots(2), unknown]}).seconds == {}


def test_a_file_of_another_kind_within_a_part_is_refused(in_parts: ModelSpec) -> None:
    wrong: Part = {"url": [clip(7, kind=Modality.AUDIO)], "seconds": 5}
    assert validate_inputs(in_parts, {"clips": [wrong]}) == (
        InputProblem("clips.url", Problem.WRONG_MEDIA, "video"),
    )


def test_parts_are_written_as_the_provider_wants_them(in_parts: ModelSpec) -> None:
    sent = with_defaults(in_parts, {"clips": shots(5)})
    assert sent["clips"] == [{"url": clip(7), "seconds": "5"}]


def test_a_task_that_needs_media_is_content_with_those_of_parts(in_parts: ModelSpec) -> None:
    assert validate_inputs(in_parts, {"clips": shots(5)}) == ()


@pytest.mark.parametrize(("lengths", "whole", "fits"), [((2, 3), {}, True), ((2, 4), {}, False)])
def test_parts_add_up_to_the_whole_or_are_refused(
    in_parts: ModelSpec, lengths: tuple[int, ...], whole: Inputs, fits: bool
) -> None:
    problems = validate_inputs(in_parts, {"clips": shots(*lengths), **whole})
    assert problems == (() if fits else (InputProblem("clips", "clips-fill-the-length"),))


def test_the_whole_that_parts_add_up_to_may_be_chosen(in_parts: ModelSpec) -> None:
    assert validate_inputs(in_parts, {"clips": shots(4, 5), "seconds": 9}) == ()
    assert validate_inputs(in_parts, {"clips": shots(4, 5), "seconds": 8}) != ()


def test_a_total_with_a_condition_counts_only_while_it_holds(in_parts: ModelSpec) -> None:
    inputs: Inputs = {"clips": shots(5), "pictures": ["a", "b", "c"]}
    assert validate_inputs(in_parts, inputs) == (
        InputProblem("pictures", "few-pictures-without-a-task", "2"),
    )
    assert validate_inputs(in_parts, {**inputs, "task": TASK}) == ()


def test_an_earlier_result_is_sent_by_the_names_that_the_provider_gave_it(in_parts: ModelSpec) -> None:
    sent = with_defaults(in_parts, {"clips": shots(5), "task": TASK, "song": TASK})
    assert (sent["task"], sent["song"]) == ("task 1/2?", "song&1")


def test_the_size_of_an_earlier_clip_chooses_the_price(in_parts: ModelSpec) -> None:
    assert cost(in_parts, {"clips": shots(5), "task": TASK}) == 63
    assert cost(in_parts, {"clips": shots(5), "task": PastResult("task").reference}) == 35


@given(
    st.builds(
        PastResult, task=st.text(min_size=1), track=st.none() | st.text(min_size=1), resolution=st.none()
    )
)
def test_a_reference_to_a_result_says_all_that_is_known_of_it(past: PastResult) -> None:
    assert read_result(past.reference) == past


@pytest.mark.parametrize("text", ["", "task", "telegram:a?kind=video", "result:1/1?kind=video"])
def test_other_texts_are_no_results(text: str) -> None:
    assert read_result(text) is None
