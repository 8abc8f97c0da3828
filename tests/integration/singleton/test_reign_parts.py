"""What a process does while it reigns ends with the reign, and not before."""

import asyncio
from typing import cast

import pytest

from app.db import Database, Epoch
from app.inbox import EventHandler
from app.jobs import JobFunction, JobQueue
from app.observability import Mask, Meters
from app.reign import Connections, Reign, TelegramSide, Work
from tests.integration.generation.world import make_world
from tests.integration.inbox.conftest import Diary, a_message, inbox_on


class CancelledSide:
    """Telegram's side, whose connection something cancels that nobody asked to."""

    def load(self) -> None:
        """Nothing to it."""

    async def keep_connected(self) -> None:
        raise asyncio.CancelledError

    async def close(self) -> None:
        """Nothing is open."""


class LastingSide(CancelledSide):
    """Telegram's side as it is."""

    async def keep_connected(self) -> None:
        await asyncio.Event().wait()


class UnloadableSide(CancelledSide):
    """A broken release's."""

    def load(self) -> None:
        raise RuntimeError("this release is broken")


def reign_with(
    side: CancelledSide,
    database_url: str,
    database: Database,
    epoch: Epoch,
    *,
    events: EventHandler | None = None,
    job: JobFunction | None = None,
) -> tuple[Reign, asyncio.Event]:
    """A reign that handles nothing but what is given, and the news that it gave up."""
    sweeper = make_world(database_url, database, epoch).sweeper
    given_up = asyncio.Event()

    async def load() -> TelegramSide:
        side.load()
        return cast("TelegramSide", side)

    def assign(_: TelegramSide) -> Work:
        handlers = {"telegram": events} if events else {}
        return Work(handlers, {"a.job": job} if job else {}, {}, (), sweeper, Mask())

    connections = Connections(database, database_url, "trt:test:1:0", Meters())
    return Reign(connections, load, assign, given_up.set), given_up


async def test_a_part_that_is_cancelled_by_nobody_ends_the_process(
    database_url: str, database: Database, epoch: Epoch
) -> None:
    reign, given_up = reign_with(CancelledSide(), database_url, database, epoch)
    await reign.on_active(epoch)
    async with asyncio.timeout(30):
        await given_up.wait()
    await reign.on_passive(1.0)


async def test_a_reign_that_is_over_cancels_its_parts_and_goes_on_living(
    database_url: str, database: Database, epoch: Epoch
) -> None:
    reign, given_up = reign_with(LastingSide(), database_url, database, epoch)
    await reign.on_active(epoch)
    await reign.on_passive(1.0)
    assert not given_up.is_set()


@pytest.mark.proves("X15", "X16")
async def test_people_are_answered_while_the_jobs_in_flight_end(
    database_url: str, database: Database, epoch: Epoch
) -> None:
    begun, released, diary = asyncio.Event(), asyncio.Event(), Diary()

    async def job(_epoch: Epoch, _number: int) -> None:
        begun.set()
        await released.wait()

    async with database.unit_of_work(epoch) as session:
        await JobQueue().enqueue(session, "a.job", 1)
    reign, _ = reign_with(LastingSide(), database_url, database, epoch, events=diary, job=job)
    await reign.on_active(epoch)
    async with asyncio.timeout(60):
        await begun.wait()
    leaving = asyncio.create_task(reign.on_passive(60.0))
    async with inbox_on(database) as inbox:
        await inbox.accept(a_message(1))
        await diary.until(lambda: bool(diary.seen))
    assert not leaving.done()
    released.set()
    await leaving


async def test_who_prepares_is_told_when_telegrams_side_is_there(
    database_url: str, database: Database, epoch: Epoch
) -> None:
    reign, given_up = reign_with(LastingSide(), database_url, database, epoch)
    prepared = asyncio.Event()
    reign.prepare(then=prepared.set)
    async with asyncio.timeout(30):
        await prepared.wait()
    assert not given_up.is_set()
    await reign.close()


async def test_a_release_that_cannot_load_its_bot_is_never_prepared_and_does_not_live_on(
    database_url: str, database: Database, epoch: Epoch
) -> None:
    reign, given_up = reign_with(UnloadableSide(), database_url, database, epoch)
    prepared = asyncio.Event()
    reign.prepare(then=prepared.set)
    async with asyncio.timeout(30):
        await given_up.wait()
    assert not prepared.is_set()
    await reign.close()
