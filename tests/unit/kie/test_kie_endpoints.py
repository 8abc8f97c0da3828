"""Each endpoint has a reader of its own: paths, words of states, places of results (F65)."""

import json

import pytest

from app.catalogue import Endpoint
from app.generation.kie.endpoints import WAYS
from app.generation.kie.records import report_of
from app.generation.kie.values import JsonObject
from app.generation.ports import TaskState
from app.generation.states import FailureClass

A, B = "https://tempfile.aiquickdraw.com/a.mp4", "https://tempfile.aiquickdraw.com/b.mp4"


def test_every_endpoint_has_a_way_and_no_two_share_a_path() -> None:
    assert set(WAYS) == set(Endpoint)
    assert len({way.create for way in WAYS.values()}) == len({way.read for way in WAYS.values()}) == len(WAYS)


STATES: tuple[tuple[Endpoint, JsonObject, TaskState], ...] = (
    (Endpoint.VEO, {"successFlag": 0}, TaskState.GENERATING),
    (Endpoint.VEO, {"successFlag": 1}, TaskState.SUCCESS),
    (Endpoint.VEO, {"successFlag": 2}, TaskState.FAIL),
    (Endpoint.VEO, {"successFlag": 3}, TaskState.FAIL),
    (Endpoint.VEO, {"successFlag": 7}, TaskState.UNKNOWN),
    (Endpoint.VEO, {}, TaskState.UNKNOWN),
    (Endpoint.SUNO, {"status": "PENDING"}, TaskState.WAITING),
    (Endpoint.SUNO, {"status": "TEXT_SUCCESS"}, TaskState.GENERATING),
    (Endpoint.SUNO, {"status": "FIRST_SUCCESS"}, TaskState.GENERATING),
    (Endpoint.SUNO, {"status": "SUCCESS"}, TaskState.SUCCESS),
    (Endpoint.SUNO, {"status": "CALLBACK_EXCEPTION"}, TaskState.GENERATING),
    (Endpoint.SUNO, {"status": "CREATE_TASK_FAILED"}, TaskState.FAIL),
    (Endpoint.SUNO, {"status": "GENERATE_AUDIO_FAILED"}, TaskState.FAIL),
    (Endpoint.SUNO, {"status": "SENSITIVE_WORD_ERROR"}, TaskState.FAIL),
    (Endpoint.SUNO, {"status": "MASTERING"}, TaskState.UNKNOWN),
    (Endpoint.SUNO_WAV, {"successFlag": "PENDING"}, TaskState.WAITING),
    (Endpoint.SUNO_WAV, {"successFlag": "SUCCESS-Success"}, TaskState.SUCCESS),
    (Endpoint.SUNO_WAV, {"successFlag": "GENERATE_WAV_FAILED"}, TaskState.FAIL),
    (Endpoint.SUNO_VIDEO, {"successFlag": "SUCCESS"}, TaskState.SUCCESS),
    (Endpoint.SUNO_VIDEO, {"successFlag": "GENERATE_MP4_FAILED"}, TaskState.FAIL),
    (
        Endpoint.GPT4O_IMAGE,
        {"status": "GENERATING", "successFlag": 0, "completeTime": 1},
        TaskState.GENERATING,
    ),
    (Endpoint.GPT4O_IMAGE, {"status": "SUCCESS", "successFlag": 1}, TaskState.SUCCESS),
    (Endpoint.GPT4O_IMAGE, {"status": "GENERATE_FAILED", "successFlag": 2}, TaskState.FAIL),
    (Endpoint.GPT4O_IMAGE, {"status": "CREATE_TASK_FAILED"}, TaskState.FAIL),
    (Endpoint.GPT4O_IMAGE, {"status": "dreaming", "successFlag": 1}, TaskState.SUCCESS),
    (Endpoint.FLUX_KONTEXT, {"successFlag": 0}, TaskState.GENERATING),
    (Endpoint.FLUX_KONTEXT, {"successFlag": 1}, TaskState.SUCCESS),
    (Endpoint.FLUX_KONTEXT, {"successFlag": 3, "errorCode": 500}, TaskState.FAIL),
    (Endpoint.RUNWAY, {"state": "wait"}, TaskState.WAITING),
    (Endpoint.RUNWAY, {"state": "queueing"}, TaskState.QUEUING),
    (Endpoint.RUNWAY, {"state": "generating"}, TaskState.GENERATING),
    (Endpoint.RUNWAY, {"state": "success"}, TaskState.SUCCESS),
    (Endpoint.RUNWAY, {"state": "fail"}, TaskState.FAIL),
    (Endpoint.RUNWAY, {"state": "polishing"}, TaskState.UNKNOWN),
    (Endpoint.ALEPH, {"successFlag": 0, "errorMessage": ""}, TaskState.GENERATING),
    (Endpoint.ALEPH, {"successFlag": 1}, TaskState.SUCCESS),
    (Endpoint.ALEPH, {"successFlag": 0, "errorCode": 500, "errorMessage": "it broke"}, TaskState.FAIL),
)


