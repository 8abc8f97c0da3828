"""From a picture to a clip of it, to the file, to History, and to the same once more in other words."""

from playwright.async_api import Browser, expect

from tests.fixtures.browser import PHONE, WAIT_MS, looking
from tests.fixtures.people import SandboxClient


async def test_a_picture_is_animated_its_file_fetched_found_in_history_and_repeated_in_other_words(
    sandbox: SandboxClient, browser: Browser
) -> None:
    person = await sandbox.person("Вера")
    async with looking(browser, sandbox.url, PHONE, person) as chat:
        await chat.page.locator(".start").click()
        await chat.tap("Картинки")
        await chat.tap("Z-Image")
        await chat.shows("Напишите описание")
        await chat.write("Маяк на краю света")
        await chat.tap("Создать за")
        await chat.tap("Оживить · от 23,70")
        await chat.shows("Напишите, что должно происходить")
        await chat.write("Волны бьются о скалы")
        await chat.tap("Создать за 23,70")
        await expect(chat.page.locator(".theirs video")).to_have_count(1, timeout=WAIT_MS)
        await chat.shows("Сделано из №")
        await chat.check_readability()
        await chat.tap("Оригинал")
        await chat.shows("файл без сжатия")
        await chat.tap("История")
        await chat.shows("Волны бьются о скалы")
        parent = chat.page.locator(".keys .key", has_text="📥").nth(1)
        await parent.click(timeout=WAIT_MS)
        await expect(chat.page.locator(".theirs .picture img")).to_have_count(2, timeout=WAIT_MS)
        await chat.tap("Изменить запрос")
        await chat.shows("Опишите словами")
        await chat.write("Тот же маяк ночью")
        await chat.tap("Создать за 0,64")
        await expect(chat.page.locator(".theirs .picture img")).to_have_count(3, timeout=WAIT_MS)
        await chat.shows("Тот же маяк ночью")
        await chat.check_readability()
