"""One sandbox for all, and fresh ones for who kills it."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.integration.sandbox_telegram.process import Process, Sandbox, Webhook, open_sandbox, open_webhook


@pytest.fixture(scope="package")
def shared_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    """For tests that touch only people of their own."""
    process = Process(tmp_path_factory.mktemp("sandbox") / "data")
    process.start()
    yield process
    process.kill()


@pytest.fixture
async def sandbox(shared_process: Process) -> AsyncIterator[Sandbox]:
    async with open_sandbox(shared_process.url) as sandbox:
        yield sandbox


@pytest.fixture
async def own(sandbox: Sandbox) -> AsyncIterator[Sandbox]:
    """For tests that set webhooks, faults or the time, or count everything: forgotten before and after."""
    await sandbox.client("POST", "reset")
    yield sandbox
    await sandbox.client("POST", "reset")


@pytest.fixture
def own_process(tmp_path: Path) -> Iterator[Process]:
    """For tests that kill it."""
    process = Process(tmp_path / "data")
    process.start()
    yield process
    process.kill()


@pytest.fixture
async def mortal(own_process: Process) -> AsyncIterator[Sandbox]:
    """The sandbox of the process that may be killed."""
    async with open_sandbox(own_process.url) as sandbox:
        yield sandbox


@pytest.fixture
async def webhook() -> AsyncIterator[Webhook]:
    async with open_webhook() as webhook:
        yield webhook
