"""Every fault on demand."""

import asyncio
import time
from typing import Any

import aiohttp
import pytest

from tests.integration.sandbox_kie.driver import PICTURE, Kie, until


@pytest.mark.parametrize(
    ("preset", "code"),
    [("policy", "400"), ("internal", "500"), ("input", "422"), ("unfetchable", "451"), ("timeout", "408")],
)
async def test_a_task_fails_with_the_reason_of_a_preset(kie: Kie, preset: str, code: str) -> None:
    await kie.knobs(fail=preset)
    record = await kie.ended(await kie.made())
    assert (record["state"], record["failCode"], record["successFlag"]) == ("fail", code, 3)
    assert record["failMsg"]
    assert record["resultJson"] == ""


async def test_a_failure_may_have_a_code_and_words_of_its_own(kie: Kie) -> None:
    await kie.knobs(fail=True, fail_code="777", fail_message="the moon is full")
    record = await kie.ended(await kie.made())
    assert (record["failCode"], record["failMsg"]) == ("777", "the moon is full")


async def test_a_knob_acts_as_often_as_it_says_and_is_gone(kie: Kie) -> None:
    await kie.knobs(fail="internal", times=2)
    states = [(await kie.ended(await kie.made()))["state"] for _ in range(3)]
    assert states == ["fail", "fail", "success"]


async def test_a_knob_for_one_model_leaves_the_others_alone(kie: Kie) -> None:
    await kie.knobs(fail="internal", model="google/nano-banana")
    assert (await kie.ended(await kie.made()))["state"] == "success"
    other = {"model": "google/nano-banana", "input": {"prompt": "a kite"}}
    assert (await kie.ended(await kie.made(other)))["state"] == "fail"


async def test_knobs_are_merged_taken_away_and_reset(kie: Kie) -> None:
    await kie.knobs(fail="policy", results=2)
    await kie.knobs(fail=None)
    assert {knob["knob"] for knob in await kie.look("knobs")} == {"callback_pace", "delay", "results"}
    async with kie.session.delete(kie.url + "/sandbox/kie/knobs") as answer:
        assert (await answer.json()) == {"knobs": []}


@pytest.mark.parametrize(
    "body",
    [
        {"dealy": 1},
        {"delay": "soon"},
        {"fail": "badly"},
        {"skip_states": 1},
        {"delay": 1, "times": 0},
        {"code": 455, "calls": "some"},
        {"results": 1.5},
    ],
)
async def test_a_knob_that_does_not_exist_or_fit_is_refused(kie: Kie, body: dict[str, Any]) -> None:
    async with kie.session.post(kie.url + "/sandbox/kie/knobs", json={"stuck": True, **body}) as answer:
        assert answer.status == 400
        assert (await answer.json())["error"]
    assert "stuck" not in {knob["knob"] for knob in await kie.look("knobs")}


@pytest.mark.parametrize("code", [402, 429, 433, 455, 500, 501, 505])
async def test_creations_answer_any_code_in_http_200(kie: Kie, code: int) -> None:
    await kie.knobs(code=code)
    answer = await kie.create()
    assert (answer["code"], answer["data"]) == (code, None)
    assert answer["msg"]
    assert await kie.look("tasks") == []
    assert (await kie.call("GET", "/kie/api/v1/chat/credit"))["code"] == 200


async def test_one_code_for_all_calls(kie: Kie) -> None:
    task_id = await kie.made()
    await kie.knobs(code=455, calls="all")
    answers = [await kie.create(), await kie.read(task_id), await kie.call("GET", "/kie/api/v1/chat/credit")]
    assert [answer["code"] for answer in answers] == [455, 455, 455]


async def test_reads_alone_can_be_spoiled(kie: Kie) -> None:
    await kie.knobs(code=500, calls="read", times=1)
    task_id = await kie.made()
    assert [(await kie.read(task_id))["code"] for _ in range(2)] == [500, 200]


async def test_an_http_status_comes_with_a_page_instead_of_json(kie: Kie) -> None:
    await kie.knobs(http_status=502, times=1)
    async with kie.session.post(
        kie.url + "/kie/api/v1/jobs/createTask", headers=kie.headers, json=PICTURE
    ) as answer:
        assert (answer.status, answer.content_type) == (502, "text/html")
    assert (await kie.create())["code"] == 200


async def test_an_answer_can_be_late(kie: Kie) -> None:
    await kie.knobs(latency=0.4)
    started = time.monotonic()
    await kie.made()
    assert time.monotonic() - started >= 0.4


async def test_the_middle_states_can_be_skipped(kie: Kie) -> None:
    await kie.knobs(skip_states=True, delay=2, query_limit=0)
    task_id, seen = await kie.made(), set[str]()

    async def ended() -> bool:
        seen.add((await kie.read(task_id))["data"]["state"])
        return "success" in seen

    await until(ended)
    assert seen == {"waiting", "success"}


@pytest.mark.parametrize(
    ("value", "state"), [("waiting", "waiting"), ("generating", "generating"), (True, "generating")]
)
async def test_a_task_may_never_end(kie: Kie, value: object, state: str) -> None:
    await kie.knobs(stuck=value, delay=0)
    stuck = await kie.made()
    await kie.knobs(stuck=None)
    await kie.ended(await kie.made())
    record = (await kie.read(stuck))["data"]
    assert (record["state"], record["completeTime"]) == (state, None)
    assert (await kie.shown(stuck))["ends"] is None


async def test_a_record_is_unknown_for_the_first_seconds_on_demand(kie: Kie) -> None:
    await kie.knobs(unknown_seconds=600, query_limit=0)
    assert (await kie.read(await kie.made()))["code"] == 422
    await kie.knobs(unknown_seconds=0.5)
    task_id = await kie.made()

    async def known() -> bool:
        return bool((await kie.read(task_id))["code"] == 200)

    await until(known)


async def test_createtask_may_accept_and_never_answer(kie: Kie) -> None:
    await kie.knobs(create_hang=True, times=1)
    asking = asyncio.create_task(kie.create())

    async def accepted() -> list[dict[str, Any]]:
        tasks: list[dict[str, Any]] = await kie.look("tasks")
        return tasks

    (task,) = await until(accepted)
    assert (await kie.ended(task["taskId"]))["state"] == "success"
    assert not asking.done()
    asking.cancel()
    assert (await kie.create())["code"] == 200


async def test_createtask_may_accept_and_cut_the_connection(kie: Kie) -> None:
    await kie.knobs(create_drop=True, times=1)
    with pytest.raises(aiohttp.ClientError):
        await kie.create()
    (task,) = await kie.look("tasks")
    assert (await kie.ended(task["taskId"]))["state"] == "success"


async def test_a_task_keeps_the_knobs_of_its_creation(kie: Kie) -> None:
    await kie.knobs(fail="internal", delay=0.3)
    task_id = await kie.made()
    await kie.knobs(fail=None)
    assert (await kie.ended(task_id))["state"] == "fail"
