"""One sandbox for all browser tests; a browser and people of its own for each."""

from collections.abc import AsyncIterator, Iterator

import pytest
from playwright.async_api import Browser

from tests.fixtures.browser import chromium, running_browser
from tests.fixtures.launched import scratch_folder
from tests.fixtures.people import SandboxClient
from tests.fixtures.sandboxed import Sandboxed, start_sandbox


@pytest.fixture(scope="session")
def product() -> Iterator[Sandboxed]:
    """The product as `make run` starts it, without any setting."""
    chromium()
    with scratch_folder() as folder:
        sandboxed = start_sandbox(folder, {})
        try:
            yield sandboxed
        finally:
            sandboxed.launched.end()


@pytest.fixture(scope="session")
def frugal() -> Iterator[Sandboxed]:
    """The product of an owner who gives no welcome bonus."""
    with scratch_folder() as folder:
        sandboxed = start_sandbox(folder, {"WELCOME_BONUS_RUB": "0"})
        try:
            yield sandboxed
        finally:
            sandboxed.launched.end()


@pytest.fixture
async def sandbox(product: Sandboxed) -> AsyncIterator[SandboxClient]:
    """The client API; nothing goes wrong on purpose before or after, and the bot broke no rule."""
    async with product.client() as client:
        await client.kie("DELETE", "knobs")
        await client.telegram("DELETE", "faults")
        yield client
        await client.kie("DELETE", "knobs")
        await client.telegram("DELETE", "faults")
        assert await client.violations() == []


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """A fresh Chromium."""
    async with running_browser() as running:
        yield running