@pytest.mark.proves("F65", "F66")
@pytest.mark.parametrize(("endpoint", "record", "state"), STATES)
def test_each_endpoint_has_words_of_its_own(endpoint: Endpoint, record: JsonObject, state: TaskState) -> None:
    assert report_of(record, WAYS[endpoint].dialect).state is state


@pytest.mark.proves("F65")
@pytest.mark.parametrize("endpoint", Endpoint)
def test_every_known_word_of_an_endpoint_is_read(endpoint: Endpoint) -> None:
    dialect = WAYS[endpoint].dialect
    for word, state in dialect.words.items():
        assert report_of({dialect.field_of_state: word.upper()}, dialect).state is state


@pytest.mark.proves("F65")
@pytest.mark.parametrize(
    ("endpoint", "record", "urls"),
    [
        (Endpoint.VEO, {"successFlag": 1, "response": {"resultUrls": [A], "originUrls": [B]}}, (A,)),
        (Endpoint.VEO, {"successFlag": 0, "response": {"resultUrls": [A]}}, ()),
        (
            Endpoint.SUNO,
            {
                "status": "SUCCESS",
                "response": {
                    "sunoData": [{"audioUrl": A, "streamAudioUrl": B, "imageUrl": B}, {"audioUrl": B}]
                },
            },
            (A, B),
        ),
        (Endpoint.SUNO, {"status": "FIRST_SUCCESS", "response": {"sunoData": [{"audioUrl": A}]}}, ()),
        (Endpoint.SUNO_WAV, {"successFlag": "SUCCESS", "response": {"audioWavUrl": A}}, (A,)),
        (Endpoint.SUNO_VIDEO, {"successFlag": "SUCCESS", "response": {"videoUrl": A}}, (A,)),
        (Endpoint.GPT4O_IMAGE, {"status": "SUCCESS", "response": json.dumps({"resultUrls": [A]})}, (A,)),
        (
            Endpoint.FLUX_KONTEXT,
            {"successFlag": 1, "response": {"originImageUrl": B, "resultImageUrl": A}},
            (A,),
        ),
        (Endpoint.RUNWAY, {"state": "success", "videoInfo": {"videoUrl": A, "imageUrl": B}}, (A,)),
        (
            Endpoint.ALEPH,
            {"successFlag": 1, "response": {"resultVideoUrl": A, "resultImageUrl": B}},
            (A,),
        ),
    ],
)
def test_results_lie_where_each_endpoint_puts_them(
    endpoint: Endpoint, record: JsonObject, urls: tuple[str, ...]
) -> None:
    assert report_of(record, WAYS[endpoint].dialect).result_urls == urls


@pytest.mark.proves("F65", "F76")
def test_a_word_that_says_why_is_a_class_of_failure() -> None:
    report = report_of({"status": "SENSITIVE_WORD_ERROR"}, WAYS[Endpoint.SUNO].dialect)
    assert report.failure is FailureClass.CONTENT_POLICY


@pytest.mark.parametrize("name", ["param", "paramJson", "generateParam"])
def test_what_was_asked_is_found_under_the_name_of_each_endpoint(name: str) -> None:
    record: JsonObject = {name: json.dumps({"callBackUrl": "https://bot.example/k"})}
    assert report_of(record).callback_url == "https://bot.example/k"
