"""A task's record in every shape that KIE sends."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.catalogue import Modality
from app.generation.entities import StoredFile
from app.generation.kie.records import report_of
from app.generation.kie.values import Json, JsonObject
from app.generation.ports import TaskReport, TaskState
from app.generation.results.stored import as_json, from_json
from app.generation.states import FailureClass

A, B = "https://tempfile.aiquickdraw.com/a.png", "https://tempfile.aiquickdraw.com/b.png"


@pytest.mark.parametrize(
    ("record", "state"),
    [
        ({"state": "waiting"}, TaskState.WAITING),
        ({"state": "queuing"}, TaskState.QUEUING),
        ({"state": "generating"}, TaskState.GENERATING),
        ({"state": "success"}, TaskState.SUCCESS),
        ({"state": "fail"}, TaskState.FAIL),
        ({"state": " Success "}, TaskState.SUCCESS),
        ({"state": "waiting", "successFlag": 0}, TaskState.WAITING),
        ({"state": "fail", "successFlag": 1}, TaskState.FAIL),
        ({"state": "polishing"}, TaskState.UNKNOWN),
        ({"state": "unknown"}, TaskState.UNKNOWN),
        ({"state": None}, TaskState.UNKNOWN),
        ({"state": 7}, TaskState.UNKNOWN),
        ({}, TaskState.UNKNOWN),
        ({"status": "success", "output": A}, TaskState.UNKNOWN),
        ({"successFlag": 0}, TaskState.GENERATING),
        ({"successFlag": 1}, TaskState.SUCCESS),
        ({"successFlag": 2}, TaskState.FAIL),
        ({"successFlag": 3}, TaskState.FAIL),
        ({"successFlag": 9}, TaskState.UNKNOWN),
        ({"state": "polishing", "successFlag": "1"}, TaskState.SUCCESS),
    ],
)
@pytest.mark.proves("F66")
@pytest.mark.proves("F67")
def test_every_state_has_a_meaning_and_an_unknown_word_has_its_own(
    record: JsonObject, state: TaskState
) -> None:
    assert report_of(record).state is state


def done(**fields: Json) -> JsonObject:
    return {"state": "success", **fields}


@pytest.mark.parametrize(
    ("record", "urls"),
    [
        (done(resultJson=json.dumps({"resultUrls": [A, B]})), (A, B)),
        (done(resultJson=json.dumps({"resultUrls": [A, A]})), (A,)),
        (done(resultJson=json.dumps({"resultUrls": A})), (A,)),
        (done(resultJson=json.dumps({"resultUrls": [A], "firstFrameUrl": B, "lastFrameUrl": B})), (A,)),
        (done(resultJson=json.dumps(json.dumps({"resultUrls": [A]}))), (A,)),
        (done(resultJson={"resultUrls": [A]}), (A,)),
        (done(resultJson="", response={"resultUrls": [A]}), (A,)),
        (done(resultJson=json.dumps({"resultUrls": [A]}), response={"resultUrls": [B]}), (A,)),
        (done(response=json.dumps({"resultUrls": [A]})), (A,)),
        (done(resultJson=json.dumps({"resultObject": {"mask_urls": [A, B]}})), (A, B)),
        (done(resultJson=json.dumps({"resultObject": {"text": "spoken words"}})), ()),
        (
            done(
                response={"data": [{"audio_url": A, "stream_audio_url": B, "image_url": B}, {"audio_url": B}]}
            ),
            (A, B),
        ),
        (done(response={"sunoData": [{"audioUrl": A, "imageUrl": B}]}), (A,)),
        (done(response={"resultImageUrl": A, "originImageUrl": B}), (A,)),
        (done(resultInfoJson={"resultUrls": [{"resultUrl": A}]}), (A,)),
        (done(resultJson=json.dumps({"resultUrls": []})), ()),
        (done(resultJson="not json"), ()),
        (done(resultJson=None), ()),
        (done(resultJson=json.dumps({"resultUrls": ["ftp://x/a", None, 5, "file:///etc/passwd"]})), ()),
        (done(output=A, status="success"), ()),
        ({"state": "generating", "resultJson": json.dumps({"resultUrls": [A]})}, ()),
    ],
)
@pytest.mark.proves("F67")
@pytest.mark.proves("F68")
def test_results_are_found_where_kie_puts_them_and_never_made_up(
    record: JsonObject, urls: tuple[str, ...]
) -> None:
    assert report_of(record).result_urls == urls


def test_a_failure_carries_its_class_and_the_providers_words() -> None:
    report = report_of(
        {"state": "fail", "failCode": "400", "failMsg": "Flagged by content policy", "resultJson": ""}
    )
    assert report.failure is FailureClass.CONTENT_POLICY
    assert report.fail_message == "Flagged by content policy"


def test_a_task_that_has_not_failed_has_no_failure() -> None:
    report = report_of({"state": "success", "failCode": "", "failMsg": "", "resultJson": ""})
    assert (report.failure, report.fail_message) == (None, None)


@pytest.mark.parametrize(
    ("value", "credits_taken"),
    [
        (Decimal("22.5"), Decimal("22.5")),
        ("0.8", Decimal("0.8")),
        (0, Decimal(0)),
        (None, None),
        (True, None),
        (-1, None),
        ("NaN", None),
        ("many", None),
    ],
)
def test_the_credits_taken_are_exact_or_unknown(value: Json, credits_taken: Decimal | None) -> None:
    assert report_of({"state": "success", "creditsConsumed": value}).credits_consumed == credits_taken


@pytest.mark.parametrize(
    "param",
    [
        json.dumps({"model": "m", "callBackUrl": "https://us/t", "input": json.dumps({"prompt": "a"})}),
        json.dumps(json.dumps({"callBackUrl": "https://us/t"})),
        json.dumps({"input": json.dumps({"callBackUrl": "https://us/t"})}),
        {"callBackUrl": "https://us/t"},
    ],
)
def test_the_callback_url_is_read_out_of_the_doubly_encoded_parameters(param: Json) -> None:
    assert report_of({"state": "waiting", "param": param}).callback_url == "https://us/t"


@pytest.mark.parametrize(
    "param", [None, "", "{", "[]", json.dumps({"model": "m"}), json.dumps({"callBackUrl": None})]
)
def test_no_callback_url_is_none(param: Json) -> None:
    assert report_of({"state": "waiting", "param": param}).callback_url is None


ANYTHING: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=12,
)
FIELDS = st.sampled_from(
    ["state", "successFlag", "resultJson", "response", "param", "failCode", "failMsg", "creditsConsumed"]
)


@given(record=st.dictionaries(FIELDS, ANYTHING | st.sampled_from(["success", "fail"])))
@pytest.mark.proves("F66")
def test_no_record_makes_it_crash(record: dict[str, Json]) -> None:
    report = report_of(record)
    assert (report.failure is not None) is (report.state is TaskState.FAIL)


def test_words_that_no_database_can_keep_are_left_out() -> None:
    report = report_of({"state": "fail", "failMsg": "a\0b\ud800c"})
    assert report.fail_message == "abc"


@pytest.mark.parametrize(
    ("result", "tracks"),
    [
        ({"data": [{"id": "one", "audio_url": A}, {"id": "two", "audio_url": B}]}, ("one", "two")),
        ({"sunoData": [{"id": "one", "audioUrl": A}]}, ("one",)),
        ({"data": [{"id": "one", "audio_url": A}, {"audio_url": B}]}, ()),
        ({"data": [{"id": "one", "audio_url": A}, {"id": "two", "audio_url": A}]}, ()),
        ({"resultUrls": [A]}, ()),
        ({"data": {"id": "one"}}, ()),
    ],
)
def test_songs_are_told_apart_by_their_ids_or_not_at_all(result: JsonObject, tracks: tuple[str, ...]) -> None:
    assert report_of(done(resultJson=json.dumps(result))).tracks == tracks


def test_copies_are_named_only_when_all_are_there() -> None:
    report = TaskReport(TaskState.SUCCESS, (A, B), tracks=("one", "two"))
    copies = tuple(StoredFile(f"{it}.mp3", Modality.AUDIO, "audio/mpeg", 1) for it in (1, 2))
    assert [it.track for it in report.named(copies)] == ["one", "two"]
    assert [it.track for it in report.named(copies[1:])] == [None]
    assert from_json(as_json(report.named(copies)[0])).track == "one"
