"""Every code of KIE's envelope, and what it means for the one who asked to create a task."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.generation.errors import AmbiguousError, ProviderDownError, RefusedError, TryLaterError
from app.generation.kie.envelope import Answer, accepted_data, open_envelope
from app.generation.kie.failures import class_of_failed_task
from app.generation.states import FailureClass

NO_CREDITS = (
    "Credits insufficient : Your current balance isn't enough to run this request. Please top up to continue."
)


def answer(code: object, msg: str = "", *, status: int = 200, retry_after: str | None = None) -> Answer:
    return Answer(status, json.dumps({"code": code, "msg": msg, "data": None}).encode(), retry_after)


@pytest.mark.parametrize(
    ("code", "msg", "failure"),
    [
        (400, "bad request", FailureClass.BAD_INPUT),
        (401, "You do not have access permissions", FailureClass.OUR_ACCOUNT),
        (402, NO_CREDITS, FailureClass.OUR_ACCOUNT),
        (
            433,
            "The current number of points used by apiKey has exceeded the daily limit",
            FailureClass.OUR_ACCOUNT,
        ),
        (
            404,
            "The model name you specified is not supported, please use another",
            FailureClass.PROVIDER_DOWN,
        ),
        (405, "limit hit", FailureClass.BAD_INPUT),
        (409, "record already exists", FailureClass.BAD_INPUT),
        (413, "theme too long", FailureClass.BAD_INPUT),
        (422, "prompt is too long", FailureClass.BAD_INPUT),
        (422, "Page does not exist or is not published", FailureClass.PROVIDER_DOWN),
        (422, "Your prompt was flagged by the safety system", FailureClass.CONTENT_POLICY),
        (451, "the file could not be fetched", FailureClass.BAD_INPUT),
        (500, NO_CREDITS, FailureClass.OUR_ACCOUNT),
        (500, "This field is required", FailureClass.BAD_INPUT),
        (500, "aspect_ratio is not within the range of allowed options", FailureClass.BAD_INPUT),
        (500, "nsfw_checker is not within the range of allowed options", FailureClass.BAD_INPUT),
        (500, "extend_times it must be a string", FailureClass.BAD_INPUT),
        (500, "The content violates our usage policies", FailureClass.CONTENT_POLICY),
        (505, "this feature is switched off", FailureClass.PROVIDER_DOWN),
        (531, "failed, credits given back", FailureClass.PROVIDER_DOWN),
        (418, "I am a teapot", FailureClass.BAD_INPUT),
    ],
)
@pytest.mark.proves("F68")
@pytest.mark.proves("F76")
def test_a_final_refusal_has_its_class(code: int, msg: str, failure: FailureClass) -> None:
    for status in (200, code):
        with pytest.raises(RefusedError) as refused:
            accepted_data(answer(code, msg, status=status))
        assert refused.value.failure is failure
        assert msg in refused.value.detail


@pytest.mark.parametrize(
    ("code", "msg", "seconds"),
    [
        (408, "no result in ten minutes", 30),
        (429, "Your call frequency is too high. Please try again later.", 10),
        (430, "calls too frequent", 10),
        (455, "service in maintenance", 120),
        (500, "Server exception, please try again later", 10),
        (500, "", 10),
        (501, "generation failed", 10),
        (502, "bad gateway", 10),
        (550, "queue full", 60),
    ],
)
@pytest.mark.proves("F73")
def test_a_refusal_that_passes_says_when_to_come_again(code: int, msg: str, seconds: float) -> None:
    with pytest.raises(TryLaterError) as later:
        accepted_data(answer(code, msg))
    assert later.value.seconds == seconds


@pytest.mark.parametrize("down", [Answer(503, b"no healthy upstream"), answer(500, "Server exception")])
@pytest.mark.proves("F73")
def test_a_provider_that_is_down_is_told_from_one_that_is_busy(down: Answer) -> None:
    with pytest.raises(ProviderDownError):
        accepted_data(down)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("7", 7), ("0", 1), ("999999", 3600), ("Wed, 21 Oct 2026 07:28:00 GMT", 10), ("-3", 10)],
)
@pytest.mark.proves("F73")
def test_retry_after_is_obeyed_within_reason(header: str, seconds: float) -> None:
    with pytest.raises(TryLaterError) as later:
        accepted_data(answer(429, "slow down", status=429, retry_after=header))
    assert later.value.seconds == seconds


@pytest.mark.parametrize(
    "unclear",
    [
        Answer(502, b"<html>Bad Gateway</html>"),
        Answer(500, b""),
        Answer(504, b'{"error": "gateway"}'),
        Answer(550, b""),
        Answer(408, b""),
        Answer(200, b"<html>fine</html>"),
        Answer(200, b""),
        Answer(200, b"[]"),
        Answer(200, b'{"code": "soon"}'),
        answer(200, "success", status=502),
        answer(0),
        answer(100),
        answer(999),
        answer(True),
    ],
)
@pytest.mark.proves("F71")
def test_what_is_not_certainly_refused_is_ambiguous(unclear: Answer) -> None:
    with pytest.raises(AmbiguousError):
        accepted_data(unclear)


@pytest.mark.parametrize(
    ("status", "failure"),
    [
        (301, FailureClass.PROVIDER_DOWN),
        (400, FailureClass.BAD_INPUT),
        (401, FailureClass.OUR_ACCOUNT),
        (403, FailureClass.OUR_ACCOUNT),
        (404, FailureClass.PROVIDER_DOWN),
        (410, FailureClass.PROVIDER_DOWN),
    ],
)
def test_a_client_error_without_an_envelope_is_a_refusal(status: int, failure: FailureClass) -> None:
    with pytest.raises(RefusedError) as refused:
        accepted_data(Answer(status, b"<html>"))
    assert refused.value.failure is failure


def test_a_proxy_that_says_429_asks_for_patience() -> None:
    with pytest.raises(TryLaterError):
        accepted_data(Answer(429, b"slow down"))


def test_both_spellings_of_the_message_are_read() -> None:
    assert open_envelope(Answer(200, b'{"code": 500, "msg": "one"}')) == open_envelope(
        Answer(200, b'{"code": "500", "message": "one"}')
    )


def test_an_accepted_task_gives_its_data() -> None:
    body = b'{"code": 200, "msg": "success", "data": {"taskId": "abc"}}'
    assert accepted_data(Answer(200, body)) == {"taskId": "abc"}


@given(body=st.binary(), status=st.integers(100, 599))
def test_no_body_makes_it_crash_and_none_is_taken_for_a_success(body: bytes, status: int) -> None:
    with pytest.raises((RefusedError, TryLaterError, AmbiguousError)):
        accepted_data(Answer(status, body))


@pytest.mark.parametrize(
    ("code", "msg", "failure"),
    [
        (400, "The prompt was flagged by the content policy. Please change it.", FailureClass.CONTENT_POLICY),
        (400, "", FailureClass.CONTENT_POLICY),
        (501, "NSFW content detected", FailureClass.CONTENT_POLICY),
        (500, "Output blocked: sensitive material", FailureClass.CONTENT_POLICY),
        (500, "the request violates our guidelines", FailureClass.CONTENT_POLICY),
        (422, "The input image could not be processed. Please check its format.", FailureClass.BAD_INPUT),
        (451, "Failed to fetch the input file.", FailureClass.BAD_INPUT),
        (500, "image size exceeds 10MB", FailureClass.BAD_INPUT),
        (408, "", FailureClass.TIMEOUT),
        (500, "Task timed out", FailureClass.TIMEOUT),
        (500, "The model is overloaded, try again", FailureClass.PROVIDER_BUSY),
        (429, "", FailureClass.PROVIDER_BUSY),
        (500, "Internal error, please try again later.", FailureClass.PROVIDER_DOWN),
        (402, "", FailureClass.OUR_ACCOUNT),
        (500, NO_CREDITS, FailureClass.OUR_ACCOUNT),
        (None, "", FailureClass.PROVIDER_DOWN),
        (777, "who knows", FailureClass.PROVIDER_DOWN),
    ],
)
@pytest.mark.proves("F76")
def test_a_failed_task_has_a_class_by_its_words_then_its_code(
    code: int | None, msg: str, failure: FailureClass
) -> None:
    assert class_of_failed_task(code, msg) is failure


@pytest.mark.parametrize("innocent", ["case-sensitive name must be given", "categories must not be empty"])
def test_innocent_words_are_not_taken_for_policy(innocent: str) -> None:
    assert class_of_failed_task(500, innocent) is FailureClass.BAD_INPUT
