"""SIGKILL at each dangerous place of a generation's life, then the next reign."""

import asyncio
import signal
import sys
from pathlib import Path

import pytest

from app.db import Database, Epoch
from app.failpoints import FailPoint
from app.generation import Generation, State
from tests.fakes import until
from tests.integration.generation.victim import remembering
from tests.integration.generation.world import PRICE, STEADY, World, make_world

POINTS = (
    FailPoint.SUBMITTING_WRITTEN,
    FailPoint.TASK_ACCEPTED,
    FailPoint.TASK_RECORDED,
    FailPoint.RESULT_STORED,
    FailPoint.CAPTURED,
    FailPoint.DELIVERY_CLAIMED,
    FailPoint.RESULT_SENT,
    FailPoint.FAILURE_RECORDED,
)
GIVES_BACK = frozenset({FailPoint.SUBMITTING_WRITTEN, FailPoint.FAILURE_RECORDED})
"""After these the person has the money and the news; after the others the result."""


@pytest.mark.proves("F51", "X23", "X24", "X33")
@pytest.mark.parametrize("point", POINTS)
async def test_after_a_kill_the_next_reign_ends_the_generation_and_the_books_are_right(
    database_url: str, database: Database, epoch: Epoch, tmp_path: Path, point: FailPoint
) -> None:
    memory = tmp_path / "provider"
    provider = remembering(memory, point)
    world = make_world(database_url, database, epoch, timings=STEADY, provider=provider)
    await world.person()
    generation = await world.submitted()
    await die_at(point, database_url, generation, memory)
    provider.recall()
    await world.take_over()
    for task_id in provider.tasks:  # before the grace time can be looked at, which was short
        await world.callback(generation, task_id)
    async with world.working():
        if point in GIVES_BACK:
            await world.reach_state(generation, State.FAILED)
            await until(lambda: _is_told(world))
        else:
            await world.reach_state(generation, State.DELIVERED)
    accepted = memory.read_text().splitlines() if memory.exists() else []
    assert len(accepted) == (0 if point is FailPoint.SUBMITTING_WRITTEN else 1)
    assert provider.creations == [], "the next reign asked the provider again"
    assert len(world.notifier.delivered) == (0 if point in GIVES_BACK else 1)
    balance = await world.balance()
    assert (balance.cash, balance.held) == (100_000 - (0 if point in GIVES_BACK else PRICE), 0)
    assert await world.findings() == []


async def die_at(point: FailPoint, url: str, generation: Generation, memory: Path) -> None:
    """Runs the victim to its end."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.integration.generation.victim",
        url,
        point,
        str(generation.id),
        str(memory),
        stderr=asyncio.subprocess.PIPE,
    )
    _, complaint = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == -signal.SIGKILL, complaint.decode()


async def _is_told(world: World) -> bool:
    return bool(world.notifier.told)
