"""Members in processes of their own: killed, frozen, blocked."""

import asyncio
import signal
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from sqlalchemy import text

from app.db import Database
from app.inbox import Inbox
from tests.integration.inbox.conftest import a_message, inbox_on, statuses, until_settled
from tests.integration.singleton.conftest import (
    NEVER_LOOKS,
    PATIENT,
    QUICK,
    Election,
    Process,
    process,
    rows_of,
    until_waiting,
)


@pytest.fixture
async def inbox(written: Database) -> AsyncIterator[Inbox]:
    """A process that only stores."""
    async with inbox_on(written) as inbox:
        yield inbox


@pytest.mark.proves("F5", "X9")
async def test_after_a_kill_9_the_next_needs_no_look_at_the_lease_to_begin(
    written: Database, database_url: str, election: Election
) -> None:
    async with process(database_url) as holder:
        await holder.until("wrote")
        next_one = await election.join("next", timing=NEVER_LOOKS)
        await until_waiting(await election.session("witness"))
        holder.signal(signal.SIGKILL)
        await next_one.until("active 2")


@pytest.mark.proves("F7", "X10")
async def test_a_frozen_holder_is_replaced_and_commits_nothing_when_it_wakes(
    written: Database, database_url: str, election: Election
) -> None:
    async with process(database_url, timing=QUICK) as holder:
        await holder.until("wrote")
        next_one = await election.join("next", timing=QUICK)
        holder.signal(signal.SIGSTOP)
        await next_one.until("active 2")
        before = await rows_of(written, 1)
        holder.signal(signal.SIGCONT)
        await holder.until("passive")
        assert await rows_of(written, 1) == before
        assert next_one.is_active
        await next_one.singleton.resign()
        await holder.until("active 3")
        await holder.until("wrote")


@pytest.mark.proves("F7", "X10")
async def test_one_frozen_between_fence_and_commit_commits_nothing_when_it_wakes(
    written: Database, database_url: str, election: Election
) -> None:
    async with process(database_url, mode="freeze", timing=QUICK) as holder:
        await holder.until("inside")
        next_one = await election.join("next", timing=QUICK)
        await next_one.until("active 2")
        holder.signal(signal.SIGCONT)
        await holder.until("refused StorageUnavailableError")
        await holder.until("passive")
        assert await rows_of(written, 1) == 0


@pytest.mark.proves("F7", "X10")
async def test_a_woken_zombie_that_goes_on_all_the_same_is_refused_each_time(
    written: Database, database_url: str, election: Election, inbox: Inbox
) -> None:
    async with process(database_url, mode="defy", timing=QUICK) as zombie:
        await zombie.until("wrote")
        next_one = await election.join("next", timing=QUICK)
        zombie.signal(signal.SIGSTOP)
        await next_one.until("active 2")
        await inbox.accept(a_message(1))
        before = await rows_of(written, 1)
        zombie.signal(signal.SIGCONT)
        await zombie.until("refused events")
        await zombie.until("refused jobs")
        assert zombie.said.count("refused FencedOutError") >= 10
        assert await rows_of(written, 1) == before
        assert await statuses(written) == {"1": "new"}
        await zombie.until("passive")
        assert next_one.is_active


@pytest.mark.proves("X13")
async def test_a_process_whose_loop_is_blocked_ends_itself_and_is_replaced(
    written: Database, database_url: str, election: Election
) -> None:
    async with process(database_url, mode="block", timing=replace(PATIENT, silence=2.0)) as holder:
        await holder.until("active 1")
        next_one = await election.join("next")
        assert await holder.ended() == 70
        await next_one.until("active 2")


@pytest.mark.proves("F4", "X6", "X9")
async def test_while_active_processes_are_killed_one_after_another_each_update_has_one_effect_in_order(
    written: Database, database_url: str, inbox: Inbox
) -> None:
    sent: list[int] = []
    over = asyncio.Event()

    async def send() -> None:
        """Goes on until the last one was killed, so that each finds something to do, however slow its start."""
        while not over.is_set():
            sent.append(len(sent) + 1)
            for _ in range(2):
                await inbox.accept(a_message(sent[-1], person=sent[-1] % 7))
            await asyncio.sleep(0.01)

    sending = asyncio.create_task(send())
    for _ in range(3):
        async with process(database_url, mode="consume") as doomed:
            await doomed.until("handled")
            await doomed.until("handled")
            doomed.signal(signal.SIGKILL)
    over.set()
    async with process(database_url, mode="consume") as last:
        await sending
        await until_settled(written)
        await _last_line(last)
    effects = await _effects(written)
    assert sorted(effects) == sent
    for person in range(7):
        lane = [number for number in effects if number % 7 == person]
        assert lane == sorted(lane)


async def _last_line(process: Process) -> None:
    await process.resign()
    await process.until("passive")
    assert await process.ended() == 0


async def _effects(database: Database) -> list[int]:
    """Numbers in the order of insertion, which within a lane is the order of commits."""
    async with database.snapshot() as session:
        return list((await session.execute(text("SELECT number FROM effect ORDER BY place"))).scalars())
