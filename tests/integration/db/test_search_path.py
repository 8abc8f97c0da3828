"""A name without a schema means a table of ours, whatever else somebody has put into the database."""

import asyncio

import psycopg
import pytest
from sqlalchemy import text

from app.db import Database, connect_direct
from app.db.migration import migrate
from app.jobs.connections import EngineConnections

EVIL = """
    CREATE SCHEMA evil;
    CREATE TABLE evil.leader (epoch bigint);
    CREATE TABLE evil.procrastinate_jobs (id bigint);
"""
WHERE = "SELECT relnamespace::regnamespace::text AS schema FROM pg_class WHERE oid = 'leader'::regclass"
OURS = "public"


@pytest.fixture
def led_astray(database_url: str) -> str:
    """A migrated database whose own setting looks into another schema first."""
    _lead_astray(database_url)
    with psycopg.connect(database_url) as connection:
        assert connection.execute(WHERE).fetchone() == ("evil",)
    return database_url


def _lead_astray(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(EVIL)
        connection.execute(f'ALTER DATABASE "{connection.info.dbname}" SET search_path = evil, public')


@pytest.mark.proves("S11")
async def test_the_pool_looks_at_our_tables(led_astray: str) -> None:
    database = Database(led_astray, application_name="pool", max_connections=1)
    async with database.snapshot() as session:
        schema = (await session.execute(text(WHERE))).scalar_one()
    await database.close()
    assert schema == OURS


@pytest.mark.proves("S11")
async def test_a_temporary_table_does_not_come_before_ours(led_astray: str) -> None:
    connection = await connect_direct(led_astray, application_name="direct")
    try:
        assert await connection.fetchval(WHERE) == OURS
        await connection.execute("CREATE TEMPORARY TABLE leader (epoch bigint)")
        assert await connection.fetchval(WHERE) == OURS
    finally:
        await connection.close()


@pytest.mark.proves("S11")
async def test_the_queue_looks_at_our_tables(led_astray: str) -> None:
    engine = EngineConnections(led_astray, application_name="queue", most=1)
    await engine.open_async()
    row = await engine.execute_query_one_async(WHERE)
    await engine.close_async()
    assert row["schema"] == OURS


@pytest.mark.proves("S11")
async def test_migrations_see_and_make_our_tables(empty_database_url: str) -> None:
    """The other schema says that it is newer than this code."""
    _lead_astray(empty_database_url)
    with psycopg.connect(empty_database_url, autocommit=True) as connection:
        connection.execute("CREATE TABLE alembic_version AS SELECT '9999_newer' AS version_num")
    await asyncio.to_thread(migrate, empty_database_url)
    with psycopg.connect(empty_database_url) as connection:
        assert connection.execute("SELECT to_regclass('public.inbox') IS NOT NULL").fetchone() == (True,)
