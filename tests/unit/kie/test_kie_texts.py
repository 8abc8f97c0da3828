"""What KIE's text models are sent, and what each kind of answer means."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from app.catalogue import TextModel, TextService, load_catalogue
from app.generation.errors import AmbiguousError, ProviderDownError, RefusedError, TryLaterError
from app.generation.kie.envelope import Answer
from app.generation.kie.texts import body_of, text_of
from app.generation.states import FailureClass

MODELS = Path(__file__).parents[3] / "models"


def writer() -> TextModel:
    found = load_catalogue(MODELS).serving(TextService.IMPROVE_PROMPT)
    assert found is not None
    return found


WRITER = writer()
USAGE = {"prompt_tokens": 1000, "completion_tokens": 500}


def answered(content: object, *, end: str | None = "stop", **more: object) -> Answer:
    choice = {"index": 0, "message": {"role": "assistant", "content": content}, "finish_reason": end}
    return Answer(200, json.dumps({"choices": [choice], **more}).encode())


def test_a_request_is_the_instruction_and_the_text_and_asks_for_no_stream() -> None:
    body = body_of(WRITER, "say it better", "a cat")
    assert body["stream"] is False
    assert body["messages"] == [
        {"role": "system", "content": [{"type": "text", "text": "say it better"}]},
        {"role": "user", "content": [{"type": "text", "text": "a cat"}]},
    ]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("a regal cat", "a regal cat"),
        ([{"type": "text", "text": "a regal "}, {"type": "text", "text": "cat"}], "a regal cat"),
        (None, ""),
        ([], ""),
        ("", ""),
    ],
)
def test_the_words_are_found_in_each_shape_of_an_answer(content: object, text: str) -> None:
    answer = text_of(answered(content), WRITER)
    assert (answer.text, answer.is_whole) == (text, True)


def test_an_answer_that_ran_out_of_tokens_is_not_whole() -> None:
    assert not text_of(answered("a regal", end="length"), WRITER).is_whole
    assert text_of(answered("a regal cat", end=None), WRITER).is_whole


def test_the_cost_is_what_kie_says_else_its_tokens_at_the_listed_prices_else_unknown() -> None:
    said = text_of(answered("x", usage=USAGE, credits_consumed=0.02), WRITER)
    beside = text_of(answered("x", usage={**USAGE, "credits_consumed": 0.03}), WRITER)
    counted = text_of(answered("x", usage=USAGE), WRITER)
    assert (said.credits, beside.credits, counted.credits) == (
        Decimal("0.02"),
        Decimal("0.03"),
        Decimal("0.12"),
    )
    assert text_of(answered("x"), WRITER).credits is None


def test_a_filtered_answer_is_refused_for_its_content() -> None:
    with pytest.raises(RefusedError) as refused:
        text_of(answered("", end="content_filter"), WRITER)
    assert refused.value.failure is FailureClass.CONTENT_POLICY


@pytest.mark.parametrize(
    ("status", "body", "failure"),
    [
        (200, {"code": 402, "msg": "Credits insufficient"}, FailureClass.OUR_ACCOUNT),
        (200, {"code": 401, "msg": "You do not have access permissions"}, FailureClass.OUR_ACCOUNT),
        (200, {"code": 422, "msg": "messages is required"}, FailureClass.BAD_INPUT),
        (
            200,
            {"error": {"message": "flagged by the safety system", "type": "x"}},
            FailureClass.CONTENT_POLICY,
        ),
        (400, {"error": {"message": "the model is a teapot"}}, FailureClass.BAD_INPUT),
        (200, {"error": {"type": "strange"}}, FailureClass.PROVIDER_DOWN),
    ],
)
def test_a_refusal_in_either_shape_is_final(
    status: int, body: dict[str, object], failure: FailureClass
) -> None:
    with pytest.raises(RefusedError) as refused:
        text_of(Answer(status, json.dumps(body).encode()), WRITER)
    assert refused.value.failure is failure


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Answer(200, b'{"code": 429, "msg": "too fast"}'), TryLaterError),
        (Answer(200, b'{"code": 455, "msg": "maintenance"}'), TryLaterError),
        (Answer(200, b'{"code": 500, "msg": "internal error"}'), ProviderDownError),
        (Answer(503, b"<html></html>"), ProviderDownError),
        (Answer(502, b"<html></html>"), AmbiguousError),
        (Answer(200, b'data: {"choices": []}\n\n'), AmbiguousError),
        (Answer(200, b'{"choices": []}'), AmbiguousError),
        (Answer(200, b'{"code": 200, "data": {}}'), AmbiguousError),
    ],
)
def test_the_rest_is_for_now_or_unknown(answer: Answer, error: type[Exception]) -> None:
    with pytest.raises(error):
        text_of(answer, WRITER)


def test_what_goes_along_with_every_request_is_data() -> None:
    assert body_of(replace(WRITER, fixed={"stream": False}), "x", "y").keys() == {"messages", "stream"}
