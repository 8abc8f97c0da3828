"""A rehearsal tries everything and leaves nothing."""

import psycopg
import pytest
from psycopg import Connection
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.db import Database, Epoch, Rehearsal, Session
from app.errors import StorageUnavailableError

INSERT = text("INSERT INTO person (id, first_name, language) VALUES (:id, 'x', 'ru')")
COUNT = text("SELECT count(*) FROM person")
EPOCH = Epoch(77)


async def insert(session: Session, number: int) -> None:
    await session.execute(INSERT, {"id": number})


async def count(database: Database) -> int:
    async with database.snapshot() as session:
        return int((await session.execute(COUNT)).scalar_one())


def rows(url: str) -> dict[str, int]:
    """How many rows each table has, as everybody sees it."""
    with psycopg.connect(url) as connection:
        names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        return {name: counted(connection, name) for (name,) in names}


def counted(connection: Connection, table: str) -> int:
    row = connection.execute(f'SELECT count(*) FROM "{table}"'.encode()).fetchone()
    assert row is not None
    return int(row[0])


async def test_units_of_work_see_each_other_and_nobody_else_sees_them(database_url: str) -> None:
    before = rows(database_url)
    rehearsal = Rehearsal(database_url, application_name="test")
    async with rehearsal.performance():
        async with rehearsal.unit_of_work(EPOCH) as session:
            await insert(session, 1)
        async with rehearsal.unfenced_unit_of_work() as session:
            await insert(session, 2)
        assert await count(rehearsal) == 2
        assert rows(database_url) == before
    assert rows(database_url) == before
    await rehearsal.close()


async def test_a_single_statement_stays_as_little_as_the_rest(database_url: str) -> None:
    before = rows(database_url)
    rehearsal = Rehearsal(database_url, application_name="test")
    async with rehearsal.performance():
        async with rehearsal.single_statements() as connection:
            await connection.execute("INSERT INTO person (id, first_name, language) VALUES (1, 'p', 'ru')")
        assert await count(rehearsal) == 1
    assert rows(database_url) == before
    await rehearsal.close()


async def test_a_unit_that_fails_takes_back_only_itself(database_url: str) -> None:
    rehearsal = Rehearsal(database_url, application_name="test")
    async with rehearsal.performance():
        async with rehearsal.unit_of_work(EPOCH) as session:
            await insert(session, 1)
        with pytest.raises(IntegrityError):
            async with rehearsal.unit_of_work(EPOCH) as session:
                await insert(session, 2)
                await insert(session, 1)
        assert await count(rehearsal) == 1
    await rehearsal.close()


async def test_one_can_go_back_to_a_mark_whatever_came_after_it(database_url: str) -> None:
    rehearsal = Rehearsal(database_url, application_name="test")
    async with rehearsal.performance():
        first = await rehearsal.mark()
        async with rehearsal.unit_of_work(EPOCH) as session:
            await insert(session, 1)
        await rehearsal.mark()
        async with rehearsal.unit_of_work(EPOCH) as session:
            await insert(session, 2)
        await rehearsal.go_back(first)
        assert await count(rehearsal) == 0
    await rehearsal.close()


async def test_it_holds_no_lock_that_a_take_over_waits_for(database_url: str) -> None:
    rehearsal = Rehearsal(database_url, application_name="test")
    async with rehearsal.performance():
        async with rehearsal.unit_of_work(EPOCH) as session:
            await insert(session, 1)
        with psycopg.connect(database_url, autocommit=True) as connection:
            connection.execute("SET lock_timeout = '1s'")
            connection.execute("UPDATE leader SET epoch = epoch + 1")
    await rehearsal.close()


async def test_a_database_that_is_away_is_said_so() -> None:
    rehearsal = Rehearsal("postgresql://nobody@127.0.0.1:1/none", application_name="test")
    with pytest.raises(StorageUnavailableError):
        async with rehearsal.performance():
            pytest.fail("there is no stage")
    await rehearsal.close()
