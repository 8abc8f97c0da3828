"""Results: what they are, and how their delivery fails."""

import io
import time
from typing import Any

import aiohttp
import av
import pytest
from PIL import Image

from tests.integration.sandbox_kie.driver import Kie

CLIP = {
    "model": "bytedance/seedance-2",
    "input": {"prompt": "a red kite", "aspect_ratio": "9:16", "resolution": "480p"},
}
SPEECH = {"model": "elevenlabs/text-to-speech-turbo-2-5", "input": {"text": "the kite is red"}}
SONG = {
    "model": "ai-music-api/generate",
    "input": {"custom_mode": False, "instrumental": False, "model": "V6", "prompt": "a kite"},
}


async def urls(kie: Kie, body: dict[str, Any] | None = None) -> list[str]:
    record = await kie.ended(await kie.made(body))
    found: list[str] = record["response"]["resultUrls"]
    return found


async def fetched(kie: Kie, url: str) -> tuple[int, str, bytes]:
    async with kie.session.get(url) as answer:
        return answer.status, answer.content_type, await answer.read()


async def picture(kie: Kie, body: dict[str, Any] | None = None) -> Image.Image:
    _, _, content = await fetched(kie, (await urls(kie, body))[0])
    return Image.open(io.BytesIO(content))


async def test_a_picture_has_the_ratio_that_was_asked_for(kie: Kie) -> None:
    image = await picture(kie)
    assert (image.format, image.size) == ("PNG", (1024, 576))


@pytest.mark.parametrize(
    ("model", "inputs", "size"),
    [
        ("google/imagen4", {"aspect_ratio": "3:4"}, (768, 1024)),
        ("bytedance/seedream", {"image_size": "portrait_16_9"}, (576, 1024)),
        ("bytedance/seedream-v4-text-to-image", {"image_size": "landscape_4_3"}, (1024, 768)),
        ("google/nano-banana", {}, (1024, 1024)),
    ],
)
async def test_every_way_to_name_a_ratio_is_understood(
    kie: Kie, model: str, inputs: dict[str, Any], size: tuple[int, int]
) -> None:
    assert (await picture(kie, {"model": model, "input": {"prompt": "a kite", **inputs}})).size == size


async def test_the_format_that_was_asked_for_is_made(kie: Kie) -> None:
    body = {"model": "google/nano-banana", "input": {"prompt": "a kite", "output_format": "jpeg"}}
    assert (await picture(kie, body)).format == "JPEG"


async def test_the_same_words_make_the_same_picture_and_others_another(kie: Kie) -> None:
    first, second = await picture(kie), await picture(kie)
    other = await picture(
        kie, {"model": "z-image", "input": {"prompt": "a blue boat", "aspect_ratio": "16:9"}}
    )
    assert first.tobytes() == second.tobytes()
    assert first.tobytes() != other.tobytes()


async def test_several_pictures_of_one_task_differ(kie: Kie) -> None:
    await kie.knobs(results=2)
    first, second = [await fetched(kie, url) for url in await urls(kie)]
    assert first[2] != second[2]


async def test_as_many_pictures_come_as_were_asked_for(kie: Kie) -> None:
    body = {"model": "wan/2-7-image", "input": {"prompt": "a kite", "n": 3}}
    assert len(await urls(kie, body)) == 3


async def test_a_clip_is_h264_with_sound_and_its_index_in_front(kie: Kie) -> None:
    status, kind, content = await fetched(kie, (await urls(kie, CLIP))[0])
    assert (status, kind) == (200, "video/mp4")
    assert content.find(b"moov") < content.find(b"mdat")
    with av.open(io.BytesIO(content), "r") as clip:
        assert (clip.streams.video[0].width, clip.streams.video[0].height) == (360, 640)
        assert clip.streams.video[0].codec_context.name == "h264"
        assert clip.streams.audio[0].codec_context.name == "aac"
        assert 2 < (clip.duration or 0) / 1_000_000 < 4


async def test_a_clip_is_silent_when_sound_is_switched_off(kie: Kie) -> None:
    silent = {"model": CLIP["model"], "input": {"prompt": "a kite", "generate_audio": False}}
    _, _, content = await fetched(kie, (await urls(kie, silent))[0])
    with av.open(io.BytesIO(content), "r") as clip:
        assert len(clip.streams.audio) == 0


