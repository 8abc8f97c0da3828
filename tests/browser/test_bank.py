"""A bank transfer on the chat page: the person's side and the operator's."""

from playwright.async_api import Browser, expect

from tests.fixtures.browser import DESKTOP, PHONE, WAIT_MS, looking
from tests.fixtures.people import SandboxClient
from tests.fixtures.receipts import arrived_operator, receipt


async def test_a_transfer_is_made_on_the_phone_and_approved_at_the_desk(
    sandbox: SandboxClient, browser: Browser
) -> None:
    person, operator = await sandbox.person("Вера"), await arrived_operator(sandbox)
    async with looking(browser, sandbox.url, PHONE, person) as chat:
        await chat.page.locator(".start").click()
        await chat.tap("Баланс")
        await chat.tap("Пополнить")
        await chat.tap("Перевод на карту")
        await chat.shows("когда оператор увидит")
        await chat.tap("1\u00a0000\u00a0₽")
        await chat.shows("Вы согласны")
        await chat.check_readability()
        await chat.tap("Согласен")
        await chat.shows("Sandbox Bank")
        await chat.check_readability()
        await chat.tap("Я оплатил")
        await chat.shows("Пришлите чек")
        await person.send("photo", receipt(f"browser/{person.id}/1000"), "receipt.jpg")
        await chat.shows("получен")

        async with looking(browser, sandbox.url, DESKTOP, operator) as desk:
            await desk.shows("Новый чек")
            await desk.tap("· 1\u00a0000\u00a0₽")
            await desk.sees_photo()
            await desk.check_readability()
            await desk.tap("Зачислить 1\u00a0000")
            await desk.shows("Зачислено 1\u00a0000")
            await expect(desk.button("Зачислить 1")).to_have_count(0, timeout=WAIT_MS)

        await chat.shows("на баланс зачислено 1\u00a0000")
        await chat.check_readability()
