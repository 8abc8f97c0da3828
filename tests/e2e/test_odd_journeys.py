"""What people do that nobody planned: everything twice at once, in the wrong place, with strange words."""

import asyncio

import pytest

from tests.e2e.test_top_up import cash, pay, wait_for_invoice
from tests.fixtures.journeys import PICTURE_PRICE
from tests.fixtures.people import Message, Person, RefusedError, SandboxClient, buttons, text_of
from tests.fixtures.sandboxed import Sandboxed


async def both(person: Person, message: Message, data: str) -> list[dict[str, object]]:
    """Two taps at once on one button; how each was answered."""
    taps = await asyncio.gather(*(person.press(message["message_id"], data) for _ in range(2)))
    return [await person.answered(query) for query in taps]


@pytest.mark.proves("F25", "F31")
async def test_every_button_of_the_menu_tapped_twice_at_once_leaves_one_screen(
    sandbox: SandboxClient,
) -> None:
    person = await sandbox.person()
    await person.say("/start")
    menu, _ = await person.wait_for_button("Картинки")
    for button in buttons(menu):
        for answer in await both(person, menu, button["callback_data"]):
            assert not answer["show_alert"], answer
    shown = [message for message in await person.messages() if buttons(message)]
    assert len(shown) == 1


@pytest.mark.proves("F43", "F50")
async def test_an_invoice_paid_twice_at_once_and_run_now_tapped_twice_cost_once(
    product: Sandboxed, sandbox: SandboxClient
) -> None:
    person = await sandbox.person()
    await person.say("/start")
    await person.tap("Картинки")
    await person.tap("Z-Image")
    await person.wait_for_text("Напишите")
    await person.say("дважды")
    await person.tap("1:1")
    await person.wait_for_button("0,64")
    await person.say("/balance")
    await person.tap("Пополнить")
    await person.tap("50\u00a0₽")
    await person.agree()
    invoice = await wait_for_invoice(person)
    paid = await asyncio.gather(pay(person, invoice), pay(person, invoice), return_exceptions=True)
    assert all(isinstance(it, dict | RefusedError) for it in paid), paid
    charges = sum(isinstance(it, dict) and it["state"] == "paid" for it in paid)
    assert charges >= 1
    credited = await wait_for_payments(product, person, charges)
    assert cash(product, person) == charges * 5_000, "whatever was taken was credited, each charge once"

    run = next(it for it in buttons(credited) if "Запустить" in it["text"])
    await both(person, credited, run["callback_data"])
    card, price = await person.wait_for_button("0,64")
    await both(person, card, price["callback_data"])
    await person.wait_for_media("photo")
    held = "SELECT count(*), sum(price_kopecks) FROM generation WHERE user_id = %s"
    assert product.books.all(held, person.id) == [(1, PICTURE_PRICE)]


async def wait_for_payments(product: Sandboxed, person: Person, charges: int) -> Message:
    """Until as many charges were booked; the screen that says so."""
    booked = "SELECT count(*) FROM payment WHERE user_id = %s"

    def done(_: list[Message]) -> bool | None:
        return True if product.books.one(booked, person.id) == charges else None

    await person.wait_until(done, "every charge")
    return await person.wait_for_text("Зачислено")


@pytest.mark.parametrize("words", ["а", "я" * 200, "👨‍👩‍👧‍👦" * 50, "?", "0", "-5", "1e9", "100 звёзд"])
async def test_strange_words_to_the_search_are_answered_with_a_screen(
    sandbox: SandboxClient, words: str
) -> None:
    person = await sandbox.person()
    await person.say("/search")
    await person.wait_for_text("Опечатки")
    await person.say(words)
    await person.wait_for_text("нашлось")
    await person.wait_for_button("Меню")


async def test_in_a_group_whoever_calls_the_bot_gets_and_pays_the_picture(
    product: Sandboxed, sandbox: SandboxClient
) -> None:
    anna, boris = await sandbox.person("Анна"), await sandbox.person("Борис")
    for person in (anna, boris):
        await person.say("/start")
        await person.wait_for_button("Картинки")
    made = await sandbox.telegram(
        "POST", "chats", {"title": "Мы", "type": "supergroup", "members": [anna.id, boris.id]}
    )
    in_group = Person(sandbox, anna.id, chat=int(made["id"]))
    await in_group.say("все молчат")
    await in_group.say("@sandbox_bot лиса в снегу")
    await in_group.tap("Z-Image")
    await in_group.tap("1:1")
    card, price = await in_group.wait_for_button("0,64")
    other = Person(sandbox, boris.id, chat=in_group.chat)
    await other.answered(await other.press(card["message_id"], price["callback_data"]))
    assert product.books.one("SELECT count(*) FROM generation WHERE user_id = %s", boris.id) == 0
    await in_group.answered(await in_group.press(card["message_id"], price["callback_data"]))
    picture = await in_group.wait_for_media("photo")
    assert "лиса в снегу" in text_of(picture)
    asked = "SELECT user_id, request ->> 'prompt' FROM generation WHERE chat_id = %s"
    assert product.books.all(asked, in_group.chat) == [(anna.id, "лиса в снегу")]
