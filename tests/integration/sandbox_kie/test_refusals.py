"""What KIE's schemas and rules refuse, the stand-in refuses, and remembers."""

import json
from typing import Any

import pytest

from app.sandbox.kie.errors import RefusalError
from app.sandbox.kie.schemas import ModelBook
from app.sandbox.kie.validation import check_inputs
from tests.integration.sandbox_kie.driver import PICTURE, Kie

A, B = "https://a.example/1.png", "https://a.example/2.png"
VIDEO = "https://a.example/1.mp4"


async def test_an_unknown_model_says_404(kie: Kie) -> None:
    assert (await kie.create({"model": "no-such/model", "input": {}}))["code"] == 404


async def test_a_delisted_model_says_422(kie: Kie) -> None:
    answer = await kie.create({"model": "sora-2-text-to-video", "input": {"prompt": "a kite"}})
    assert answer["code"] == 422


async def test_a_body_that_is_not_json_says_400(kie: Kie) -> None:
    answer = await kie.call("POST", "/kie/api/v1/jobs/createTask", data=b"{no json")
    assert answer["code"] == 400


@pytest.mark.parametrize(
    "body", [{}, {"model": ""}, {"model": "z-image"}, {"model": "z-image", "input": "{}"}]
)
async def test_a_request_without_model_or_input_says_422(kie: Kie, body: dict[str, Any]) -> None:
    answer = await kie.call("POST", "/kie/api/v1/jobs/createTask", json=body)
    assert answer["code"] == 422


@pytest.mark.parametrize("url", ["", "not a url", "ftp://a.example", 7])
async def test_a_callback_address_that_is_none_says_422(kie: Kie, url: object) -> None:
    assert (await kie.create(callBackUrl=url))["code"] == 422


@pytest.mark.parametrize(
    ("model", "changes", "code", "words"),
    [
        ("z-image", {"prompt": None}, 500, "This field is required"),
        ("z-image", {"prompt": ""}, 500, "This field is required"),
        ("z-image", {"prompt": 5}, 500, "prompt it must be a string"),
        ("z-image", {"aspect_ratio": "7:5"}, 500, "aspect_ratio is not within the range of allowed options"),
        ("z-image", {"nsfw_checker": "no"}, 500, "nsfw_checker it must be a boolean"),
        ("z-image", {"prompt": "a kite" * 1001}, 422, "prompt length exceeds the maximum of 1000"),
        ("bytedance/seedance-2", {"duration": 16}, 422, "duration must not be greater than 15"),
        ("bytedance/seedance-2", {"duration": 5.5}, 500, "duration it must be an integer"),
        ("bytedance/seedance-2", {"first_frame_url": "me.png"}, 422, "first_frame_url is not a valid url"),
        (
            "bytedance/seedance-2",
            {"reference_image_urls": [A] * 10},
            422,
            "number of items exceeds the maximum of 9",
        ),
        (
            "bytedance/seedance-2",
            {"reference_image_urls": [5]},
            500,
            "reference_image_urls[0] it must be a string",
        ),
        ("grok-imagine/text-to-video", {"duration": "31"}, 422, "duration is not within the range"),
        (
            "grok-imagine/text-to-video",
            {"prompt": "a kite", "duration": True},
            500,
            "duration it must be a number",
        ),
    ],
)
async def test_a_field_that_kie_would_not_take_is_refused_in_its_words(
    kie: Kie, model: str, changes: dict[str, Any], code: int, words: str
) -> None:
    start = {"prompt": "a kite", "aspect_ratio": "1:1"} if model == "z-image" else {"prompt": "a kite"}
    inputs = {name: value for name, value in (start | changes).items() if value is not None}
    answer = await kie.create({"model": model, "input": inputs})
    assert answer["code"] == code
    assert words in answer["msg"]
    (violation,) = await kie.look("violations")
    assert violation["refused"] is True
    assert (violation["call"], violation["model"], violation["code"]) == ("createTask", model, code)
    assert violation["field"].partition("[")[0] in changes
    assert json.loads(violation["body"])["input"] == inputs


