"""Bank transfers through the whole product: approved, with another sum, refused, and a copy that is flagged."""

import re

import pytest

from tests.e2e.test_top_up import cash
from tests.fixtures.people import Message, Person, SandboxClient, buttons, text_of
from tests.fixtures.receipts import arrived_operator, receipt
from tests.fixtures.sandboxed import Sandboxed

CODE = re.compile(r"\d+-[0-9A-F]{4}")


@pytest.fixture
async def operator(sandbox: SandboxClient) -> Person:
    """The operator of the sandbox."""
    return await arrived_operator(sandbox)


async def transfer(person: Person, content: bytes, kind: str = "photo", name: str = "receipt.jpg") -> str:
    """Orders 500 roubles, says that they are paid and sends the receipt; the transfer's code."""
    await person.say("/balance")
    await person.tap("Пополнить")
    await person.tap("Перевод на карту")
    await person.wait_for_text("когда оператор увидит")
    await person.tap("500\u00a0₽")
    await person.agree()
    details = text_of(await person.wait_for_text("Переведите"))
    code = CODE.search(details)
    assert code is not None, details
    assert "Sandbox Bank" in details
    await person.tap("Я оплатил")
    await person.wait_for_text("Пришлите чек")
    await person.send(kind, content, name)
    await person.wait_for_text("получен")
    return code.group()


async def open_receipt(operator: Person, code: str) -> Message:
    """Waits for the news of a transfer and opens it; the message with the receipt itself."""
    news = await operator.wait_for_text(f"Код перевода: {code}")
    open_button = next(button for button in buttons(news) if "№" in button["text"])
    await operator.press(news["message_id"], open_button["callback_data"])

    def card(messages: list[Message]) -> Message | None:
        return next(
            (it for it in messages if code in text_of(it) and ("photo" in it or "document" in it)), None
        )

    return await operator.wait_until(card, "the receipt")


async def press(operator: Person, message: Message, words: str) -> str:
    """A tap on a button of this message; what it was answered with."""
    found = next(it for it in await operator.messages() if it["message_id"] == message["message_id"])
    button = next(it for it in buttons(found) if words in it["text"])
    query = await operator.press(message["message_id"], button["callback_data"])
    return str((await operator.answered(query))["text"] or "")


@pytest.mark.proves("F40")
async def test_a_transfer_is_credited_when_the_operator_has_seen_the_receipt(
    product: Sandboxed, sandbox: SandboxClient, operator: Person
) -> None:
    person = await sandbox.person()
    await person.say("/start")
    code = await transfer(person, receipt(f"approved/{person.id}/500"))
    card = await open_receipt(operator, code)
    assert "photo" in card
    assert cash(product, person) == 0
    assert await press(operator, card, "Зачислить 500") == "Зачислено"
    told = await person.wait_for_text("зачислено 500")
    assert code in text_of(told)
    assert cash(product, person) == 50_000
    log = "SELECT count(*) FROM action_log WHERE action = 'receipt_approved' AND user_id = %s"
    assert product.books.one(log, person.id) == 1


async def test_another_sum_is_credited_as_the_operator_says(
    product: Sandboxed, sandbox: SandboxClient, operator: Person
) -> None:
    person = await sandbox.person()
    await person.say("/start")
    code = await transfer(person, b"%PDF-1.4 " + str(person.id).encode(), "document", "receipt.pdf")
    card = await open_receipt(operator, code)
    assert "document" in card
    await press(operator, card, "Другая сумма")
    await operator.wait_for_text("на самом деле")
    await operator.say("320,50")
    await person.wait_for_text("зачислено 320,50")
    assert cash(product, person) == 32_050


async def test_a_refused_receipt_credits_nothing_and_says_why(
    product: Sandboxed, sandbox: SandboxClient, operator: Person
) -> None:
    person = await sandbox.person()
    await person.say("/start")
    code = await transfer(person, receipt(f"refused/{person.id}"))
    card = await open_receipt(operator, code)
    await press(operator, card, "Отклонить")
    await operator.wait_for_button("Перевод не нашёлся")
    await press(operator, card, "Перевод не нашёлся")
    told = await person.wait_for_text("не подтверждён")
    assert "перевод не нашёлся" in text_of(told)
    assert cash(product, person) == 0


@pytest.mark.proves("F42")
async def test_a_receipt_that_came_before_is_flagged_by_bytes_and_by_look(
    product: Sandboxed, sandbox: SandboxClient, operator: Person
) -> None:
    first, second, third = [await sandbox.person(name) for name in ("Анна", "Борис", "Вера")]
    for person in (first, second, third):
        await person.say("/start")
    picture = receipt(f"twice/{first.id}/777")
    card = await open_receipt(operator, await transfer(first, picture))
    await press(operator, card, "Зачислить")
    same = await open_receipt(operator, await transfer(second, picture, "document", "same.jpg"))
    assert "Тот же файл" in text_of(same) or "Похож" in text_of(same)
    if "Тот же файл" in text_of(same):
        assert "уже зачислен" in await press(operator, same, "Зачислить")
        assert cash(product, second) == 0
    smaller = receipt(f"twice/{first.id}/777", quality=55, size=(480, 720))
    alike = await open_receipt(operator, await transfer(third, smaller))
    assert "Похож" in text_of(alike)
    assert cash(product, third) == 0


async def test_a_plain_person_learns_nothing_of_the_staff(sandbox: SandboxClient) -> None:
    person = await sandbox.person()
    await person.say("/admin")
    menu = await person.wait_for_text("Такой команды нет")
    query = await person.press(menu["message_id"], "ada:1:50000")
    assert "не действует" in (await person.answered(query))["text"]
