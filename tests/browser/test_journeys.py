"""What people do on the chat page, from the first button to the picture."""

import pytest
from playwright.async_api import Browser, expect

from tests.fixtures.browser import (
    DESKTOP,
    DESKTOP_AT_NIGHT,
    DEVICES,
    PHONE,
    PHONE_AT_NIGHT,
    WAIT_MS,
    ChatPage,
    Device,
    looking,
)
from tests.fixtures.people import SandboxClient
from tests.fixtures.sandboxed import Sandboxed


async def order(chat: ChatPage, prompt: str, *, english: bool = False) -> None:
    """From an empty chat to the tap on the price."""
    await chat.page.locator(".start").click()
    await chat.tap("Pictures" if english else "Картинки")
    await chat.tap("Z-Image")
    await chat.shows("Z-Image")
    await chat.write(prompt)
    await chat.choose("16:9")
    await chat.tap("0.64" if english else "0,64")


@pytest.mark.parametrize("device", DEVICES, ids=lambda it: f"{it.width}-{it.theme}")
async def test_a_stranger_comes_from_start_to_a_picture(
    sandbox: SandboxClient, browser: Browser, device: Device
) -> None:
    person = await sandbox.person("Вера")
    async with looking(browser, sandbox.url, device, person) as chat:
        await chat.check_readability()
        await order(chat, "Маяк на краю света")
        await chat.sees_photo()
        await chat.check_readability()
        await expect(chat.page.locator(".own .text").last).to_contain_text("Маяк на краю света")


@pytest.mark.parametrize("device", [PHONE_AT_NIGHT, DESKTOP], ids=lambda it: f"{it.width}-{it.theme}")
async def test_a_failure_ordered_in_the_panel_gives_the_money_back_in_words(
    sandbox: SandboxClient, browser: Browser, device: Device
) -> None:
    person = await sandbox.person("Вера")
    async with looking(browser, sandbox.url, device, person) as chat:
        panel = chat.page.locator("#panel")
        if not await panel.is_visible():
            await chat.page.click("#panel-button")
        await chat.page.select_option("#knob-kie-fail", "policy")
        await chat.page.wait_for_function(
            "fetch('/sandbox/kie/knobs').then((it) => it.json()).then((it) => it.knobs.length === 1)"
        )
        await chat.check_readability()
        if device.width < 760:
            await chat.page.keyboard.press("Escape")
            await expect(panel).to_be_hidden()
        await order(chat, "Отказ")
        await chat.shows("Вернули")
        await chat.shows("0,64")
        await chat.button("Ещё раз").wait_for(timeout=WAIT_MS)
        await chat.check_readability()


@pytest.mark.parametrize("device", [PHONE_AT_NIGHT, DESKTOP], ids=lambda it: f"{it.width}-{it.theme}")
async def test_the_language_of_the_bot_is_switched_by_its_own_buttons(
    sandbox: SandboxClient, browser: Browser, device: Device
) -> None:
    person = await sandbox.person("Вера")
    async with looking(browser, sandbox.url, device, person) as chat:
        await chat.page.locator(".start").click()
        await chat.tap("Настройки")
        await chat.tap("Язык")
        await chat.tap("English")
        # Looked for in every frame: it goes by itself.
        await chat.page.wait_for_function("() => document.querySelector('.toast') !== null", timeout=WAIT_MS)
        await chat.page.fill("#field", "/menu")
        await chat.page.press("#field", "Enter")
        await chat.button("Pictures").wait_for(timeout=WAIT_MS)
        await chat.check_readability()


async def test_an_english_visitor_gets_an_english_page(sandbox: SandboxClient, browser: Browser) -> None:
    person = await sandbox.person("Ann", "en")
    async with looking(browser, sandbox.url, Device(360, 740, "dark", "en-GB"), person) as chat:
        await expect(chat.page.locator(".welcome")).to_contain_text("This is a sandbox")
        await order(chat, "A lighthouse", english=True)
        await chat.sees_photo()
        words = await chat.page.locator("#chat").inner_text()
        assert not any("а" <= letter <= "я" for letter in words.lower())


@pytest.mark.proves("F26", "F43")
@pytest.mark.parametrize("device", [PHONE, DESKTOP_AT_NIGHT], ids=lambda it: f"{it.width}-{it.theme}")
async def test_lack_of_money_is_three_taps_from_the_same_order_and_its_picture(
    frugal: Sandboxed, browser: Browser, device: Device
) -> None:
    async with (
        frugal.client() as sandbox,
        looking(browser, frugal.url, device, await sandbox.person()) as chat,
    ):
        await chat.page.locator(".start").click()
        await chat.tap("Картинки")
        await chat.tap("Z-Image")
        await chat.shows("Напишите описание")
        await chat.write("Тихая гавань")
        await chat.shows("Не хватает")
        await chat.check_readability()
        await chat.tap("Пополнить на")  # one
        await chat.tap("Согласен")  # the first time only
        await chat.tap("Заплатить")  # two: the invoice's window
        await chat.page.locator("dialog.sheet").get_by_text("Заплатить").click()  # three
        await chat.shows("Зачислено")
        await chat.check_readability()
        await chat.tap("Запустить сейчас")
        await chat.shows("Тихая гавань")
        await chat.tap("Создать за")
        await chat.sees_photo()
        await expect(chat.page.locator(".theirs .text").last).to_contain_text("Тихая гавань")
        assert await sandbox.violations() == []
    frugal.audit()


@pytest.mark.proves("F26")
async def test_three_taps_and_one_sentence_lead_from_start_to_a_picture(
    sandbox: SandboxClient, browser: Browser
) -> None:
    person = await sandbox.person("Вера")
    async with looking(browser, sandbox.url, PHONE, person) as chat:
        await chat.page.locator(".start").click()
        await chat.tap("Картинки")  # one
        await chat.tap("Z-Image")  # two
        await chat.shows("Напишите описание")
        await chat.write("Маяк на краю света")
        await chat.tap("Создать за")  # three
        await chat.sees_photo()
