"""The page while nobody listens to it yet, as after a start of the machine."""

from collections.abc import Iterator

import aiohttp
import pytest
from playwright.async_api import Browser, expect

from tests.fixtures.browser import PHONE, WAIT_MS, chromium, looking
from tests.fixtures.launched import Launched, free_port, scratch_folder, wait_until_answered

TOKEN = "4242:sandbox-token"


@pytest.fixture
def standins() -> Iterator[str]:
    """The stand-ins and their page alone, without a bot; their address."""
    chromium()
    port = str(free_port())
    with scratch_folder() as folder:
        arguments = (
            "-m",
            "app.sandbox",
            "--port",
            port,
            "--data",
            "data",
            "--token",
            TOKEN,
            "--kie-key",
            "kie",
        )
        launched = Launched(folder, {}, arguments)
        launched.start()
        url = f"http://127.0.0.1:{port}"
        try:
            wait_until_answered(f"{url}/sandbox/telegram/bot")
            yield url
        finally:
            launched.end()


async def test_the_page_says_that_the_bot_wakes_up_until_it_listens(standins: str, browser: Browser) -> None:
    async with looking(browser, standins, PHONE) as chat, aiohttp.ClientSession() as session:
        status = chat.page.locator("#bot-status")
        await expect(status).to_have_text("просыпается…")
        await chat.page.locator(".start").click()
        await chat.shows("/start")
        await expect(status).to_have_text("просыпается…")
        await chat.check_readability()

        webhook = {"url": "http://127.0.0.1:1/webhook"}
        async with session.post(f"{standins}/bot{TOKEN}/setWebhook", json=webhook) as answer:
            assert answer.status == 200
        await expect(status).to_have_text("бот", timeout=WAIT_MS)
