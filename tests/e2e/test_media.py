"""A person's own photos: from the chat to KIE and back, and what KIE gets to see of them."""

import io
import json
import re

import pytest
from PIL import Image

from tests.e2e.test_first_picture import balance_of
from tests.fixtures.people import Message, Person, SandboxClient, text_of
from tests.fixtures.sandboxed import Sandboxed

EDIT_PRICE = 316
"""Kopecks: 4 credits x 0.005 USD x 79 RUB x 2.0."""


def picture(colour: str, width: int = 400, height: int = 300, kind: str = "PNG") -> bytes:
    """A plain picture."""
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(buffer, kind)
    return buffer.getvalue()


async def result_of(person: Person) -> Message:
    """The first picture that the bot sends."""

    def found(messages: list[Message]) -> Message | None:
        sent = (m for m in messages if m["from"]["is_bot"])
        return next((m for m in sent if "photo" in m or "document" in m), None)

    return await person.wait_until(found, "a result")


async def tasks_of(sandbox: SandboxClient, prompt: str) -> list[dict[str, object]]:
    """What KIE was asked with this prompt."""
    tasks = (await sandbox.kie("GET", "tasks"))["tasks"]
    return [task for task in tasks if task["input"].get("prompt") == prompt]


async def served(sandbox: SandboxClient, url: str) -> Image.Image:
    """The picture that KIE would fetch."""
    async with sandbox.session.get(url) as answer:
        assert answer.status == 200
        return Image.open(io.BytesIO(await answer.read()))


async def secrets_in_sight(sandbox: SandboxClient, person: Person) -> list[str]:
    """Traces of Telegram in what KIE was sent: the bot's token, the person's file ids, addresses."""
    bot = (await sandbox.telegram("GET", "bot"))["user"]
    seen = json.dumps(await sandbox.kie("GET", "tasks"))
    files = re.findall(r'"file_id": "([^"]+)"', json.dumps(await person.messages()))
    assert files
    marks = [f"{bot['id']}:", "/file/bot", "telegram:", *files]
    return [mark for mark in marks if mark in seen]


@pytest.mark.proves("F62", "F69", "F70")
async def test_a_photo_with_a_wish_becomes_an_edited_picture_and_kie_sees_only_its_own_host(
    product: Sandboxed, sandbox: SandboxClient
) -> None:
    person = await sandbox.person()
    await person.say("/start")
    await person.wait_for_button("Картинки")
    wish = "Надень на кота шляпу"
    await person.send("photo", picture("orange"), "cat.png", wish)
    await person.agree()
    await person.tap("Nano Banana Edit")
    card, button = await person.wait_for_button("3,16")
    assert wish in text_of(card)
    await person.press(card["message_id"], button["callback_data"])
    result = await result_of(person)
    assert wish in text_of(result)
    assert balance_of(product, person) == (30_000 - EDIT_PRICE, 0)

    (task,) = await tasks_of(sandbox, wish)
    inputs = task["input"]
    assert isinstance(inputs, dict)
    (url,) = inputs["image_urls"]
    assert url.startswith(f"{sandbox.url}/kie-files/kieai/")
    assert (await served(sandbox, url)).size == (400, 300)
    assert await secrets_in_sight(sandbox, person) == []


@pytest.mark.proves("F69")
async def test_an_album_reaches_kie_whole_and_in_order(sandbox: SandboxClient) -> None:
    person = await sandbox.person()
    await person.say("/start")
    await person.wait_for_button("Картинки")
    wish = "Собери коллаж из трёх"
    widths = [300, 400, 500]
    await person.send_album([picture("red", width) for width in widths], wish)
    await person.agree()
    await person.wait_for_text("Файлов: 3")
    await person.tap("Nano Banana Edit")
    await person.tap("3,16")
    await result_of(person)
    (task,) = await tasks_of(sandbox, wish)
    inputs = task["input"]
    assert isinstance(inputs, dict)
    assert [(await served(sandbox, url)).width for url in inputs["image_urls"]] == widths


async def test_a_picture_sent_as_a_file_answers_the_wizard_and_comes_back_cut_out(
    sandbox: SandboxClient,
) -> None:
    person = await sandbox.person()
    await person.say("/start")
    await person.tap("Улучшить")
    await person.tap("Remove Background")
    await person.tap("Создать")
    await person.wait_for_text("Пришлите фото")
    await person.send("document", picture("blue", 640, 480), "shoe.png")
    await person.agree()
    await person.tap("0,79")
    await result_of(person)
    assert await secrets_in_sight(sandbox, person) == []


async def test_a_kind_of_file_that_the_model_does_not_take_is_explained(sandbox: SandboxClient) -> None:
    person = await sandbox.person()
    await person.say("/start")
    await person.tap("Улучшить")
    await person.tap("Remove Background")
    await person.tap("Создать")
    await person.wait_for_text("Пришлите фото")
    await person.send("document", picture("blue", kind="GIF"), "moving.gif")
    await person.wait_for_text("такой формат не подходит")
