"""A database that is there and takes nothing, or is in somebody's way, has a name."""

import asyncio

import pytest
from sqlalchemy import text

from app.db import Database, Epoch
from app.db.direct import connect_direct
from app.errors import StorageBusyError, StorageUnavailableError
from tests.fixtures.stalling_proxy import stalling_proxy


async def ask(database: Database) -> object:
    async with database.snapshot() as session:
        return (await session.execute(text("SELECT 1"))).scalar_one()


async def test_a_pool_that_leads_to_a_standby_comes_back_by_itself_when_that_is_promoted(
    database_url: str, epoch: Epoch
) -> None:
    name = database_url.rpartition("/")[2]
    witness = await connect_direct(database_url, application_name="witness")
    await witness.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    pool = Database(database_url, application_name="pool", max_connections=2)
    for _ in range(3):
        with pytest.raises(StorageUnavailableError):
            async with pool.unit_of_work(epoch):
                pass
    await witness.execute(f"ALTER DATABASE {name} RESET default_transaction_read_only")
    async with pool.unit_of_work(epoch) as session:
        await session.execute(text("SELECT 1"))
    await pool.close()
    await witness.close()


async def test_a_row_that_somebody_holds_for_too_long_is_no_defect(
    database: Database, database_url: str, epoch: Epoch
) -> None:
    witness = await connect_direct(database_url, application_name="witness")
    async with witness.transaction():
        await witness.execute("LOCK TABLE generation")
        with pytest.raises(StorageBusyError):
            async with database.unit_of_work(epoch) as session:
                await session.execute(text("SET LOCAL lock_timeout = '50ms'"))
                await session.execute(text("SELECT count(*) FROM generation"))
    await witness.close()


@pytest.mark.proves("X12")
async def test_connections_that_lead_nowhere_any_more_cost_one_wait_not_one_each(database_url: str) -> None:
    async with stalling_proxy(database_url) as (proxy, through):
        pool = Database(through, application_name="pool", max_connections=2, statement_seconds=0.3)
        await asyncio.gather(*(ask(pool) for _ in range(2)))
        proxy.strand()
        with pytest.raises(StorageUnavailableError):
            await ask(pool)
        for _ in range(3):
            assert await ask(pool) == 1
        await pool.close()
