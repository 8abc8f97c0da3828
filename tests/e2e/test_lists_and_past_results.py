"""What is asked in a list of parts, and what goes on from an earlier result, by taps and words up to KIE."""

import asyncio
import json
import time
from typing import Any

from tests.e2e.test_media import picture, served
from tests.fixtures.people import WAIT_SECONDS, Person, SandboxClient, buttons


async def at_model(person: Person, key: str) -> None:
    """At the first question of a model, as from any list of models."""
    started = await person.say("/start")
    screen, _ = await person.wait_for_button("Картинки", after=started)
    await person.press(screen["message_id"], f"model:{key}:s:0")
    await person.tap("Создать", after=started)


async def task_of(sandbox: SandboxClient, model: str, **inputs: str) -> dict[str, Any]:
    """The newest task of this model and with these inputs, once KIE has one."""
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline:
        tasks: list[dict[str, Any]] = (await sandbox.kie("GET", "tasks"))["tasks"]
        for task in reversed(tasks):
            if task["model"] == model and inputs.items() <= task["input"].items():
                return dict(task)
        await asyncio.sleep(0.05)
    raise AssertionError(f"KIE was never asked for {model} with {inputs}")


async def test_pictures_within_a_list_reach_kie_in_their_places(sandbox: SandboxClient) -> None:
    person = await sandbox.person()
    wish = "@герой идёт по берегу"
    await at_model(person, "pixverse-6-reference")
    await person.tap("Добавить")
    await person.wait_for_text("Пришлите")
    await person.send("photo", picture("teal", 420, 310), "hero.png")
    await person.agree()
    asked = await person.wait_for_text("Выберите кнопкой")
    await person.press(asked["message_id"], buttons(asked)[0]["callback_data"])
    await person.wait_for_text("Напишите сообщением, до 30")
    await person.say("герой")
    await person.tap("Готово")
    await person.wait_for_text("Опишите словами")
    await person.say(wish)
    await person.tap("Создать за")
    task = await task_of(sandbox, "pixverse-v6/reference-to-video", prompt=wish)
    (reference,) = task["input"]["image_references"]
    assert (reference["ref_name"], reference["type"]) == ("герой", "subject")
    assert (await served(sandbox, reference["image_url"])).size == (420, 310)


async def test_the_song_that_was_picked_from_history_is_the_one_that_kie_gets(sandbox: SandboxClient) -> None:
    person = await sandbox.person()
    wish = "песня о далёком маяке"
    await at_model(person, "suno-song")
    await person.wait_for_text("Напишите")
    await person.say(wish)
    await person.tap("Создать за")
    await person.wait_for_media("audio")
    await person.wait_for_button("Повторить")
    song = await task_of(sandbox, "ai-music-api/generate", prompt=wish)
    await at_model(person, "suno-wav")
    await person.tap("Взять из истории")
    await person.tap("· 2")
    await person.tap("Создать за")
    wav = await task_of(sandbox, "ai-music-api/convert-to-wav-format", task_id=song["taskId"])
    tracks = json.loads(song["record"]["resultJson"])["data"]
    assert wav["input"]["audio_id"] == tracks[1]["id"]
