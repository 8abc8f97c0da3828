"""createTask and recordInfo as a client of KIE sees them."""

import asyncio
import json
import time

from tests.integration.sandbox_kie.driver import PICTURE, Kie, until


async def test_a_task_is_accepted_with_an_id_of_32_hex_characters(kie: Kie) -> None:
    answer = await kie.create()
    assert (answer["code"], answer["msg"]) == (200, "success")
    assert answer["data"]["taskId"] == answer["data"]["recordId"]
    assert len(answer["data"]["taskId"]) == 32
    assert int(answer["data"]["taskId"], 16)


async def test_a_task_passes_through_the_states_in_order(kie: Kie) -> None:
    await kie.knobs(delay=6, query_limit=0)
    task_id, seen = await kie.made(), list[str]()

    async def ended() -> bool:
        state: str = (await kie.read(task_id))["data"]["state"]
        if state not in seen:
            seen.append(state)
        return state == "success"

    await until(ended)
    assert seen == ["waiting", "queuing", "generating", "success"]


async def test_a_record_says_what_the_documents_say(kie: Kie) -> None:
    before = int(time.time() * 1000)
    await kie.knobs(stuck=True)  # however long it takes to look
    running = (await kie.read(await kie.made()))["data"]
    await kie.knobs(stuck=None)
    task_id = await kie.made(callBackUrl="http://127.0.0.1:9/nobody")
    assert running["resultJson"] == ""
    assert (
        running["costTime"] is running["completeTime"] is running["failCode"] is running["response"] is None
    )
    assert running["successFlag"] == 0
    record = await kie.ended(task_id)
    assert record["taskId"] == task_id
    assert record["model"] == "z-image"
    assert before <= record["createTime"] <= record["completeTime"] == record["updateTime"]
    took = (record["completeTime"] - record["createTime"]) / 1000
    assert 1 <= record["costTime"] < took + 1.002, "whole seconds, rounded up"
    assert record["successFlag"] == 1
    assert record["creditsConsumed"] == 0.8
    assert record["failCode"] is record["failMsg"] is None
    assert record["response"] == json.loads(record["resultJson"])
    assert len(record["response"]["resultUrls"]) == 1


async def test_param_repeats_the_request_with_the_input_encoded_twice(kie: Kie) -> None:
    task_id = await kie.made(callBackUrl="http://127.0.0.1:9/nobody")
    param = json.loads((await kie.read(task_id))["data"]["param"])
    assert param["callBackUrl"] == "http://127.0.0.1:9/nobody"
    assert param["model"] == "z-image"
    assert json.loads(param["input"]) == PICTURE["input"]


async def test_without_the_right_key_every_call_says_401_in_http_200(kie: Kie) -> None:
    stranger = Kie(kie.url, kie.session, key="another")
    for answer in (
        await stranger.create(),
        await stranger.read("x"),
        await stranger.call("GET", "/kie/api/v1/models"),
    ):
        assert answer == {"code": 401, "msg": "You do not have access permissions", "data": None}
    async with kie.session.get(kie.url + "/kie/api/v1/chat/credit") as bare:
        assert (bare.status, (await bare.json())["code"]) == (200, 401)


async def test_recordinfo_without_an_id_says_400_and_with_an_unknown_one_422(kie: Kie) -> None:
    assert (await kie.read(""))["code"] == 400
    unknown = await kie.read("0" * 32)
    assert (unknown["code"], unknown["msg"], unknown["data"]) == (422, "recordInfo is null", None)


async def test_paths_that_users_try_in_vain_say_404_in_http_200(kie: Kie) -> None:
    for path in ("account/balance", "user/credits", "jobs/create", "veo/task"):
        assert (await kie.call("GET", f"/kie/api/v1/{path}"))["code"] == 404
    assert (await kie.call("POST", "/kie-upload/api/no-such-upload"))["code"] == 404


async def test_the_21st_creation_within_ten_seconds_says_429(kie: Kie) -> None:
    codes = [(await kie.create())["code"] for _ in range(21)]
    assert codes == [200] * 20 + [429]
    assert len(await kie.look("tasks")) == 20


async def test_the_limit_of_creations_can_be_set_and_lifted(kie: Kie) -> None:
    await kie.knobs(rate_limit=1)
    assert [(await kie.create())["code"] for _ in range(2)] == [200, 429]
    await kie.knobs(rate_limit=0)
    assert (await kie.create())["code"] == 200


async def test_more_tasks_at_the_same_time_than_allowed_say_429(kie: Kie) -> None:
    await kie.knobs(parallel_limit=1, stuck="generating")
    assert [(await kie.create())["code"] for _ in range(2)] == [200, 429]


async def test_the_11th_query_of_a_task_within_a_second_says_429(kie: Kie) -> None:
    task_id = await kie.made()

    async def limited() -> list[int] | None:
        codes = [it["code"] for it in await asyncio.gather(*(kie.read(task_id) for _ in range(11)))]
        return codes if 429 in codes else None  # on a machine that stalls, eleven may take more than a second

    assert sorted(await until(limited)) == [200] * 10 + [429]


async def test_a_task_takes_its_price_from_the_account(kie: Kie) -> None:
    await kie.give_credits(5.5)
    await kie.made()
    assert await kie.credits() == 4.7


async def test_without_enough_credits_nothing_is_accepted(kie: Kie) -> None:
    await kie.give_credits(0.79)
    answer = await kie.create()
    assert answer["code"] == 402
    assert answer["msg"].startswith("Credits insufficient")
    assert await kie.look("tasks") == []
    assert await kie.credits() == 0.79


async def test_the_balance_is_set_by_a_number_only(kie: Kie) -> None:
    for body in (b'{"credits": "many"}', b"[]", b"{"):
        async with kie.session.post(kie.url + "/sandbox/kie/credits", data=body) as answer:
            assert answer.status == 400
    await kie.give_credits(0.25)
    assert await kie.credits() == await kie.look("credits") == 0.25


async def test_a_failed_task_gives_its_credits_back(kie: Kie) -> None:
    await kie.give_credits(10)
    await kie.knobs(fail="internal")
    record = await kie.ended(await kie.made())
    assert record["creditsConsumed"] == 0
    assert await kie.credits() == 10


async def test_a_price_may_change_without_notice(kie: Kie) -> None:
    await kie.knobs(price=3)
    assert (await kie.ended(await kie.made()))["creditsConsumed"] == 3
