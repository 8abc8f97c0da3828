"""Nobody writes to the ledger but its own functions, and they only add."""

import secrets
from typing import cast

import asyncpg
import pytest

from app.db import Database, Epoch, connect_direct, driver_connection
from app.ledger import Ledger, payments_account
from app.money import Kopecks

STARS = payments_account("stars")
TABLES = ("ledger_transfer", "ledger_entry", "ledger_wallet")


@pytest.mark.proves("S11")
async def test_the_ledger_refuses_a_write_that_is_not_its_functions(
    database: Database, database_url: str, epoch: Epoch
) -> None:
    await _some_money(database, epoch)
    connection = await connect_direct(database_url, application_name="test")
    try:
        for statement in (
            "UPDATE ledger_wallet SET posted = posted + 1",
            "INSERT INTO ledger_wallet VALUES (5, 'cash', 100, 0, 0, '')",
        ):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute(statement)
    finally:
        await connection.close()


@pytest.mark.proves("S11")
async def test_the_way_in_closes_behind_a_function_even_within_its_transaction(
    database: Database, epoch: Epoch
) -> None:
    async with database.unit_of_work(epoch) as session:
        await Ledger().credit(session, user_id=7, amount=Kopecks(100), source=STARS, key="in")
        connection = await driver_connection(session)
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute("UPDATE ledger_wallet SET posted = posted + 1")
        await session.rollback()


@pytest.mark.proves("S11")
async def test_an_owner_who_is_no_superuser_can_use_the_ledger_and_not_clean_it_up(
    database: Database, database_url: str, epoch: Epoch
) -> None:
    await _some_money(database, epoch)
    connection = await connect_direct(database_url, application_name="test")
    owner = f"owner_{secrets.token_hex(6)}"
    transaction = connection.transaction()
    await transaction.start()
    await connection.execute(f"CREATE ROLE {owner}; GRANT USAGE ON SCHEMA public TO {owner}")
    for table in TABLES:
        await connection.execute(f"ALTER TABLE {table} OWNER TO {owner}")
    await connection.execute(f"SET LOCAL ROLE {owner}")
    held = await connection.fetchrow("SELECT * FROM ledger_hold(7, 40, 'hold:1', 'wallet')")
    taken = await connection.fetchrow(
        "SELECT * FROM ledger_resolve('capture', 'hold:1', 'take:1', 'revenue')"
    )
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="permission denied"):
        await connection.execute("DELETE FROM ledger_entry")
    await transaction.rollback()
    await connection.close()
    assert held is not None
    assert taken is not None
    assert held["outcome"] == taken["outcome"] == "done"


@pytest.mark.proves("F57", "S11")
@pytest.mark.parametrize("table", TABLES)
async def test_no_row_of_the_ledger_is_ever_changed_or_removed(
    table: str, database: Database, database_url: str, epoch: Epoch
) -> None:
    await _some_money(database, epoch)
    connection = await connect_direct(database_url, application_name="test")
    try:
        statements = [f"DELETE FROM {table}", f"TRUNCATE {table}"]
        if table != "ledger_wallet":
            statements.append(f"UPDATE {table} SET amount = amount + 1")
        for statement in statements:
            for setting in ("", "SET LOCAL ledger.writer TO 'function'; "):
                with pytest.raises(asyncpg.InsufficientPrivilegeError):
                    await connection.execute(setting + statement)
        assert await connection.fetchval(f"SELECT count(*) FROM {table}") > 0
    finally:
        await connection.close()


@pytest.mark.proves("F57", "S11")
async def test_the_owner_of_the_tables_keeps_no_right_to_remove(database_url: str) -> None:
    connection = await connect_direct(database_url, application_name="test")
    granted = await connection.fetch(
        "SELECT c.relname, a.privilege_type FROM pg_class c, aclexplode(c.relacl) a"
        " WHERE c.relname = ANY($1) AND a.privilege_type IN ('DELETE', 'TRUNCATE', 'UPDATE')",
        TABLES,
    )
    await connection.close()
    assert [tuple(row) for row in granted] == [("ledger_wallet", "UPDATE")]


@pytest.mark.proves("F49")
async def test_money_is_whole_kopecks_in_every_column_and_parameter(database_url: str) -> None:
    connection = await connect_direct(database_url, application_name="test")
    columns = await connection.fetch(
        "SELECT table_name || '.' || column_name, data_type FROM information_schema.columns"
        " WHERE table_name = ANY($1) AND column_name = ANY($2)",
        TABLES,
        ["amount", "bonus", "held_delta", "posted_after", "held_after", "posted", "held"],
    )
    inexact = await connection.fetch(
        "SELECT p.proname, t.typname FROM pg_proc p, unnest(p.proargtypes::oid[] || p.prorettype) AS used (type)"
        " JOIN pg_type t ON t.oid = used.type"
        " WHERE p.proname LIKE 'ledger%' AND t.typname IN ('float4', 'float8', 'numeric', 'money', 'int4')"
    )
    await connection.close()
    assert len(columns) == 8
    assert {kind for _, kind in columns} == {"bigint"}
    assert inexact == []


@pytest.mark.proves("F49")
async def test_a_fraction_of_a_kopeck_is_refused(database: Database, epoch: Epoch) -> None:
    async with database.unit_of_work(epoch) as session:
        with pytest.raises(TypeError):
            await Ledger().hold(session, user_id=7, amount=cast("Kopecks", 1.5), key="hold:1")


async def _some_money(database: Database, epoch: Epoch) -> None:
    async with database.unit_of_work(epoch) as session:
        await Ledger().credit(session, user_id=7, amount=Kopecks(100), source=STARS, key="in")
