"""What a process does while it reigns ends with the reign, and not before."""

import asyncio
from typing import cast

from app.db import Database, Epoch
from app.observability import Mask
from app.reign import Connections, Reign, TelegramSide, Work
from tests.integration.generation.world import make_world


class CancelledSide:
    """Telegram's side, whose connection something cancels that nobody asked to."""

    async def keep_connected(self) -> None:
        raise asyncio.CancelledError

    async def close(self) -> None:
        """Nothing is open."""


class LastingSide(CancelledSide):
    """Telegram's side as it is."""

    async def keep_connected(self) -> None:
        await asyncio.Event().wait()


def reign_with(
    side: CancelledSide, database_url: str, database: Database, epoch: Epoch
) -> tuple[Reign, asyncio.Event]:
    """A reign that handles nothing, and the news that it gave up."""
    sweeper = make_world(database_url, database, epoch).sweeper
    given_up = asyncio.Event()

    async def load() -> TelegramSide:
        return cast("TelegramSide", side)

    def assign(_: TelegramSide) -> Work:
        return Work({}, {}, {}, (), sweeper, Mask())

    connections = Connections(database, database_url, "trt:test:1:0")
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
