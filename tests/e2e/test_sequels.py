"""A result goes in again, from our own copy or from Telegram's; and what waits for somebody who blocked the bot."""

import asyncio
import time
from pathlib import Path

import pytest
from PIL import Image

from tests.e2e.test_media import secrets_in_sight, served
from tests.fixtures.journeys import order_picture
from tests.fixtures.people import WAIT_SECONDS, Message, Person, SandboxClient
from tests.fixtures.sandboxed import Sandboxed


async def results_of(person: Person, count: int) -> list[Message]:
    """So many pictures from the bot, in their order."""

    def found(messages: list[Message]) -> list[Message] | None:
        sent = [it for it in messages if it["from"]["is_bot"] and "photo" in it]
        return sent if len(sent) >= count else None

    return await person.wait_until(found, f"{count} pictures")


async def newest(product: Sandboxed, person: Person, state: str, *, after: int = 0) -> int:
    """The person's generation behind that number, once it is in this state and nothing is left to do."""
    deadline = time.monotonic() + WAIT_SECONDS
    question = "SELECT max(id) FROM generation WHERE user_id = %s AND state = %s AND next_check_at IS NULL AND id > %s"
    while time.monotonic() < deadline:
        found = product.books.one(question, person.id, state, after)
        if found is not None:
            return int(str(found))
        await asyncio.sleep(0.05)
    raise AssertionError(f"no generation came to be {state}")


def copy_of(product: Sandboxed, number: int) -> Path:
    """Where our own copy of a result of one file lies."""
    folder = product.launched.folder / ".data/files/results" / str(number)
    return next(it for it in folder.glob("1.*") if ".thumb" not in it.name)


async def cut_out(product: Sandboxed, sandbox: SandboxClient, person: Person, number: int) -> Image.Image:
    """The background is taken off a result; what KIE was given."""
    _, button = await person.wait_for_button("Без фона")
    assert f":{number}:" in button["callback_data"]
    asked = await person.tap("Без фона")
    await person.answered(asked)
    await person.tap("Создать за 0,79")
    child = await newest(product, person, "delivered", after=number)
    task = product.books.one(
        "SELECT kie_task_id FROM generation WHERE id = %s AND parent_id = %s", child, number
    )
    tasks = (await sandbox.kie("GET", "tasks"))["tasks"]
    (url,) = [it["input"]["image"] for it in tasks if it["taskId"] == task]
    return await served(sandbox, url)


@pytest.mark.proves("F69", "F70")
async def test_a_picture_goes_in_again_from_our_copy_and_once_that_is_pruned_from_telegrams(
    product: Sandboxed, sandbox: SandboxClient
) -> None:
    person = await sandbox.person()
    await order_picture(person, "Маяк", "16:9")
    first = await newest(product, person, "delivered")
    with Image.open(copy_of(product, first)) as ours:
        size = ours.size
    assert (await cut_out(product, sandbox, person, first)).size == size
    child = await newest(product, person, "delivered", after=first)

    await order_picture(person, "Маяк ночью", "16:9")
    second = await newest(product, person, "delivered", after=child)
    copy_of(product, second).unlink()
    again = await cut_out(product, sandbox, person, second)
    assert (again.format, again.size) == ("JPEG", size)
    assert await secrets_in_sight(sandbox, person) == []


async def test_a_result_for_somebody_who_blocked_the_bot_waits_in_history(
    product: Sandboxed, sandbox: SandboxClient
) -> None:
    person = await sandbox.person()
    # Telegram is busy until the person has blocked the bot: so it is certain which came first.
    busy = {"kind": "429", "method": "sendPhoto", "chat": person.id, "times": 1000}
    await sandbox.telegram("POST", "faults", busy)
    await order_picture(person, "Закрытая дверь")
    await until_refused(sandbox, person, 429)
    await sandbox.telegram("POST", f"people/{person.id}/block", {"blocked": True})
    await sandbox.telegram("DELETE", "faults")
    number = await newest(product, person, "kept")
    assert await refused(sandbox, person, 403) == 1, "it is tried once"
    await sandbox.telegram("POST", f"people/{person.id}/block", {"blocked": False})
    asked = await person.say("/history")
    await person.tap(f"📥 №{number}", after=asked)
    await results_of(person, 1)
    assert await refused(sandbox, person, 403) == 1


async def refused(sandbox: SandboxClient, person: Person, code: int) -> int:
    """How often a picture for this person was refused with this code."""
    calls = await sandbox.telegram("GET", "calls?method=sendPhoto&after=0")
    theirs = [it for it in calls if str(it["params"].get("chat_id")) == str(person.id)]
    return sum(it["error_code"] == code for it in theirs)


async def until_refused(sandbox: SandboxClient, person: Person, code: int) -> None:
    """Waits for the first time."""
    deadline = time.monotonic() + WAIT_SECONDS
    while await refused(sandbox, person, code) == 0:
        assert time.monotonic() < deadline, "no picture was sent"
        await asyncio.sleep(0.05)