async def test_the_last_frame_of_a_clip_comes_on_request(kie: Kie) -> None:
    body = {"model": CLIP["model"], "input": {"prompt": "a kite", "return_last_frame": True}}
    record = await kie.ended(await kie.made(body))
    first, last = record["response"]["firstFrameUrl"], record["response"]["lastFrameUrl"]
    assert (await fetched(kie, first))[2] != (await fetched(kie, last))[2]


async def test_speech_is_mp3(kie: Kie) -> None:
    status, kind, content = await fetched(kie, (await urls(kie, SPEECH))[0])
    assert (status, kind) == (200, "audio/mpeg")
    with av.open(io.BytesIO(content), "r") as sound:
        assert sound.streams.audio[0].codec_context.name.startswith("mp3")
        assert (sound.duration or 0) > 2_000_000


async def test_music_comes_as_two_tracks_with_covers(kie: Kie) -> None:
    record = await kie.ended(await kie.made(SONG))
    tracks = record["response"]["data"]
    assert len(tracks) == 2
    assert tracks[0]["id"] != tracks[1]["id"]
    assert tracks[0]["title"] == "a kite"
    assert (await fetched(kie, tracks[0]["audio_url"]))[1] == "audio/mpeg"
    assert (await fetched(kie, tracks[0]["image_url"]))[1] == "image/png"
    assert (await fetched(kie, tracks[0]["audio_url"]))[2] != (await fetched(kie, tracks[1]["audio_url"]))[2]


async def test_data_models_answer_with_a_result_object(kie: Kie) -> None:
    body = {"model": "ai-music-api/generate-lyrics", "input": {"prompt": "a kite"}}
    record = await kie.ended(await kie.made(body))
    assert record["response"]["resultObject"]["lyricsData"][0]["status"] == "complete"


async def test_a_success_may_have_no_result_at_all(kie: Kie) -> None:
    await kie.knobs(empty_result=True)
    record = await kie.ended(await kie.made())
    assert (record["state"], record["response"]) == ("success", {"resultUrls": []})


async def test_a_result_may_be_gone_from_the_start(kie: Kie) -> None:
    await kie.knobs(dead_result=True)
    assert (await fetched(kie, (await urls(kie))[0]))[0] == 404


async def test_a_result_expires(kie: Kie) -> None:
    await kie.knobs(result_ttl=0)
    assert (await fetched(kie, (await urls(kie))[0]))[0] == 404


async def test_a_result_of_an_unknown_or_running_task_is_not_served(kie: Kie) -> None:
    await kie.knobs(stuck=True)
    for task_id in ("0" * 32, await kie.made()):
        assert (await fetched(kie, f"{kie.url}/kie-files/results/{task_id}/0.png"))[0] == 404


async def test_a_result_may_dribble_in(kie: Kie) -> None:
    await kie.knobs(slow_result=0.5)
    (url,) = await urls(kie)
    started = time.monotonic()
    status, _, content = await fetched(kie, url)
    assert time.monotonic() - started >= 0.45
    assert status == 200
    assert Image.open(io.BytesIO(content)).size == (1024, 576)


async def test_a_result_may_be_huge(kie: Kie) -> None:
    await kie.knobs(huge_result=3)
    async with kie.session.get((await urls(kie))[0]) as answer:
        assert answer.content_length == 3 * 1024 * 1024
        assert len(await answer.read()) == 3 * 1024 * 1024


async def test_a_result_may_be_cut_off(kie: Kie) -> None:
    await kie.knobs(cut_result=True)
    (url,) = await urls(kie)
    with pytest.raises(aiohttp.ClientError):
        await fetched(kie, url)


async def test_a_result_may_be_a_page_of_text(kie: Kie) -> None:
    await kie.knobs(junk_result=True)
    assert (await fetched(kie, (await urls(kie))[0]))[:2] == (200, "text/html")


async def test_a_download_link_serves_the_result_and_only_files_of_this_house(kie: Kie) -> None:
    (url,) = await urls(kie)
    link = await kie.call("POST", "/kie/api/v1/common/download-url", json={"url": url})
    assert link["code"] == 200
    assert link["data"] != url
    assert (await fetched(kie, link["data"]))[2] == (await fetched(kie, url))[2]
    for other in ("https://example.com/0.png", kie.url + "/kie-files/download/x/0.png", ""):
        answer = await kie.call("POST", "/kie/api/v1/common/download-url", json={"url": other})
        assert (answer["code"], answer["msg"]) == (422, "url is wrong")
