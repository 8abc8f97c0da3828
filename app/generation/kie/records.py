"""A task as recordInfo tells it, in all its shapes, turned into a `TaskReport`. Pure."""

from collections.abc import Iterator
from decimal import Decimal

from app.generation.kie.endpoints import FLAGS, JOBS, Dialect
from app.generation.kie.failures import class_of_failed_task
from app.generation.kie.values import Json, JsonObject, as_decimal, as_object, as_text, as_whole
from app.generation.ports import TaskReport, TaskState
from app.generation.states import FailureClass

_LISTS = ("resultUrls", "result_urls", "data", "sunoData", "resultObject")
"""Where results lie, most usual first; `data` and `sunoData` are lists of tracks, `resultObject` is free."""
_SONGS = ("data", "sunoData")
_RESULTS = ("resultJson", "response", "resultInfoJson", "videoInfo")
_SINGLES = (
    "resultUrl",
    "resultVideoUrl",
    "resultImageUrl",
    "videoUrl",
    "video_url",
    "audioUrl",
    "audio_url",
    "audioWavUrl",
    "image_urls",
    "mask_urls",
)
"""The field of an element that is its result. Covers, streams and first or last frames are no results."""


_PARAMS = ("param", "paramJson", "generateParam")
"""Where endpoints keep what was asked of them."""


def report_of(data: JsonObject, dialect: Dialect = JOBS) -> TaskReport:
    """What the record says. An unknown state is UNKNOWN unless `successFlag` tells; a success without URLs
    stays a success without URLs (F68)."""
    state = _state(data, dialect)
    failed = state is TaskState.FAIL
    message = (
        as_text(data.get("failMsg")) or as_text(data.get("errorMessage")) or _word_of_failure(data, dialect)
    )
    return TaskReport(
        state=state,
        result_urls=_urls(data) if state is TaskState.SUCCESS else (),
        tracks=_tracks(data) if state is TaskState.SUCCESS else (),
        failure=_failure(data, message or "") if failed else None,
        fail_message=message if failed else None,
        credits_consumed=_credits(data),
        callback_url=_callback_url(data),
    )


def _state(data: JsonObject, dialect: Dialect) -> TaskState:
    if (known := dialect.words.get(_word(data, dialect))) is not None:
        return known
    flag = as_whole(data.get("successFlag"))
    state = TaskState.UNKNOWN if flag is None else FLAGS.get(flag, TaskState.UNKNOWN)
    if dialect.errors_tell and state is TaskState.GENERATING and as_text(data.get("errorMessage")):
        return TaskState.FAIL
    return state


def _word(data: JsonObject, dialect: Dialect) -> str:
    """The first word: some flags say `SUCCESS-Success`."""
    return (as_text(data.get(dialect.field_of_state)) or "").lower().partition("-")[0].strip()


def _word_of_failure(data: JsonObject, dialect: Dialect) -> str | None:
    """What a record without a message says of its failure (`SENSITIVE_WORD_ERROR`); `fail` alone says nothing."""
    word = _word(data, dialect)
    return word if "_" in word else None


def _failure(data: JsonObject, message: str) -> FailureClass:
    code = as_whole(data.get("failCode"))
    return class_of_failed_task(as_whole(data.get("errorCode")) if code is None else code, message)


def _credits(data: JsonObject) -> Decimal | None:
    consumed = as_decimal(data.get("creditsConsumed"))
    return None if consumed is None or consumed < 0 else consumed


def _callback_url(data: JsonObject) -> str | None:
    """Out of what was asked, a string of JSON whose `input` is a string of JSON again."""
    param = next((found for name in _PARAMS if (found := as_object(data.get(name)))), {})
    inner = as_object(param.get("input")) or {}
    return as_text(param.get("callBackUrl")) or as_text(inner.get("callBackUrl"))


def _urls(data: JsonObject) -> tuple[str, ...]:
    for name in _RESULTS:
        found = tuple(dict.fromkeys(_in_result(as_object(data.get(name)) or {})))
        if found:
            return found
    return ()


def _tracks(data: JsonObject) -> tuple[str, ...]:
    """The ids of songs, one for each of the URLs; nothing where one is missing."""
    for name in _RESULTS:
        result = as_object(data.get(name)) or {}
        songs = next((found for it in _SONGS if isinstance(found := result.get(it), list) and found), [])
        told = [(as_object(song) or {}, tuple(_in_element(song))) for song in songs]
        ids = [as_text(song.get("id")) for song, urls in told if urls]
        if ids:
            return tuple(it for it in ids if it) if all(ids) and len(ids) == len(_urls(data)) else ()
    return ()


def _in_result(result: JsonObject) -> Iterator[str]:
    for name in _LISTS:
        value = result.get(name)
        found = list(_in_element(as_object(value) if name == "resultObject" else value))
        if found:
            yield from found
            return
    yield from _in_element(result)


def _in_element(value: Json) -> Iterator[str]:
    """URLs of one element: the text itself, those of a list, or the first result field of an object."""
    if isinstance(value, str):
        if value.startswith(("https://", "http://")):
            yield value
    elif isinstance(value, list):
        for item in value:
            yield from _in_element(item)
    elif isinstance(value, dict):
        for name in _SINGLES:
            if value.get(name):
                yield from _in_element(value[name])
                return
