"""Faults on demand strike what they are told to, as often as they are told to."""

import asyncio
from typing import Any

import aiohttp
import pytest

from tests.integration.sandbox_telegram.process import TOKEN, Sandbox, Webhook


async def fault(sandbox: Sandbox, kind: str, **more: Any) -> None:
    await sandbox.client("POST", "faults", kind=kind, **more)


async def test_a_flood_refuses_one_method_and_names_the_seconds(own: Sandbox) -> None:
    person = await own.starter()
    await fault(own, "429", method="sendMessage", times=2, retry_after=7)
    assert (await own.bot("getMe")).result
    for _ in range(2):
        answered = await own.bot("sendMessage", chat_id=person, text="x")
        assert answered.error == "Too Many Requests: retry after 7"
        assert answered.status == 429
        assert answered.body["parameters"] == {"retry_after": 7}
    assert await own.send(person)
    assert len(await own.seen(person)) == 2, "nothing was sent by the refused calls"
    assert await own.client("GET", "violations") == []


async def test_a_fault_may_strike_one_chat_only(own: Sandbox) -> None:
    anna, boris = await own.starter("Anna"), await own.starter("Boris")
    await fault(own, "5xx", chat=boris)
    assert await own.send(anna)
    answered = await own.bot("sendMessage", chat_id=boris, text="x")
    assert (answered.status, answered.error) == (502, "Bad Gateway")


async def test_silence_never_answers_and_does_nothing(own: Sandbox) -> None:
    person = await own.starter()
    await fault(own, "silence", method="sendMessage")
    with pytest.raises(TimeoutError):
        await own.call(
            "sendMessage", json={"chat_id": person, "text": "x"}, timeout=aiohttp.ClientTimeout(0.3)
        )
    assert len(await own.seen(person)) == 1


async def test_a_lost_answer_was_done_all_the_same(own: Sandbox) -> None:
    person = await own.starter()
    await fault(own, "lost", method="sendMessage")
    with pytest.raises(aiohttp.ClientError):
        await own.send(person, "done")
    assert (await own.seen(person))[-1]["text"] == "done"


async def test_a_download_may_fail_too(own: Sandbox) -> None:
    person = await own.starter()
    sent = (await own.form("sendDocument", {"document": ("a.txt", b"words")}, chat_id=person)).result
    path = (await own.bot("getFile", file_id=sent["document"]["file_id"])).result["file_path"]
    await fault(own, "5xx", method="download")
    statuses = []
    for _ in range(2):
        async with own.session.get(f"{own.url}/file/bot{TOKEN}/{path}") as response:
            statuses.append(response.status)
    assert statuses == [502, 200]


async def test_faults_end_when_they_are_cleared(own: Sandbox) -> None:
    await fault(own, "5xx", times=5)
    assert (await own.bot("getMe")).status == 502
    (left,) = await own.client("GET", "faults")
    assert left["times"] == 4
    await own.client("DELETE", "faults")
    assert (await own.bot("getMe")).result


async def test_a_duplicate_brings_two_copies_at_once(own: Sandbox, webhook: Webhook) -> None:
    await own.bot("setWebhook", url=webhook.url)
    await fault(own, "duplicate", update="message")
    webhook.gate.clear()
    await own.write(await own.person(), "twice")
    first, second = await webhook.wait_for(2)
    assert first.body == second.body
    webhook.gate.set()


async def test_a_redelivery_comes_although_it_was_accepted(own: Sandbox, webhook: Webhook) -> None:
    await own.bot("setWebhook", url=webhook.url)
    await fault(own, "redeliver", times=2)
    await own.write(await own.person(), "thrice")
    assert len({arrival.body for arrival in await webhook.wait_for(3)}) == 1


async def test_a_dropped_update_never_comes_and_the_next_one_does(own: Sandbox, webhook: Webhook) -> None:
    await own.bot("setWebhook", url=webhook.url)
    await fault(own, "drop", update="message")
    person = await own.person()
    lost = (await own.write(person, "lost"))["update_id"]
    await own.write(person, "found")
    assert (await webhook.wait_for(1))[0].update["message"]["text"] == "found"
    assert (await own.update(lost))["state"] == "dropped"


async def test_a_fault_of_the_wrong_sort_is_refused(own: Sandbox) -> None:
    await own.client("POST", "faults", status=400, kind="429", update="message")
    await own.client("POST", "faults", status=400, kind="drop", method="sendMessage")
    await own.client("POST", "faults", status=400, kind="earthquake")


async def test_the_log_of_calls_tells_what_struck(own: Sandbox) -> None:
    person = await own.starter()
    await fault(own, "429", method="sendMessage")
    await asyncio.gather(own.bot("sendMessage", chat_id=person, text="x"), own.bot("getMe"))
    (call,) = await own.client("GET", "calls?method=sendmessage")
    assert (call["ok"], call["error_code"], call["fault"]) == (False, 429, "429")
