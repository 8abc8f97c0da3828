"""What an operator does at the desk, and a person with a purse, on the chat page."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser

from tests.fixtures.browser import DESKTOP, WAIT_MS, ChatPage, looking
from tests.fixtures.people import Person, SandboxClient
from tests.fixtures.receipts import arrived_operator, receipt

SPACE = "\u00a0"


@asynccontextmanager
async def desk(sandbox: SandboxClient, browser: Browser) -> AsyncIterator[ChatPage]:
    """The page of the operator, who knows the bot."""
    operator = await arrived_operator(sandbox)
    async with looking(browser, sandbox.url, DESKTOP, operator) as page:
        yield page


async def buy_pack(chat: ChatPage, stars: int, *, is_first: bool = True) -> None:
    """From anywhere to a paid pack of Stars at a rouble each; before the first one a person agrees to the terms."""
    await chat.write("/balance")
    for words in ("⭐ Пополнить", f"{stars} ⭐ · {stars}{SPACE}₽"):  # whole: others contain them
        await chat.page.locator(".keys .key").get_by_text(words, exact=True).last.click(timeout=WAIT_MS)
    if is_first:
        await chat.tap("Согласен")
    await chat.tap(f"Заплатить ⭐ {stars}")
    await chat.page.locator("dialog.sheet").get_by_text("Заплатить").click()
    await chat.shows(f"Зачислено {stars}{SPACE}₽")


async def open_payments(page: ChatPage, person: Person) -> None:
    """The payments of one person, by the operator's own menus."""
    await page.write("/admin")
    await page.tap("Найти человека")
    await page.shows("Пришлите номер")
    await page.write(str(person.id))
    await page.tap("Платежи")
    await page.shows("Последние платежи")


async def pay_back(page: ChatPage, amount: str, reason: str) -> None:
    """One of the payments that are shown: why, a look at what it does, and yes."""
    await page.tap(f"· {amount}")
    await page.shows("Напишите причину")
    await page.write(reason)
    await page.shows("Причина: ")
    await page.check_readability()
    await page.tap("Подтвердить")
    await page.shows("Возврат платежа начат")


async def send_receipt(chat: ChatPage, person: Person, amount: str) -> None:
    """A bank transfer of one of the sums on the buttons, up to the receipt."""
    await chat.page.locator(".start").click()
    await chat.tap("Баланс")
    await chat.tap("Пополнить")
    await chat.tap("Перевод на карту")
    await chat.shows("когда оператор увидит")
    await chat.tap(amount)
    await chat.tap("Согласен")
    await chat.tap("Я оплатил")
    await chat.shows("Пришлите чек")
    await person.send("photo", receipt(f"{person.id}/{amount[0]}"), "receipt.jpg")
    await chat.shows("получен")
