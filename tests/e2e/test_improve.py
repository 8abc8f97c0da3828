"""A better prompt over the real server: the sandbox's text model writes it, and the picture is made from it."""

from tests.fixtures.people import Person, SandboxClient, text_of
from tests.fixtures.sandboxed import Sandboxed

OWN = "Рыжий кот на крыше"
BETTER = "мягкий вечерний свет"
"""What the stand-in for KIE adds to words in Russian."""


async def to_card(person: Person, prompt: str) -> None:
    """To the confirm card of the cheapest picture, by its name."""
    await person.say("/search")
    await person.wait_for_text("Напишите")
    asked = await person.say("z-image")
    await person.tap("Z-Image", after=asked)
    await person.wait_for_text("Напишите описание", after=asked)
    told = await person.say(prompt)
    await person.wait_for_button("Создать за", after=told)


async def test_a_prompt_is_improved_taken_and_the_picture_is_made_from_it(
    product: Sandboxed, sandbox: SandboxClient
) -> None:
    person = await sandbox.person()
    await to_card(person, OWN)
    await person.tap("Улучшить описание")
    shown = await person.wait_for_text("Стало:")
    assert text_of(shown).count(OWN) == 2
    assert BETTER in text_of(shown)
    await person.tap("Взять новое")
    await person.wait_for_button("Вернуть моё")
    await person.tap("Создать за")
    picture = await person.wait_for_media("photo")
    assert BETTER in text_of(picture)
    asked = product.books.all("SELECT inputs->>'prompt' FROM generation WHERE user_id = %s", person.id)
    assert [BETTER in str(prompt) for (prompt,) in asked] == [True]
    taken = "SELECT state, price_kopecks, cost_credits > 0 FROM improvement WHERE user_id = %s"
    assert product.books.all(taken, person.id) == [("ready", 0, True)]


async def test_a_text_model_that_is_down_costs_nothing_and_says_so(
    product: Sandboxed, sandbox: SandboxClient
) -> None:
    person = await sandbox.person()
    await to_card(person, OWN)
    await sandbox.kie("POST", "knobs", {"code": 455, "calls": "chat", "times": 1})
    await person.tap("Улучшить описание")
    await person.wait_for_text("Улучшить не получилось")
    await person.tap("Ещё вариант")
    await person.wait_for_text("Стало:")
    states = product.books.all("SELECT state FROM improvement WHERE user_id = %s ORDER BY id", person.id)
    assert states == [("failed",), ("ready",)]