async def test_a_field_that_kie_ignores_is_taken_and_written_down(kie: Kie) -> None:
    inputs = {**PICTURE["input"], "colour": "red"}  # type: ignore[dict-item]
    assert (await kie.create({"model": "z-image", "input": inputs}))["code"] == 200
    (violation,) = await kie.look("violations")
    assert (violation["field"], violation["refused"]) == ("colour", False)


async def test_a_request_without_fault_leaves_no_violation(kie: Kie) -> None:
    await kie.made()
    assert await kie.look("violations") == []


async def test_violations_can_be_read_from_a_number_on(kie: Kie) -> None:
    for name in ("a/b", "c/d"):
        await kie.create({"model": name, "input": {}})
    first, second = await kie.look("violations")
    assert await kie.look(f"violations?after={first['n']}") == [second]


async def test_a_reference_to_a_task_that_is_not_there_says_422(kie: Kie) -> None:
    answer = await kie.create({"model": "grok-imagine/upscale", "input": {"task_id": "gone"}})
    assert (answer["code"], answer["msg"]) == (422, "Record does not exist")
    task_id = await kie.made()
    assert (await kie.create({"model": "grok-imagine/upscale", "input": {"task_id": task_id}}))["code"] == 200


GONE = "(left out)"
SONG = {"custom_mode": True, "instrumental": True, "model": "V6", "style": "jazz", "title": "Kite"}
KLING = {"duration": "5", "mode": "pro", "multi_shots": False, "sound": False}
RULES: list[tuple[str, dict[str, Any], dict[str, Any], str]] = [
    ("bytedance/seedance-2", {"first_frame_url": A}, {"reference_image_urls": [A]}, "reference_image_urls"),
    (
        "bytedance/seedance-2-5",
        {"first_frame_url": A},
        {"reference_video_urls": [VIDEO]},
        "reference_video_urls",
    ),
    (
        "bytedance/seedance-2-fast",
        {"first_frame_url": A, "last_frame_url": B},
        {"first_frame_url": GONE},
        "first_frame_url",
    ),
    (
        "bytedance/seedance-2-mini",
        {"web_search": True},
        {"reference_image_urls": [A]},
        "reference_image_urls",
    ),
    ("bytedance/seedance-2-5", {"duration": -1}, {"duration": 3}, "duration"),
    (
        "gemini-omni-video",
        {"prompt": "a kite", "duration": "4", "image_urls": [A] * 7},
        {"character_ids": ["c"]},
        "image_urls",
    ),
    (
        "google/gemini-omni-flash-1-1",
        {"prompt": "a kite", "duration": "4", "image_urls": [A] * 7},
        {"character_ids": ["c"]},
        "image_urls",
    ),
    (
        "gpt-image-2-text-to-image",
        {"prompt": "a kite", "aspect_ratio": "auto"},
        {"resolution": "2K"},
        "resolution",
    ),
    (
        "gpt-image-2-image-to-image",
        {"prompt": "a kite", "input_urls": [A], "aspect_ratio": "1:1"},
        {"resolution": "4K"},
        "resolution",
    ),
    ("grok-imagine/image-to-video", {"task_id": "t"}, {"image_urls": [A]}, "image_urls"),
    ("grok-imagine/image-to-video", {"image_urls": [A]}, {"mode": "spicy"}, "image_urls"),
    ("grok-imagine/image-to-video", {"image_urls": [A, B]}, {"resolution": "1080p"}, "image_urls"),
    (
        "hailuo/2-3-image-to-video-pro",
        {"prompt": "a kite", "image_url": A, "duration": "10"},
        {"resolution": "1080P"},
        "resolution",
    ),
    (
        "hailuo/2-3-image-to-video-standard",
        {"prompt": "a kite", "image_url": A, "duration": "10"},
        {"resolution": "1080P"},
        "resolution",
    ),
    ("kling-3.0/video", {**KLING, "prompt": "a kite"}, {"multi_shots": True}, "multi_prompt"),
    (
        "kling-3.0-omni/image-to-video",
        {"prompt": "a kite", "image_urls": [A]},
        {"aspect_ratio": "1:1"},
        "aspect_ratio",
    ),
    (
        "kling-3.0-omni/reference-to-video",
        {"prompt": "a kite", "video_urls": [VIDEO], "aspect_ratio": "auto", "audio": False},
        {"audio": True},
        "audio",
    ),
    (
        "kling-3.0-omni/reference-to-video",
        {"prompt": "a kite", "video_urls": [VIDEO], "aspect_ratio": "auto", "audio": False},
        {"aspect_ratio": "1:1"},
        "aspect_ratio",
    ),
    (
        "kling-3.0-omni/text-to-video",
        {"prompt": "a kite", "prefer_multi_shots": True},
        {"customize_multi_shots": True},
        "customize_multi_shots",
    ),
    (
        "kling-3.0-omni/transformation",
        {"prompt": "a kite", "video_urls": [VIDEO]},
        {"aspect_ratio": "1:1"},
        "aspect_ratio",
    ),
    (
        "pixverse-v6/extend",
        {"prompt": "a kite", "duration": 5, "quality": "720p", "taskId": "t"},
        {"video_url": VIDEO},
        "video_url",
    ),
    ("wan/2-7-image", {"prompt": "a kite", "n": 4}, {"n": 5}, "n"),
    (
        "wan/2-7-image-pro",
        {"prompt": "a kite", "enable_sequential": True, "n": 12},
        {"thinking_mode": True},
        "thinking_mode",
    ),
    (
        "wan/2-7-r2v",
        {"prompt": "a kite", "reference_image": [A] * 3},
        {"reference_video": [VIDEO] * 3},
        "reference_image",
    ),
    ("wan/2-7-videoedit", {"video_url": VIDEO, "duration": 0}, {"duration": 1}, "duration"),
    (
        "gpt-image-2-5-flare-text-to-image",
        {"prompt": "a kite", "aspect_ratio": "27:16"},
        {"resolution": "2K"},
        "resolution",
    ),
    ("wan/3-0-video", {"first_frame_url": A}, {"reference_image_urls": [A]}, "reference_image_urls"),
    ("wan/3-0-video-prime", {"duration": -1}, {"duration": 1}, "duration"),
    (
        "veo-3-1",
        {"prompt": "a kite", "generation_type": "REFERENCE_2_VIDEO", "image_urls": [A]},
        {"duration": 4},
        "duration",
    ),
    (
        "veo-3-1",
        {"prompt": "a kite", "generation_type": "FIRST_AND_LAST_FRAMES_2_VIDEO"},
        {"image_urls": [A, B, A]},
        "image_urls",
    ),
    (
        "runway",
        {"prompt": "a kite", "duration": 10, "quality": "720p", "aspect_ratio": "1:1"},
        {"quality": "1080p"},
        "quality",
    ),
    (
        "runway",
        {"prompt": "a kite", "duration": 5, "quality": "720p", "image_url": A},
        {"image_url": GONE},
        "aspect_ratio",
    ),
    ("ai-music-api/generate", SONG, {"title": ""}, "title"),
    ("ai-music-api/generate", SONG, {"instrumental": False}, "prompt"),
    ("ai-music-api/generate", {**SONG, "model": "V5", "prompt": "x" * 5000}, {"model": "V4"}, "prompt"),
    ("elevenlabs/text-to-speech-turbo-2-5", {"text": "hello"}, {"language_code": ""}, "language_code"),
]


@pytest.mark.parametrize(
    ("model", "inputs", "changes", "field"), RULES, ids=[f"{r[0]}-{r[3]}" for r in RULES]
)
def test_a_rule_across_fields_is_kept(
    model: str, inputs: dict[str, Any], changes: dict[str, Any], field: str
) -> None:
    facts = ModelBook().find(model)
    assert facts is not None
    check_inputs(facts, inputs)
    with pytest.raises(RefusalError) as refusal:
        check_inputs(facts, {name: value for name, value in (inputs | changes).items() if value != GONE})
    assert refusal.value.field == field


def test_every_model_with_checks_has_a_rule_tested_here() -> None:
    checked = {model.id for model in ModelBook().all() if model.checks}
    same_checks = {
        "gpt-image-2-5-flare-image-to-image",
        "gpt-image-2-5-sunburst-text-to-image",
        "gpt-image-2-5-sunburst-image-to-image",
        "pixverse-v6/image-to-video",
    }
    assert checked - {rule[0] for rule in RULES} <= same_checks
