"""Which results a task has, and resultJson in the shape KIE gives to results of its kind."""

from collections.abc import Callable
from dataclasses import dataclass

from app.sandbox.kie.pricing import image_count
from app.sandbox.kie.schemas import Medium, ModelFacts
from app.sandbox.kie.tasks import Task
from app.sandbox.kie.values import Json, JsonObject, as_text, compact

UrlOf = Callable[[str, str], str]
_SUNO = "ai-music-api/"
_PICTURE_TYPES = {"jpg": "jpg", "jpeg": "jpg", "webp": "webp", "png": "png"}
_TWO_AT_ONCE = ("grok-imagine/text-to-image", "ai-music-api/cover-generate", "ai-music-api/separate-vocals")
_LAYERS = 3


@dataclass(frozen=True)
class Outline:
    """`names`: the files under the task; `result_json`: KIE's resultJson with their addresses."""

    names: tuple[str, ...]
    result_json: str


def outline(model: ModelFacts, task: Task, url_of: UrlOf) -> Outline:
    """The results of a task that succeeds. Two tracks for Suno; the knobs `results` and `empty_result` count."""
    names = _names(model, task)
    urls: list[Json] = [url_of(task.id, name) for name in names]
    if task.plan.result.empty:
        return Outline((), compact({"resultUrls": []}))
    if model.medium is Medium.DATA:
        return Outline((), compact({"resultObject": _data(model, task)}))
    if model.id.startswith(_SUNO) and model.task == "music":
        return Outline(names, compact({"data": [_track(task, index, url_of) for index in range(len(names))]}))
    shape: JsonObject = {"resultUrls": urls}
    if task.inputs.get("return_last_frame") is True and model.medium is Medium.VIDEO:
        shape["firstFrameUrl"] = url_of(task.id, "first.png")
        shape["lastFrameUrl"] = url_of(task.id, "last.png")
    return Outline(names, compact(shape))


def _names(model: ModelFacts, task: Task) -> tuple[str, ...]:
    extension = _extension(model, task.inputs)
    count = task.plan.result.count
    return tuple(
        f"{index}.{extension}" for index in range(_count(model, task.inputs) if count is None else count)
    )


def _count(model: ModelFacts, inputs: JsonObject) -> int:
    if model.id in _TWO_AT_ONCE or (model.id.startswith(_SUNO) and model.task == "music"):
        return 2
    if model.id.endswith("layer-decomposition"):
        return _LAYERS
    return image_count(inputs) if model.medium is Medium.IMAGE else 1


def _extension(model: ModelFacts, inputs: JsonObject) -> str:
    if model.medium is Medium.VIDEO:
        return "mp4"
    if model.medium is Medium.AUDIO:
        return "wav" if model.id.endswith("wav-format") else "mp3"
    return _PICTURE_TYPES.get(as_text(model.with_defaults(inputs).get("output_format")), "png")


def _track(task: Task, index: int, url_of: UrlOf) -> JsonObject:
    audio, image = url_of(task.id, f"{index}.mp3"), url_of(task.id, f"cover{index}.png")
    words = as_text(task.inputs.get("prompt"))
    return {
        "id": f"{task.id[:8]}-{task.id[8:12]}-4{task.id[13:16]}-a{index}00-{task.id[16:28]}",
        "audio_url": audio,
        "source_audio_url": audio,
        "stream_audio_url": audio,
        "source_stream_audio_url": audio,
        "image_url": image,
        "source_image_url": image,
        "prompt": words,
        "model_name": as_text(task.inputs.get("model")),
        "title": as_text(task.inputs.get("title")) or words[:80] or "Untitled",
        "tags": as_text(task.inputs.get("style")),
        "createTime": int(task.created * 1000),
        "duration": 6.0,
    }


def _data(model: ModelFacts, task: Task) -> JsonObject:
    words = as_text(task.inputs.get("prompt")) or as_text(task.inputs.get("content"))
    if model.task == "speech-to-text":
        return {"text": "A voice reads the words of the file.", "language_code": "en", "words": []}
    if "lyrics" in model.id:
        song: JsonObject = {
            "text": f"[Verse]\n{words}\n[Chorus]\n{words}",
            "title": words[:40],
            "status": "complete",
        }
        return {"lyricsData": [song]}
    if model.task == "image-analysis":
        return {"status": 1, "mask_urls": [], "segments": []}
    return {"text": words, "id": task.id}
