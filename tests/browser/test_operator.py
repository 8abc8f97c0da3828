"""Money that an operator decides about: both sides of it on the chat page."""

from playwright.async_api import Browser, expect

from tests.browser.desk import SPACE, buy_pack, desk, open_payments, pay_back, send_receipt
from tests.fixtures.browser import PHONE, PHONE_AT_NIGHT, WAIT_MS, looking
from tests.fixtures.people import SandboxClient
from tests.fixtures.sandboxed import Sandboxed


async def test_a_payment_in_stars_goes_back_by_the_operators_own_taps(
    sandbox: SandboxClient, browser: Browser
) -> None:
    person = await sandbox.person("Вера")
    async with looking(browser, sandbox.url, PHONE, person) as chat:
        await chat.page.locator(".start").click()
        await chat.button("Баланс").wait_for(timeout=WAIT_MS)
        await buy_pack(chat, 100)
        async with desk(sandbox, browser) as operator:
            await open_payments(operator, person)
            await operator.check_readability()
            await pay_back(operator, f"100{SPACE}₽", "оплачено по ошибке")
        await chat.shows("возвращается туда, откуда пришёл")
        await chat.shows("оплачено по ошибке")
        await chat.shows("⭐ 100 вернулись")
        await chat.write("/balance")
        await chat.shows(f"Деньги: 0{SPACE}₽")
        await chat.check_readability()


async def test_an_operator_credits_what_has_really_come(sandbox: SandboxClient, browser: Browser) -> None:
    person = await sandbox.person("Вера")
    async with looking(browser, sandbox.url, PHONE_AT_NIGHT, person) as chat:
        await send_receipt(chat, person, f"500{SPACE}₽")
        async with desk(sandbox, browser) as operator:
            await operator.shows("Новый чек")
            await operator.tap(f"· 500{SPACE}₽")
            await operator.tap("Другая сумма")
            await operator.shows("Сколько рублей пришло на самом деле")
            await operator.write("470")
            await operator.shows(f"Зачислено 470{SPACE}₽")
            await operator.check_readability()
        await chat.shows(f"зачислено 470{SPACE}₽")
        await chat.write("/balance")
        await chat.shows(f"Деньги: 470{SPACE}₽")
        await chat.check_readability()


async def test_a_refused_receipt_tells_the_person_why(sandbox: SandboxClient, browser: Browser) -> None:
    person = await sandbox.person("Вера")
    async with looking(browser, sandbox.url, PHONE, person) as chat:
        await send_receipt(chat, person, f"5{SPACE}000{SPACE}₽")
        async with desk(sandbox, browser) as operator:
            await operator.shows("Новый чек")
            await operator.tap(f"· 5{SPACE}000{SPACE}₽")
            await operator.button(f"Зачислить 5{SPACE}000").wait_for(timeout=WAIT_MS)
            await operator.tap("Отклонить")
            await operator.tap("Перевод не нашёлся")
            await operator.shows("Отклонён: перевод не нашёлся")
            await operator.check_readability()
        await chat.shows("не подтверждён")
        await chat.shows("перевод не нашёлся")
        await chat.write("/balance")
        await chat.shows(f"Деньги: 0{SPACE}₽")
        await chat.check_readability()


async def test_a_debt_is_shown_repaid_by_the_next_payment_and_then_forgotten(
    frugal: Sandboxed, browser: Browser
) -> None:
    async with frugal.client() as sandbox:
        person = await sandbox.person("Вера")
        async with looking(browser, sandbox.url, PHONE, person) as chat:
            await chat.page.locator(".start").click()
            await chat.button("Баланс").wait_for(timeout=WAIT_MS)
            await buy_pack(chat, 50)
            await chat.write("Тихая гавань")
            await chat.tap("Z-Image")
            await chat.tap("Создать за")
            await chat.sees_photo()
            async with desk(sandbox, browser) as operator:
                await open_payments(operator, person)
                await pay_back(operator, f"50{SPACE}₽", "спор с банком")
            await chat.shows("⭐ 50 вернулись")
            await chat.write("/balance")
            await chat.shows(f"Долг: 0,64{SPACE}₽")
            await chat.check_readability()
            await chat.write("Шумная гавань")
            await chat.tap("Z-Image")
            await chat.shows(f"Из недостающего 0,64{SPACE}₽ — долг")
            await chat.check_readability()

            await buy_pack(chat, 100, is_first=False)
            await chat.shows(f"Можно потратить: 99,36{SPACE}₽")
            await chat.tap("Запустить сейчас")
            await chat.tap("Создать за")
            await expect(chat.page.locator(".theirs .picture img")).to_have_count(2, timeout=WAIT_MS)
            await chat.write("/balance")
            await chat.shows(f"Можно потратить: 98,72{SPACE}₽")
            await chat.check_readability()
    frugal.audit()
