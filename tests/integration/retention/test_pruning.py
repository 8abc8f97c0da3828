"""Tables stay bounded, and what proves something stays."""

import asyncio

import psycopg
import pytest
from sqlalchemy import text

from app.books import Auditor
from app.db import Base, Database, Epoch
from app.db.migration import load_tables
from app.inbox import Forgetting
from app.ledger import Ledger
from app.retention import KEPT, RULES, Retention
from app.tools.test_payment_flow import rehearse
from tests.integration.inbox.conftest import a_message, inbox_on

PERSON = "INSERT INTO person (id, first_name, language) VALUES (77, 'x', 'ru')"
OLD = {
    "draft": ("31 days", "29 days"),
    "quote": ("8 days", "6 days"),
    "attachment": ("8 days", "6 days"),
    "upload": ("4 days", "2 days"),
}
"""By table, an age past its time and one before."""

FILLED = {
    "draft": "INSERT INTO draft (user_id, model_key, inputs, revision, state, updated_at) "
    "SELECT 77, 'm', '{}', 1, 'abandoned', now() - %(age)s::interval FROM generate_series(1, %(rows)s)",
    "quote": "INSERT INTO quote (user_id, draft_id, revision, model_key, inputs_digest, price_kopecks, credits, "
    "usd_rub, markup, created_at, expires_at) SELECT 77, 100000 + n, 1, 'm', '', 1, 1, 1, 1, "
    "now() - interval '1 year', now() - %(age)s::interval FROM generate_series(1, %(rows)s) n",
    "attachment": "INSERT INTO attachment (chat_id, message_id, user_id, reference, caption, created_at) "
    "SELECT %(rows)s, n, 77, 'r', '', now() - %(age)s::interval FROM generate_series(1, %(rows)s) n",
    "upload": "INSERT INTO upload (unique_id, url, uploaded_at) "
    "SELECT %(rows)s || '-' || n, 'https://x', now() - %(age)s::interval FROM generate_series(1, %(rows)s) n",
}


def fill(connection: psycopg.Connection, table: str, age: str, rows: int) -> None:
    connection.execute(FILLED[table].encode(), {"age": age, "rows": rows})


def test_every_table_has_one_fate() -> None:
    load_tables()
    pruned = [rule.table for rule in RULES]
    assert sorted([*pruned, *KEPT]) == sorted(Base.metadata.tables)
    assert set(pruned) == set(FILLED)


async def count(database: Database, table: str) -> int:
    async with database.snapshot() as session:
        return int((await session.execute(text(f"SELECT count(*) FROM {table}"))).scalar_one())


async def test_what_is_past_its_time_goes_step_by_step_and_what_is_younger_stays(
    database: Database, database_url: str, epoch: Epoch
) -> None:
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(PERSON)
        for table, (past, before) in OLD.items():
            fill(connection, table, past, 2500)
            fill(connection, table, before, 1)

    await Retention(database, step=700).prune(epoch, 0)

    assert {table: await count(database, table) for table in FILLED} == dict.fromkeys(FILLED, 1)


@pytest.mark.proves("F79")
async def test_nothing_goes_that_a_generation_or_the_books_stand_on(
    database: Database, database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await rehearse(database_url) == 0
    kept = {table: await count(database, table) for table in KEPT}
    async with database.unfenced_unit_of_work() as session:
        await session.execute(text("UPDATE draft SET updated_at = now() - interval '10 years'"))
        await session.execute(
            text(
                "UPDATE quote SET created_at = created_at - interval '9 years', expires_at = now() - interval '8 years'"
            )
        )
        epoch = Epoch((await session.execute(text("SELECT epoch FROM leader"))).scalar_one())
        drafts = (
            await session.execute(text("SELECT count(*) FROM draft WHERE state <> 'abandoned'"))
        ).scalar_one()

    await Retention(database).prune(epoch, 0)

    assert {table: await count(database, table) for table in KEPT} == kept
    assert await count(database, "draft") == drafts > 0
    async with database.snapshot() as session:
        assert await Auditor(Ledger()).audit(session) == []
        priced = text("SELECT count(*) FROM generation g JOIN quote q ON q.id = g.quote_id")
        assert (await session.execute(priced)).scalar_one() == kept["generation"] > 0
        assert await count(database, "quote") == kept["generation"]


OLD_EVENTS = """
INSERT INTO inbox (source, scope, external_id, digest, lane, payload, status, done_at)
SELECT 'telegram', '1', 'old-' || n, '', '1', '{}', 'done', now() - interval '8 days' FROM generate_series(1, 5000) n
"""


async def test_while_the_night_lets_go_of_thousands_of_rows_news_are_stored_as_ever(
    database: Database, database_url: str, epoch: Epoch
) -> None:
    """Each of the news would be refused if it waited for more than the inbox's five seconds."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(PERSON)
        connection.execute(OLD_EVENTS)
        fill(connection, "attachment", "8 days", 5000)
    stored = 0
    async with inbox_on(database) as inbox:
        night = asyncio.gather(Retention(database).prune(epoch, 0), Forgetting(inbox).forget(epoch, 0))
        while stored == 0 or not night.done():
            stored += 1
            assert await inbox.accept(a_message(stored))
        await night
    assert await count(database, "attachment") == 0
    assert await count(database, "inbox") == stored


async def test_a_row_that_somebody_works_on_is_left_for_the_next_night(
    database: Database, database_url: str, epoch: Epoch
) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute(PERSON)
        fill(connection, "attachment", "8 days", 2500)
        connection.commit()
        connection.execute("SELECT * FROM attachment WHERE message_id = 5 FOR UPDATE")
        await Retention(database).prune(epoch, 0)
        assert await count(database, "attachment") == 1
    await Retention(database).prune(epoch, 0)
    assert await count(database, "attachment") == 0
