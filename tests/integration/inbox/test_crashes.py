"""Processes that die between two steps of an event."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from app.db import Database, Epoch
from app.db.migration import migrate
from app.inbox import Inbox
from tests.fixtures.cluster import cluster
from tests.integration.inbox.conftest import a_message, statuses, stored, until_settled

RUNNER = Path(__file__).parents[2] / "fixtures" / "inbox_process.py"
ROOT = RUNNER.parents[2]


@pytest.fixture
async def effects(database: Database, epoch: Epoch) -> Database:
    """The database with a table of effects that would hold a second one."""
    async with database.unfenced_unit_of_work() as session:
        await session.execute(
            text("CREATE TABLE effect (place bigint GENERATED ALWAYS AS IDENTITY, number bigint)")
        )
    return database


@asynccontextmanager
async def consumer_process(url: str, fail_point: str = "") -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(RUNNER),
        url,
        fail_point,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def killed(url: str, fail_point: str) -> list[str]:
    """Runs a consumer until it is killed at the fail point; what it said."""
    async with consumer_process(url, fail_point) as process, asyncio.timeout(60):
        assert process.stdout is not None
        said = await process.stdout.read()
        assert await process.wait() == -9
    return said.decode().splitlines()


async def finish(database: Database, url: str) -> list[str]:
    """Runs a healthy consumer until everything is settled; what it said."""
    async with consumer_process(url) as process:
        await until_settled(database)
        async with asyncio.timeout(60):
            said, _ = await process.communicate(b"")
    return said.decode().splitlines()


async def effect_numbers(database: Database) -> list[int]:
    async with database.snapshot() as session:
        return list((await session.execute(text("SELECT number FROM effect ORDER BY number"))).scalars())


@pytest.mark.proves("F12", "X6")
async def test_killed_between_claim_and_handler_the_event_is_processed_after_the_restart(
    effects: Database, database_url: str, inbox: Inbox
) -> None:
    await inbox.accept(a_message(1))
    assert await killed(database_url, "event_claimed") == []
    assert await statuses(effects) == {"1": "new"}
    assert await finish(effects, database_url) == ["handled 1 False 2"]
    assert await effect_numbers(effects) == [1]


@pytest.mark.proves("F12", "F13", "X7")
@pytest.mark.parametrize("fail_point", ["effect_committed", "event_not_marked"])
async def test_killed_between_effect_and_mark_the_rerun_knows_and_has_no_second_effect(
    effects: Database, database_url: str, inbox: Inbox, fail_point: str
) -> None:
    await inbox.accept(a_message(1))
    await killed(database_url, fail_point)
    assert await statuses(effects) == {"1": "new"}
    assert await effect_numbers(effects) == [1]
    assert await finish(effects, database_url) == ["handled 1 True 2"]
    assert await effect_numbers(effects) == [1]
    assert not await inbox.accept(a_message(1))  # redelivered after both restarts


@pytest.mark.proves("X8")
async def test_an_event_that_ends_the_process_is_parked_and_its_neighbours_go_on(
    effects: Database, database_url: str, inbox: Inbox
) -> None:
    for number in (1, 666, 2, 3, 4, 5):
        await inbox.accept(a_message(number, person=number))
    await inbox.accept(a_message(7, person=666))
    for _ in range(8):
        await killed(database_url, "")
    said = await finish(effects, database_url)
    assert "given_up 666" in said
    assert await effect_numbers(effects) == [1, 2, 3, 4, 5, 7]
    rows = {row.external_id: row for row in await stored(effects)}
    assert rows["666"].status == "dead"
    assert rows["666"].attempts == 8
    assert {number: row.status for number, row in rows.items() if row.status != "done"} == {"666": "dead"}


@pytest.mark.proves("X1")
async def test_every_acknowledged_update_is_there_when_the_receiver_is_killed(
    database: Database, database_url: str
) -> None:
    for round_ in range(5):
        acknowledged = await _receive_until_killed(database_url, first=round_ * 100_000)
        assert acknowledged
        assert set(acknowledged) <= set(await statuses(database))


@pytest.mark.proves("X2")
async def test_every_acknowledged_update_survives_a_crash_of_postgres() -> None:
    """The server's own default would not wait for the disk."""
    with cluster(synchronous_commit="off", wal_writer_delay="10s") as postgres:
        await asyncio.to_thread(postgres.start)
        await asyncio.to_thread(migrate, postgres.url)
        for cycle in range(3):
            async with receiver(postgres.url, first=cycle * 100_000) as process:
                acknowledged = await _lines(process, 50)
                await asyncio.to_thread(postgres.kill)
                acknowledged += await _rest(process)
            await asyncio.to_thread(postgres.start)
            database = Database(postgres.url, application_name="test", max_connections=1)
            assert set(acknowledged) <= set(await statuses(database))
            await database.close()


async def _receive_until_killed(url: str, first: int) -> list[str]:
    async with receiver(url, first) as process:
        said = await _lines(process, 50)
        process.kill()
        return said + await _rest(process)


@asynccontextmanager
async def receiver(url: str, first: int) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *(str(RUNNER.with_name("receiver_process.py")), url, str(first)),
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,  # it ends with the error that tells of the crash
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def _lines(process: asyncio.subprocess.Process, count: int) -> list[str]:
    assert process.stdout is not None
    async with asyncio.timeout(60):
        lines = [await process.stdout.readline() for _ in range(count)]
    assert all(lines), "the receiver ended before it was told to"
    return [line.decode().strip() for line in lines]


async def _rest(process: asyncio.subprocess.Process) -> list[str]:
    """What it said until its end; a torn last line was not said."""
    assert process.stdout is not None
    async with asyncio.timeout(60):
        rest = await process.stdout.read()
    return rest.decode().split("\n")[:-1]
