"""The free tier as a stranger meets it who started the product without any setting."""

from collections.abc import Iterator

import pytest
from playwright.async_api import Browser, expect

from tests.fixtures.browser import PHONE, ChatPage, looking
from tests.fixtures.calm import far_from_the_next_day
from tests.fixtures.launched import scratch_folder
from tests.fixtures.sandboxed import Sandboxed, start_sandbox


@pytest.fixture(scope="module")
def untouched() -> Iterator[Sandboxed]:
    """The product with every setting at its default."""
    with scratch_folder() as folder:
        sandboxed = start_sandbox(folder, {"FREE_PER_DAY": ""})
        try:
            yield sandboxed
        finally:
            sandboxed.launched.end()


async def counts(chat: ChatPage, today: int, now: int) -> None:
    await expect(chat.page.locator(".theirs .text").last).to_contain_text(
        f"Бесплатных сегодня: {today}, в этот час: {now}"
    )


async def test_a_free_picture_says_so_on_its_button_and_counts_down(
    untouched: Sandboxed, browser: Browser
) -> None:
    await far_from_the_next_day()
    async with (
        untouched.client() as sandbox,
        looking(browser, untouched.url, PHONE, await sandbox.person("Вера")) as chat,
    ):
        await chat.page.locator(".start").click()
        await chat.tap("Бесплатно")
        await chat.shows("5 в день, но не больше 2 в час")
        await counts(chat, 5, 2)
        await chat.check_readability()
        await chat.tap("Z-Image")
        await chat.shows("Напишите описание")
        await chat.write("Маяк на краю света")
        await chat.shows("Цена: бесплатно")
        await counts(chat, 5, 2)
        await chat.check_readability()
        await chat.tap("Создать бесплатно")
        await chat.sees_photo()
        await expect(chat.page.locator(".theirs .text").last).to_contain_text("бесплатно")
        await chat.write("/balance")
        await chat.shows("Можно потратить: 300")
        await counts(chat, 4, 1)
        await chat.check_readability()
    untouched.audit()
