"""Whose a database is, and whether this code may work on it."""

import pytest
from sqlalchemy import text

from app.db import Database, ForeignDatabaseError, UnmigratedDatabaseError, claim_installation


async def set_revision(database: Database, revision: str) -> None:
    async with database.unfenced_unit_of_work() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = :it"), {"it": revision})


async def test_an_unowned_database_is_taken_once_and_by_one_bot(database: Database) -> None:
    taken = await claim_installation(database, bot_id=42, kind="real")
    assert len(taken.signing_key) == 32
    assert await claim_installation(database, bot_id=42, kind="real") == taken
    with pytest.raises(ForeignDatabaseError):
        await claim_installation(database, bot_id=43, kind="real")
    with pytest.raises(ForeignDatabaseError):
        await claim_installation(database, bot_id=42, kind="sandbox")


async def test_an_empty_database_is_not_taken(empty_database_url: str) -> None:
    database = Database(empty_database_url, application_name="test", max_connections=1)
    with pytest.raises(UnmigratedDatabaseError, match="not there"):
        await claim_installation(database, bot_id=42, kind="real")
    await database.close()


async def test_an_older_schema_is_not_taken_and_a_newer_one_is(database: Database) -> None:
    await set_revision(database, "20200101_0000_before")
    with pytest.raises(UnmigratedDatabaseError, match="20200101_0000_before"):
        await claim_installation(database, bot_id=42, kind="real")
    await set_revision(database, "29990101_0000_after")
    await claim_installation(database, bot_id=42, kind="real")
