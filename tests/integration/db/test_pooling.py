"""A URL that lends sessions out by the transaction is found out before the lock is taken over it."""

import asyncio

import pytest

from app.db import Database, PooledConnectionError, require_sessions
from app.errors import StorageUnavailableError
from tests.fixtures.launched import Launched, free_port, scratch_folder
from tests.fixtures.transaction_pooler import transaction_pooler


async def test_postgres_itself_keeps_sessions(database_url: str, database: Database) -> None:
    await require_sessions(database_url)


@pytest.mark.parametrize(("size", "in_turn"), [(1, False), (2, False), (2, True), (3, True), (5, False)])
async def test_a_transaction_pooler_is_found_out_however_many_sessions_it_lends(
    database_url: str, size: int, in_turn: bool
) -> None:
    async with transaction_pooler(database_url, size=size, in_turn=in_turn) as url:
        with pytest.raises(PooledConnectionError):
            await require_sessions(url)


async def test_a_server_that_is_away_is_away_and_no_pooler() -> None:
    with pytest.raises(StorageUnavailableError):
        await require_sessions(f"postgresql://a:b@127.0.0.1:{free_port()}/x")


@pytest.mark.parametrize("named", ["DATABASE_URL", "DATABASE_DIRECT_URL"])
async def test_the_start_stops_with_one_line_that_names_the_setting(database_url: str, named: str) -> None:
    async with transaction_pooler(database_url, size=2) as url:
        environment = {
            "DATABASE_URL": database_url,
            "TELEGRAM_BOT_TOKEN": "1234567:abcdefabcdefabcdefabcdefabcdefabcde",
            "KIE_API_KEY": "k",
            "BOT_MODE": "polling",
            "PORT": str(free_port()),
            named: url,
        }
        with scratch_folder() as folder:
            launched = Launched(folder, environment)
            launched.start()
            assert await asyncio.to_thread(launched.wait_for_end) == 2
            assert launched.log.splitlines() == [
                f"{named}: leads through a transaction pooler; set DATABASE_DIRECT_URL to Postgres itself"
            ]
