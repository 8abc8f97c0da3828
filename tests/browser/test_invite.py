"""A link that invites is sent to somebody else of the page, who comes by it."""

from playwright.async_api import Browser, expect

from tests.fixtures.browser import DESKTOP, WAIT_MS, looking
from tests.fixtures.people import SandboxClient


async def test_a_link_is_shared_with_somebody_who_follows_it_and_is_counted(
    sandbox: SandboxClient, browser: Browser
) -> None:
    inviter, friend = await sandbox.person("Вера"), await sandbox.person("Глеб по ссылке")
    async with looking(browser, sandbox.url, DESKTOP, inviter) as chat:
        await chat.page.locator(".start").click()
        await chat.tap("Пригласить друзей")
        await chat.shows("пока никто не пришёл")
        await chat.check_readability()
        await chat.tap("Отправить другу")
        await chat.page.locator("dialog.sheet").get_by_text("Глеб по ссылке").click()
        await chat.shows("Здравствуйте, Глеб по ссылке!")
        await expect(chat.page.locator("dialog.sheet")).to_have_count(0, timeout=WAIT_MS)
        assert friend.id != inviter.id
    await inviter.say("/menu")
    await inviter.tap("Пригласить друзей")
    await inviter.wait_for_text("Пришли: 1")
