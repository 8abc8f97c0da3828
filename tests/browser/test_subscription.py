"""A subscription in Stars: bought in the bot, cancelled and resumed where a person's own Telegram does it."""

from playwright.async_api import Browser, expect

from tests.fixtures.browser import DESKTOP, WAIT_MS, ChatPage, looking
from tests.fixtures.people import SandboxClient


async def look(chat: ChatPage) -> None:
    """What the bot says of the subscription now."""
    await chat.write("/balance")
    await chat.tap("Пополнить")
    await chat.tap("Подписка")


async def test_a_subscription_is_cancelled_and_resumed_in_the_persons_own_client(
    sandbox: SandboxClient, browser: Browser
) -> None:
    person = await sandbox.person("Вера")
    async with looking(browser, sandbox.url, DESKTOP, person) as chat:
        panel = chat.page.locator("#panel .subscription")
        await chat.page.locator(".start").click()
        await chat.button("Баланс").wait_for(timeout=WAIT_MS)
        await expect(panel).to_have_count(0)
        await look(chat)
        await chat.tap("Подписаться")
        await chat.tap("Согласен")
        await chat.tap("Оплатить 300")
        await chat.page.locator("dialog.sheet").get_by_text("Заплатить").click()
        await chat.shows("Зачислено 300")
        await expect(panel).to_contain_text("Спишется снова", timeout=WAIT_MS)
        await chat.check_readability()

        await panel.get_by_text("Отменить").click()
        await expect(panel).to_contain_text("Отменена, оплачена до", timeout=WAIT_MS)
        await look(chat)
        await chat.shows("Подписка отменена")
        await chat.check_readability()

        await panel.get_by_text("Возобновить").click()
        await expect(panel).to_contain_text("Спишется снова", timeout=WAIT_MS)
        await look(chat)
        await chat.shows("Следующее списание")
