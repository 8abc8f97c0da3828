"""A payment that is sent back after it was spent: the debt is shown before, stands on the balance, and is repaid."""

import asyncio
import time

import pytest

from tests.e2e.test_top_up import dear_clip, pay, wait_for_invoice
from tests.fixtures.people import WAIT_SECONDS, Message, Person, SandboxClient, text_of
from tests.fixtures.receipts import arrived_operator
from tests.fixtures.sandboxed import Sandboxed

DEBT = "SELECT coalesce(sum(posted), 0)::bigint FROM ledger_wallet WHERE user_id = %s AND bucket = 'debt'"
REFUND = "SELECT r.state FROM payment_refund r JOIN payment p ON p.id = r.payment_id WHERE p.user_id = %s"


@pytest.fixture
async def operator(sandbox: SandboxClient) -> Person:
    """The operator of the sandbox, an owner."""
    return await arrived_operator(sandbox)


async def spend_a_top_up(person: Person) -> None:
    """Two clips: the first one out of the bonus, the second one with Stars, too."""
    await dear_clip(person, "первая волна")
    await person.tap("Создать за")
    await person.wait_for_media("video")
    await dear_clip(person, "вторая волна")
    await person.wait_for_text("Не хватает")
    await person.tap("Пополнить на")
    await person.agree()
    assert (await pay(person, await wait_for_invoice(person)))["state"] == "paid"
    await person.wait_for_text("Зачислено")
    await person.tap("Запустить сейчас")
    await person.wait_for_text("Останется")
    await person.tap("Создать за")

    def twice(messages: list[Message]) -> bool | None:
        return True if sum("video" in message for message in messages) == 2 else None

    await person.wait_until(twice, "the second clip")


async def becomes(product: Sandboxed, question: str, person: Person, expected: object) -> None:
    """The books say so in the end."""
    deadline = time.monotonic() + WAIT_SECONDS
    while (found := product.books.one(question, person.id)) != expected:
        assert time.monotonic() < deadline, f"{found} is not {expected}: {question}"
        await asyncio.sleep(0.05)


@pytest.mark.proves("F54")
async def test_a_refund_of_spent_stars_becomes_a_debt_that_the_next_top_up_repays(
    product: Sandboxed, sandbox: SandboxClient, operator: Person
) -> None:
    person = await sandbox.person()
    await spend_a_top_up(person)

    begun = await operator.say("/admin")
    await operator.tap("Найти человека", after=begun)
    await operator.wait_for_text("Пришлите номер", after=begun)
    found = await operator.say(str(person.id))
    await operator.tap("Платежи", after=found)
    await operator.tap("↩️ №", after=found)
    await operator.wait_for_text("Напишите причину", after=found)
    said = await operator.say("передумал")
    card = text_of(await operator.wait_for_text("это станет долгом", after=said))
    assert "Долг: 0\u00a0₽ →" in card
    assert product.books.one("SELECT count(*) FROM payment_refund WHERE state = 'asked'") == 0
    await operator.tap("Подтвердить", after=said)
    await operator.wait_for_text("Возврат платежа начат", after=said)

    await becomes(product, REFUND, person, "done")
    debt = product.books.one(DEBT, person.id)
    assert isinstance(debt, int)
    assert debt > 0
    asked = await person.say("/balance")
    assert "Долг" in text_of(await person.wait_for_text("погасится из следующего", after=asked))

    await person.tap("Пополнить", after=asked)
    await person.tap("500\u00a0₽", after=asked)
    invoice = await person.wait_until(
        lambda told: next((it for it in told if "invoice" in it and it["message_id"] > asked), None),
        "another invoice",
    )
    assert (await pay(person, invoice))["state"] == "paid"
    await becomes(product, DEBT, person, 0)
    cash = "SELECT posted FROM ledger_wallet WHERE user_id = %s AND bucket = 'cash'"
    assert product.books.one(cash, person.id) == 50_000 - debt
