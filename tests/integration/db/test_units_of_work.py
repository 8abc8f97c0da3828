"""What `Database` promises."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.db import Database, Epoch, connect_direct, driver_connection, unit_is_open
from app.errors import FencedOutError, StorageUnavailableError


async def test_a_unit_that_raises_leaves_nothing(database: Database, epoch: Epoch) -> None:
    with pytest.raises(RuntimeError):
        async with database.unit_of_work(epoch) as session:
            await session.execute(text("UPDATE leader SET instance = 'torn'"))
            raise RuntimeError
    async with database.snapshot() as session:
        assert (await session.execute(text("SELECT instance FROM leader"))).scalar_one() is None


async def test_a_unit_of_an_ended_epoch_is_refused_before_it_writes(database: Database, epoch: Epoch) -> None:
    with pytest.raises(FencedOutError):
        async with database.unit_of_work(Epoch(epoch - 1)):
            pytest.fail("the fence let a stale epoch in")


async def test_a_snapshot_refuses_to_write(database: Database) -> None:
    with pytest.raises(DBAPIError, match="read-only transaction"):
        async with database.snapshot() as session:
            await session.execute(text("UPDATE leader SET instance = 'x'"))


async def test_a_unit_is_known_to_be_open_only_while_it_is(database: Database, epoch: Epoch) -> None:
    assert not unit_is_open()
    async with database.unit_of_work(epoch):
        assert unit_is_open()
    assert not unit_is_open()


async def test_a_database_that_is_away_is_named_as_such() -> None:
    nowhere = Database("postgresql://trt:x@127.0.0.1:1/trt", application_name="test", max_connections=1)
    with pytest.raises(StorageUnavailableError):
        async with nowhere.snapshot():
            pytest.fail("there is no database there")
    await nowhere.close()


async def test_a_connection_that_dies_under_a_plain_statement_is_a_storage_that_is_away(
    database_url: str,
) -> None:
    database = Database(database_url, application_name="victim", max_connections=2)
    killer = await connect_direct(database_url, application_name="killer")
    for _ in range(3):  # more often than there are connections: none may be lost to the pool
        with pytest.raises(StorageUnavailableError):
            async with database.unfenced_unit_of_work() as session:
                await session.execute(text("SELECT 1"))
                connection = await driver_connection(session)
                await killer.execute("SELECT pg_terminate_backend($1, 5000)", connection.get_server_pid())
                await connection.fetch("SELECT 1")
    async with database.snapshot() as healthy:
        assert (await healthy.execute(text("SELECT 1"))).scalar_one() == 1
    await killer.close()
    await database.close()
