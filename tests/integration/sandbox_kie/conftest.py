"""A stand-in for KIE and a receiver of its callbacks, both on loopback."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.integration.sandbox_kie.driver import Kie, Receiver, running_receiver, running_standin


@pytest.fixture
async def kie(tmp_path: Path) -> AsyncIterator[Kie]:
    """A quick stand-in: tasks end after a tenth of a second, retries come ten times as fast."""
    async with running_standin(tmp_path) as kie:
        await kie.knobs(delay=0.1, callback_pace=0.05)
        yield kie


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    """Where callbacks can be sent."""
    async with running_receiver() as receiver:
        yield receiver
