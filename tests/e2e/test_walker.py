"""A crowd at random, in a short form; the long one is `make walk`. The seed of a failure is in its words."""

import pytest

from tests.fixtures.sandboxed import running_sandbox
from tests.walker.walk import Crowd, Plan


@pytest.mark.proves("F1", "F2", "F18", "F19", "F20", "F37")
async def test_a_crowd_is_never_met_with_silence_nor_shown_what_is_not_theirs() -> None:
    async with running_sandbox() as sandboxed, sandboxed.client() as sandbox:
        await Crowd(sandboxed, sandbox, Plan(steps=160, seed=20, crowd=8, storms=False)).walk()


@pytest.mark.proves("F1", "F18")
async def test_a_crowd_is_answered_while_telegram_and_kie_stumble() -> None:
    async with running_sandbox() as sandboxed, sandboxed.client() as sandbox:
        await Crowd(sandboxed, sandbox, Plan(steps=80, seed=21, crowd=8)).walk()
