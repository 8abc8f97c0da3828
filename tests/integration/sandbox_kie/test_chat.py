"""Text models of the stand-in: strict, without an envelope, and paid by the token."""

import json
from typing import Any

import pytest

from tests.integration.sandbox_kie.driver import Kie

PATH = "/kie/gemini-3-flash/v1/chat/completions"
ASKED: dict[str, Any] = {
    "messages": [
        {"role": "system", "content": "Say it better."},
        {"role": "user", "content": [{"type": "text", "text": "a red kite"}]},
    ],
    "stream": False,
}


async def said(kie: Kie, **changes: Any) -> dict[str, Any]:
    return await kie.call("POST", PATH, json={**ASKED, **changes})


async def test_an_answer_has_no_envelope_keeps_the_wish_and_says_what_it_took(kie: Kie) -> None:
    before = await kie.credits()
    answer = await said(kie)
    assert "code" not in answer
    (choice,) = answer["choices"]
    assert choice["finish_reason"] == "stop"
    text = choice["message"]["content"]
    assert text.startswith("a red kite, ")
    assert answer["usage"]["completion_tokens"] > 0
    assert answer["credits_consumed"] > 0
    assert await kie.credits() == pytest.approx(before - answer["credits_consumed"])
    assert (await said(kie))["choices"][0]["message"]["content"] == text
    assert await kie.look("violations") == []


async def test_who_does_not_turn_the_stream_off_gets_events(kie: Kie) -> None:
    body = {name: value for name, value in ASKED.items() if name != "stream"}
    async with kie.session.post(kie.url + PATH, json=body, headers=kie.headers) as answer:
        assert answer.content_type == "text/event-stream"
        first = (await answer.text()).splitlines()[0]
    assert json.loads(first.removeprefix("data: "))["choices"][0]["delta"]["content"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"messages": []}, 422),
        ({"messages": "a cat"}, 500),
        ({"messages": [{"role": "wizard", "content": "a cat"}]}, 422),
        ({"messages": [{"role": "user", "content": ""}]}, 422),
        ({"messages": [{"role": "user", "content": [{"type": "poem"}]}]}, 422),
        ({"messages": [{"role": "system", "content": "only this"}]}, 422),
        ({"stream": "no"}, 500),
        ({"reasoning_effort": "medium"}, 500),
    ],
)
async def test_what_the_schema_does_not_allow_is_refused(
    kie: Kie, changes: dict[str, Any], code: int
) -> None:
    assert (await said(kie, **changes))["code"] == code
    assert await kie.credits() == 10_000


async def test_a_field_that_nobody_documents_is_taken_and_named(kie: Kie) -> None:
    assert "choices" in await said(kie, temperature=2)
    (violation,) = await kie.look("violations")
    assert (violation["field"], violation["refused"]) == ("temperature", False)


async def test_an_unknown_text_model_and_a_model_of_tasks_are_not_here(kie: Kie) -> None:
    for model in ("gemini-9-flash", "z-image"):
        assert (await kie.call("POST", f"/kie/{model}/v1/chat/completions", json=ASKED))["code"] == 404


async def test_knobs_make_it_fail_be_empty_and_run_out_of_credits(kie: Kie) -> None:
    await kie.knobs(code=429, calls="chat", times=1)
    assert (await said(kie))["code"] == 429
    await kie.knobs(answer="", times=1)
    assert (await said(kie))["choices"][0]["message"]["content"] == ""
    await kie.give_credits(0)
    assert (await said(kie))["code"] == 402
