"""Lack of money → Stars → the same draft → the result; and each charge is credited once."""

import asyncio
import time

import pytest

from tests.fixtures.journeys import choose
from tests.fixtures.people import WAIT_SECONDS, Message, Person, SandboxClient, buttons, text_of
from tests.fixtures.sandboxed import Sandboxed


def cash(product: Sandboxed, person: Person) -> object:
    """Posted cash in kopecks."""
    question = "SELECT coalesce(sum(posted), 0) FROM ledger_wallet WHERE user_id = %s AND bucket = 'cash'"
    return product.books.one(question, person.id)


async def wait_for_invoice(person: Person) -> Message:
    """The newest invoice."""

    def find(messages: list[Message]) -> Message | None:
        return next((message for message in reversed(messages) if "invoice" in message), None)

    return await person.wait_until(find, "an invoice")


async def pay(person: Person, invoice: Message) -> dict[str, object]:
    """Pays it; how the payment ended."""
    body = {"person": person.id, "message_id": invoice["message_id"], "pay": True}
    asked = await person.sandbox.telegram("POST", f"chats/{person.id}/payments", body)
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline:
        payment = dict(await person.sandbox.telegram("GET", f"payments/{asked['pre_checkout_query_id']}"))
        if payment["state"] != "asked":
            return payment
        await asyncio.sleep(0.05)
    raise AssertionError("the payment was never answered")


async def dear_clip(person: Person, words: str) -> None:
    """To the card of a ten-second clip with sound: more than half of the welcome bonus."""
    await person.say("/start")
    await person.tap("Видео")
    await person.tap("Kling 2 ·")
    await person.tap("Kling 2.6")
    await person.wait_for_text("Напишите")
    await person.say(words)
    await choose(person, "10")
    await choose(person, "Со звуком")


@pytest.mark.proves("F26", "F43")
async def test_lack_of_money_stars_the_same_draft_and_the_clip(
    product: Sandboxed, sandbox: SandboxClient
) -> None:
    person = await sandbox.person()
    await dear_clip(person, "первая волна")
    await person.tap("Создать за")
    await person.wait_for_media("video")
    await dear_clip(person, "вторая волна")
    await person.wait_for_text("Не хватает")
    draft = product.books.one("SELECT id FROM draft WHERE user_id = %s AND state = 'open'", person.id)

    await person.tap("Пополнить на")  # tap one
    await person.agree()  # once in a life
    invoice = await wait_for_invoice(person)
    payment = await pay(person, invoice)  # tap two
    assert payment["state"] == "paid", payment
    await person.wait_for_text("Зачислено")
    await person.tap("Запустить сейчас")  # tap three
    card = await person.wait_for_text("Останется")
    assert "вторая волна" in text_of(card)
    await person.tap("Создать за")

    def twice(messages: list[Message]) -> bool | None:
        return True if sum("video" in message for message in messages) == 2 else None

    await person.wait_until(twice, "the second clip")
    newest = "SELECT draft_id FROM generation WHERE user_id = %s ORDER BY id DESC LIMIT 1"
    assert product.books.one(newest, person.id) == draft


@pytest.mark.proves("F43")
async def test_a_payment_told_again_and_a_second_tap_on_pay_credit_once(
    product: Sandboxed, sandbox: SandboxClient
) -> None:
    person = await sandbox.person()
    await person.say("/balance")
    await person.tap("Пополнить")
    await person.tap("100\u00a0₽")
    await person.agree()
    invoice = await wait_for_invoice(person)
    assert invoice["invoice"]["total_amount"] == 100
    assert (await pay(person, invoice))["state"] == "paid"
    await person.wait_for_text("Зачислено")
    refused = {"person": person.id, "message_id": invoice["message_id"], "pay": True}
    with pytest.raises(AssertionError, match="409"):
        await sandbox.telegram("POST", f"chats/{person.id}/payments", refused)

    updates = await sandbox.telegram("GET", "updates?after=0")
    (told,) = [it for it in updates if _pays(it["update"], person)]
    await sandbox.telegram("POST", f"updates/{told['update_id']}/redeliver", {})
    again = {key: value for key, value in told["update"].items() if key != "update_id"}
    await sandbox.telegram("POST", "updates", {"update": again})
    await wait_until_handled(product, sandbox, person)
    assert cash(product, person) == 10_000
    assert product.books.one("SELECT count(*) FROM payment WHERE user_id = %s", person.id) == 1


async def test_a_typed_number_of_stars_is_invoiced_and_credited(
    product: Sandboxed, sandbox: SandboxClient
) -> None:
    person = await sandbox.person()
    await person.say("/start")
    await person.tap("Баланс")
    await person.tap("Пополнить")
    await person.tap("Другая сумма")
    await person.wait_for_text("Сколько звёзд")
    await person.say("много")
    await person.wait_for_text("целое число")
    await person.say("137")
    await person.agree()
    invoice = await wait_for_invoice(person)
    assert invoice["invoice"]["total_amount"] == 137
    assert (await pay(person, invoice))["state"] == "paid"
    credited = await person.wait_for_text("Зачислено")
    assert "137" in text_of(credited)
    assert any("Пополнить" in button["text"] for button in buttons(credited))
    assert cash(product, person) == 13_700


def _pays(update: dict[str, dict[str, object]], person: Person) -> bool:
    message = update.get("message", {})
    chat = message.get("chat")
    return "successful_payment" in message and isinstance(chat, dict) and chat["id"] == person.id


async def wait_until_handled(product: Sandboxed, sandbox: SandboxClient, person: Person) -> None:
    """Everything was delivered, and everything that this person's lane holds is done."""
    question = "SELECT count(*) FROM inbox WHERE lane = %s AND status = 'new'"
    deadline = time.monotonic() + WAIT_SECONDS
    while await _pending(sandbox) or product.books.one(question, str(person.id)):
        assert time.monotonic() < deadline, "the lane is not done"
        await asyncio.sleep(0.05)


async def _pending(sandbox: SandboxClient) -> bool:
    return any(it["state"] == "pending" for it in await sandbox.telegram("GET", "updates?after=0"))
