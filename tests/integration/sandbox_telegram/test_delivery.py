"""Updates reach the webhook as Telegram's do: in queues, again and again, over restarts."""

import asyncio
from itertools import pairwise
from typing import Any

import pytest
from aiogram.types import Update
from aiohttp import web

from tests.fixtures.launched import free_port
from tests.integration.sandbox_telegram.process import (
    Arrival,
    Process,
    Sandbox,
    Webhook,
    open_sandbox,
    until,
)


async def set_webhook(sandbox: Sandbox, webhook: Webhook, **more: Any) -> None:
    await sandbox.bot("setWebhook", url=webhook.url, secret_token="hush", **more)


async def delivered(sandbox: Sandbox, number: int) -> Any:
    async def look() -> Any:
        line = await sandbox.update(number)
        return line if line["state"] != "pending" else None

    return await until(look, f"update {number} stays pending")


async def test_an_update_comes_with_the_secret_and_aiogram_understands_it(
    own: Sandbox, webhook: Webhook
) -> None:
    await set_webhook(own, webhook)
    person = await own.person("Ann", language_code="ru", username="ann")
    await own.write(person, "/start ref_1")
    (arrival,) = await webhook.wait_for(1)
    assert arrival.secret == "hush"
    update = Update.model_validate_json(arrival.body)
    assert update.message is not None
    assert update.message.from_user is not None
    assert update.message.text == "/start ref_1"
    assert update.message.from_user.language_code == "ru"
    assert update.message.entities is not None
    assert update.message.entities[0].type == "bot_command"


async def test_ids_grow_by_one(own: Sandbox, webhook: Webhook) -> None:
    await set_webhook(own, webhook)
    person = await own.person()
    for word in "abc":
        await own.write(person, word)
    numbers = [arrival.update["update_id"] for arrival in await webhook.wait_for(3)]
    assert [after - before for before, after in pairwise(numbers)] == [1, 1]


async def test_the_next_of_a_chat_waits_and_other_queues_do_not(own: Sandbox, webhook: Webhook) -> None:
    await set_webhook(own, webhook)
    anna, boris = await own.starter("Anna"), await own.starter("Boris")
    await webhook.wait_for(2)
    message = await own.send(anna)
    webhook.gate.clear()
    first = (await own.write(anna, "one"))["update_id"]
    second = (await own.write(anna, "two"))["update_id"]
    other = (await own.write(boris, "three"))["update_id"]
    await own.tap(anna, message, "x")
    arrived = [arrival.update["update_id"] for arrival in (await webhook.wait_for(5))[2:]]
    assert second not in arrived
    assert {first, other} < set(arrived)
    assert len(arrived) == 3, "a message and a tap of one person go side by side"
    webhook.gate.set()
    assert (await webhook.wait_for(6))[5].update["update_id"] == second


async def test_no_more_than_max_connections_at_once(own: Sandbox, webhook: Webhook) -> None:
    await set_webhook(own, webhook, max_connections=2)
    webhook.gate.clear()
    people = [await own.person(name) for name in "abcd"]
    numbers = [(await own.write(person, "x"))["update_id"] for person in people]
    await webhook.wait_for(2)
    lines = [await own.update(number) for number in numbers]
    assert len(webhook.arrivals) == 2
    assert {line["state"] for line in lines} == {"pending"}
    webhook.gate.set()
    await webhook.wait_for(4)


async def test_what_is_not_accepted_comes_again_byte_for_byte(own: Sandbox, webhook: Webhook) -> None:
    left = [500, 404, 302, 429]
    webhook.answer = lambda _arrival: web.Response(status=left.pop(0)) if left else None
    await set_webhook(own, webhook)
    number = (await own.write(await own.person(), "again"))["update_id"]
    arrivals = await webhook.wait_for(5)
    assert len({arrival.body for arrival in arrivals}) == 1
    line = await delivered(own, number)
    assert (line["attempts"], line["status"], line["delivered"]) == (5, 200, True)
    info = (await own.bot("getWebhookInfo")).result
    assert info["last_error_message"].startswith("Wrong response from the webhook: 429")


async def test_pauses_double_and_retry_after_goes_first(own: Sandbox, webhook: Webhook) -> None:
    """With the scale of 0.02: at once, 0.04, 0.08 seconds; Retry-After: 20 is 0.4 seconds."""
    left: list[dict[str, str]] = [{}, {}, {}, {"Retry-After": "20"}]
    webhook.answer = lambda _arrival: web.Response(status=503, headers=left.pop(0)) if left else None
    await set_webhook(own, webhook)
    await own.write(await own.person(), "again")
    arrivals = await webhook.wait_for(5)
    pauses = [after.at - before.at for before, after in pairwise(arrivals)]
    assert pauses[1] >= 0.04
    assert pauses[2] >= 0.08
    assert pauses[3] >= 0.4


