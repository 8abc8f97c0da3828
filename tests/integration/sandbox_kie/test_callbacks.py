"""Callbacks as KIE sends them, and in every way in which they go wrong."""

import base64
import hashlib
import hmac
import itertools
import time
from pathlib import Path

from tests.integration.sandbox_kie.driver import HMAC_KEY, Kie, Receiver, running_standin, until


async def settled(kie: Kie, task_id: str, state: str) -> list[dict[str, object]]:
    """The attempts of the only callback of a task, once it stands so."""

    async def look() -> list[dict[str, object]] | None:
        callbacks = (await kie.shown(task_id))["callbacks"]
        attempts: list[dict[str, object]] | None = callbacks[0]["attempts"] if callbacks else None
        return attempts if callbacks and callbacks[0]["state"] == state else None

    return await until(look)


def signature(task_id: str, timestamp: str) -> str:
    digest = hmac.new(HMAC_KEY.encode(), f"{task_id}.{timestamp}".encode(), hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


async def test_success_is_called_back_with_the_record(kie: Kie, receiver: Receiver) -> None:
    task_id = await kie.made(callBackUrl=receiver.url)
    await receiver.count(1)
    (body,) = receiver.bodies
    assert (body["code"], body["msg"]) == (200, "Playground task completed successfully.")
    assert body["data"] == (await kie.read(task_id))["data"]
    assert body["data"]["state"] == "success"
    (attempt,) = await settled(kie, task_id, "delivered")
    assert attempt["status"] == 200


async def test_failure_is_called_back_with_its_reason(kie: Kie, receiver: Receiver) -> None:
    await kie.knobs(fail="timeout")
    await kie.made(callBackUrl=receiver.url)
    await receiver.count(1)
    (body,) = receiver.bodies
    assert body["code"] == 501
    assert body["data"]["state"] == "fail"
    assert body["data"]["resultJson"] == ""
    assert body["data"]["failCode"] == "408"
    assert body["data"]["failMsg"]


async def test_a_callback_is_signed_over_task_and_time(kie: Kie, receiver: Receiver) -> None:
    task_id = await kie.made(callBackUrl=receiver.url)
    await receiver.count(1)
    timestamp = receiver.headers[0]["X-Webhook-Timestamp"]
    assert abs(int(timestamp) - time.time()) < 60
    assert receiver.headers[0]["X-Webhook-Signature"] == signature(task_id, timestamp)


async def test_without_a_key_no_callback_is_signed(tmp_path: Path, receiver: Receiver) -> None:
    async with running_standin(tmp_path / "keyless", hmac_key=None) as kie:
        await kie.knobs(delay=0)
        await kie.made(callBackUrl=receiver.url)
        await receiver.count(1)
    assert not [name for name in receiver.headers[0] if name.startswith("X-Webhook")]


async def test_unsigned_and_badly_signed_callbacks_come_on_demand(kie: Kie, receiver: Receiver) -> None:
    await kie.knobs(callback="unsigned", times=1)
    await kie.ended(await kie.made(callBackUrl=receiver.url))
    await receiver.count(1)
    assert "X-Webhook-Signature" not in receiver.headers[0]
    await kie.knobs(callback="badly_signed")
    task_id = await kie.made(callBackUrl=receiver.url)
    await receiver.count(2)
    told = receiver.headers[1]
    assert told["X-Webhook-Signature"] != signature(task_id, told["X-Webhook-Timestamp"])


async def test_an_answer_other_than_200_is_retried_until_it_is_200(kie: Kie, receiver: Receiver) -> None:
    receiver.answers = [503, 500]
    task_id = await kie.made(callBackUrl=receiver.url)
    attempts = await settled(kie, task_id, "delivered")
    assert [attempt["status"] for attempt in attempts] == [503, 500, 200]
    assert len({body["data"]["taskId"] for body in receiver.bodies}) == 1


async def test_after_three_retries_in_growing_gaps_it_is_given_up(kie: Kie, receiver: Receiver) -> None:
    receiver.answers = [500] * 9
    task_id = await kie.made(callBackUrl=receiver.url)
    attempts = await settled(kie, task_id, "given_up")
    assert len(attempts) == len(receiver.bodies) == 4
    times = [float(str(attempt["at"])) for attempt in attempts]
    gaps = [later - earlier for earlier, later in itertools.pairwise(times)]
    (pace,) = [knob["value"] for knob in await kie.look("knobs") if knob["knob"] == "callback_pace"]
    # Waited by the monotonic clock and noted by that of the wall, which may be set right meanwhile.
    assert all(gap >= 0.9 * pace * least for gap, least in zip(gaps, (1, 4, 10), strict=True)), gaps


async def test_a_receiver_that_is_away_is_tried_again_too(kie: Kie) -> None:
    task_id = await kie.made(callBackUrl="http://127.0.0.1:9/nobody")
    attempts = await settled(kie, task_id, "given_up")
    assert [attempt["status"] for attempt in attempts] == [None] * 4
    assert attempts[0]["error"]


async def test_nothing_but_loopback_is_ever_called(kie: Kie) -> None:
    task_id = await kie.made(callBackUrl="https://example.com/hook")
    attempts = await settled(kie, task_id, "given_up")
    assert attempts[0]["error"] == "only loopback addresses are called"


async def test_a_late_callback_comes_after_the_end(kie: Kie, receiver: Receiver) -> None:
    await kie.knobs(callback="late", callback_delay=0.6)
    task_id = await kie.made(callBackUrl=receiver.url)
    record = await kie.ended(task_id)
    (attempt,) = await settled(kie, task_id, "delivered")
    assert float(str(attempt["at"])) * 1000 - record["completeTime"] >= 550


async def test_a_callback_comes_twice_or_ten_times_on_demand(kie: Kie, receiver: Receiver) -> None:
    await kie.knobs(callback="twice", times=1)
    first = await kie.made(callBackUrl=receiver.url)
    await receiver.count(2)
    await kie.knobs(callback="flood")
    second = await kie.made(callBackUrl=receiver.url)
    await receiver.count(12)
    assert [body["data"]["taskId"] for body in receiver.bodies] == [first] * 2 + [second] * 10


async def test_a_callback_never_comes_on_demand(kie: Kie, receiver: Receiver) -> None:
    await kie.knobs(callback="never")
    task_id = await kie.made(callBackUrl=receiver.url)
    await kie.ended(task_id)
    assert (await kie.shown(task_id))["callbacks"] == []
    assert receiver.bodies == []


async def test_a_callback_may_come_before_createtask_has_answered(kie: Kie, receiver: Receiver) -> None:
    await kie.knobs(callback="early")
    task_id = await kie.made(callBackUrl=receiver.url)
    assert [body["data"]["taskId"] for body in receiver.bodies] == [task_id]


async def test_a_callback_may_carry_the_wrong_code(kie: Kie, receiver: Receiver) -> None:
    await kie.knobs(callback="wrong_code")
    await kie.made(callBackUrl=receiver.url)
    await receiver.count(1)
    assert receiver.bodies[0]["code"] == 501
    assert receiver.bodies[0]["data"]["state"] == "success"


async def test_no_address_no_callback(kie: Kie) -> None:
    task_id = await kie.made()
    await kie.ended(task_id)
    assert (await kie.shown(task_id))["callbacks"] == []