async def test_a_webhook_that_is_away_is_tried_until_it_is_there(own: Sandbox) -> None:
    port = free_port()
    await own.bot("setWebhook", url=f"http://127.0.0.1:{port}/webhook")
    number = (await own.write(await own.person(), "anybody?"))["update_id"]

    async def tried_twice() -> bool:
        return bool((await own.update(number))["attempts"] >= 2)

    await until(tried_twice, "it is not tried")
    assert (await own.bot("getWebhookInfo")).result["last_error_message"] == "Connection refused"
    app = web.Application()

    async def accept(_request: web.Request) -> web.Response:
        return web.Response()

    app.router.add_post("/webhook", accept)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    assert (await delivered(own, number))["delivered"]
    await runner.cleanup()


async def test_a_tap_lives_150_seconds_and_a_message_a_day(own: Sandbox, webhook: Webhook) -> None:
    webhook.answer = lambda arrival: None if "/start" in arrival.body.decode() else web.Response(status=503)
    await set_webhook(own, webhook)
    person = await own.starter()
    message = await own.send(person)
    tap = await own.client("POST", f"chats/{person}/taps", person=person, message_id=message, data="x")
    words = (await own.write(person, "hi"))["update_id"]
    await own.client("POST", "clock", advance=151)
    assert (await delivered(own, tap["update_id"]))["state"] == "expired"
    assert (await own.update(words))["state"] == "pending"
    await own.client("POST", "clock", advance=24 * 3600)
    assert (await delivered(own, words))["state"] == "expired"


async def test_only_kinds_that_were_asked_for_come_and_leaving_the_list_out_keeps_it(
    own: Sandbox, webhook: Webhook
) -> None:
    await set_webhook(own, webhook, allowed_updates=["callback_query"])
    await set_webhook(own, webhook)
    person = await own.person()
    assert (await own.write(person, "unheard"))["update_id"] is None
    await own.tap(person, await own.send(person), "heard")
    assert "callback_query" in (await webhook.wait_for(1))[0].update
    assert (await own.bot("getWebhookInfo")).result["allowed_updates"] == ["callback_query"]
    await set_webhook(own, webhook, allowed_updates=[])
    assert (await own.write(person, "heard again"))["update_id"]


async def test_a_block_is_told_to_who_asked_for_it(own: Sandbox, webhook: Webhook) -> None:
    await set_webhook(own, webhook, allowed_updates=["my_chat_member"])
    person = await own.starter()
    await own.client("POST", f"people/{person}/block", blocked=True)
    update = Update.model_validate_json((await webhook.wait_for(1))[0].body)
    assert update.my_chat_member is not None
    assert update.my_chat_member.new_chat_member.status == "kicked"


async def test_pending_updates_are_dropped_only_when_asked(own: Sandbox, webhook: Webhook) -> None:
    person = await own.person()
    await own.write(person, "early")
    assert (await own.bot("getWebhookInfo")).result["pending_update_count"] == 1
    await own.bot("deleteWebhook")
    assert (await own.bot("getWebhookInfo")).result["pending_update_count"] == 1
    await set_webhook(own, webhook, drop_pending_updates=True)
    await own.write(person, "late")
    assert (await webhook.wait_for(1))[0].update["message"]["text"] == "late"
    (dropped,) = [c for c in await own.client("GET", "changes") if c["kind"] == "dropped_updates"]
    assert dropped["body"] == {"count": 1}


@pytest.mark.proves("F3")
async def test_polling_is_refused_beside_a_webhook(own: Sandbox, webhook: Webhook) -> None:
    await set_webhook(own, webhook)
    answered = await own.bot("getUpdates")
    assert answered.status == 409
    assert "while webhook is active" in answered.error


@pytest.mark.proves("F3")
async def test_a_second_poller_ends_the_first_with_409(own: Sandbox) -> None:
    first = asyncio.create_task(own.bot("getUpdates", timeout=20))

    async def polling() -> bool:
        return not first.done()

    await until(polling, "the first ended by itself")
    second = asyncio.create_task(own.bot("getUpdates", timeout=20))
    done, _ = await asyncio.wait({first, second}, timeout=60, return_when=asyncio.FIRST_COMPLETED)
    (ended,) = done
    assert (await ended).status == 409
    assert "terminated by other getUpdates" in (await ended).error
    await own.write(await own.person(), "hi")
    (left,) = {first, second} - done
    assert len((await left).result) == 1


async def test_polling_waits_for_news_and_an_offset_confirms(own: Sandbox) -> None:
    person = await own.person()
    poll = asyncio.create_task(own.bot("getUpdates", timeout=20))
    await own.write(person, "one")
    (update,) = (await poll).result
    assert (await own.bot("getUpdates")).result == [update], "it is not confirmed yet"
    await own.write(person, "two")
    (second,) = (await own.bot("getUpdates", offset=update["update_id"] + 1)).result
    assert second["message"]["text"] == "two"
    await own.write(person, "three")
    (newest,) = (await own.bot("getUpdates", offset=-1)).result
    assert newest["message"]["text"] == "three"
    assert (await own.bot("getUpdates", offset=newest["update_id"] + 1)).result == []


async def test_everything_survives_kill_9(own_process: Process, mortal: Sandbox, webhook: Webhook) -> None:
    webhook.answer = lambda _arrival: web.Response(status=503)
    await set_webhook(mortal, webhook)
    person = await mortal.person("Ann")
    number = (await mortal.write(person, "remember me"))["update_id"]
    message = await mortal.send(person, "I do")
    query = await mortal.tap(person, message, "x")
    await webhook.wait_for(2)
    before = await mortal.seen(person)
    own_process.kill()
    webhook.answer = lambda _arrival: None
    own_process.start()
    async with open_sandbox(own_process.url) as again:
        assert await again.seen(person) == before
        line = await delivered(again, number)
        assert line["delivered"]
        bodies = {a.body for a in webhook.arrivals if a.update["update_id"] == number}
        assert len(bodies) == 1, "the same bytes after the restart"
        await again.client("POST", "clock", advance=-600)  # starting anew may have taken its fifteen seconds
        assert (await again.bot("answerCallbackQuery", callback_query_id=query)).result is True
        assert (await again.send(person)) > message
        assert (await again.write(person, "next"))["update_id"] > number


async def test_kill_9_in_the_middle_of_a_burst_loses_no_accepted_message(
    own_process: Process, mortal: Sandbox, webhook: Webhook
) -> None:
    await set_webhook(mortal, webhook)
    people = [await mortal.starter(f"p{number}") for number in range(4)]
    accepted: list[int] = []

    async def write_on(person: int) -> None:
        for word in range(200):
            accepted.append((await mortal.write(person, str(word)))["update_id"])

    writers = [asyncio.create_task(write_on(person)) for person in people]

    async def enough() -> bool:
        return len(accepted) > 60

    await until(enough, "nothing is written")
    own_process.kill()
    await asyncio.gather(*writers, return_exceptions=True)
    own_process.start()
    async with open_sandbox(own_process.url) as again:

        async def all_there() -> bool:
            return set(accepted) <= {arrival.update["update_id"] for arrival in webhook.arrivals}

        await until(all_there, "an accepted message was not delivered")
        assert all(line["update_id"] for line in await again.client("GET", "updates"))


async def test_a_raw_update_goes_out_as_it_is_and_any_update_once_more(
    own: Sandbox, webhook: Webhook
) -> None:
    await set_webhook(own, webhook)
    await own.client("POST", "updates", update={"update_id": 7, "mystery": {"x": 1}})
    await own.client("POST", "updates", update={"update_id": 7, "mystery": {"x": 2}})
    await webhook.wait_for(2)
    await own.client("POST", "updates/7/redeliver")

    def bodies(arrivals: list[Arrival]) -> list[Any]:
        return [arrival.update["mystery"]["x"] for arrival in arrivals]

    assert bodies(await webhook.wait_for(4)) == [1, 2, 1, 2]
    await own.client("POST", "updates/7/redeliver")
    assert bodies(await webhook.wait_for(6)) == [1, 2, 1, 2, 1, 2]
    assert len(await own.client("GET", "updates")) == 6


async def test_a_webhook_of_an_earlier_run_is_nobody_who_listens_now(
    mortal: Sandbox, own_process: Process, webhook: Webhook
) -> None:
    assert (await mortal.client("GET", "bot"))["attended"] is False
    await mortal.bot("setWebhook", url=webhook.url)
    assert (await mortal.client("GET", "bot"))["attended"] is True
    assert [it["kind"] for it in await mortal.client("GET", "changes?after=0")] == ["attended"]

    own_process.kill()
    own_process.start()
    shown = await mortal.client("GET", "bot")
    assert (shown["webhook"]["url"], shown["attended"]) == (webhook.url, False)
    await mortal.bot("setWebhook", url=webhook.url)
    assert (await mortal.client("GET", "bot"))["attended"] is True
