"""Whatever a superuser changes by hand in the ledger's tables, the audit names the row."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import text

from app.db import Database, Epoch, Session
from app.ledger import Bucket, Corrections, Explanation, Ledger, payments_account
from app.money import Kopecks
from tests.fixtures.postgres import Server, fresh_database

ANNA = 1001
STARS = payments_account("stars")
WHY = Explanation("admin:7", "asked in ticket 12", corrects="in")

ledger = Ledger()
corrections = Corrections()

# Of each table: how a row is named, and for each column a different value of the same type.
TAMPERINGS = {
    "ledger_transfer": (
        "id::text",
        {
            "id": "id + 1000",
            "kind": "CASE kind WHEN 'adjust' THEN 'credit' ELSE 'adjust' END",
            "key": "key || '!'",
            "user_id": "user_id + 1",
            "amount": "amount + 1",
            "debit": "debit || 'x'",
            "credit": "credit || 'x'",
            "bonus": "coalesce(bonus + 1, 0)",
            "target_id": "coalesce(target_id + 1000, 1)",
            "actor": "coalesce(actor || '!', '')",
            "reason": "coalesce(reason || '!', '')",
            "created_at": "created_at + interval '1 microsecond'",
            "digest": "sha256(digest)",
        },
    ),
    "ledger_entry": (
        "transfer_id || '/' || line",
        {
            "transfer_id": "transfer_id + 1000",
            "line": "line + 10",
            "account": "CASE account WHEN 'promo' THEN 'losses' ELSE 'promo' END",
            "user_id": "coalesce(user_id + 5000, 1)",
            "bucket": "coalesce(bucket || 'x', 'x')",
            "amount": "amount + 1",
            "held_delta": "coalesce(held_delta + 1, 0)",
            "posted_after": "coalesce(posted_after + 1, 0)",
            "held_after": "coalesce(held_after + 1, 0)",
            "version": "coalesce(version + 100, 1)",
            "hash": "sha256(hash)",
        },
    ),
    "ledger_wallet": (
        "user_id || '/' || bucket",
        {
            "user_id": "user_id + 5",
            "bucket": "bucket || 'x'",
            "posted": "posted + 1",
            "held": "held + 1",
            "version": "version + 1",
            "head": "sha256(head)",
        },
    ),
}
CHANGES = [(table, column) for table, (_, columns) in TAMPERINGS.items() for column in columns]

FORGERIES = {
    "a transfer from nowhere": """
        INSERT INTO ledger_transfer (id, kind, key, user_id, amount, debit, credit, created_at, digest)
        VALUES (5000, 'credit', 'forged', 1001, 5, 'payments:stars', 'cash', now(), sha256('forged'))
    """,
    "a transfer with a true digest and balanced house entries": """
        WITH t AS (
            INSERT INTO ledger_transfer
            SELECT (f.t).id, (f.t).kind, (f.t).key, (f.t).user_id, (f.t).amount, (f.t).debit, (f.t).credit,
                (f.t).bonus, (f.t).target_id, (f.t).actor, (f.t).reason, (f.t).created_at,
                ledger_digest(f.t, '{revenue,losses}{-5,5}')
            FROM (SELECT ROW(5000, 'adjust', 'forged', 0, 5, 'revenue', 'losses', NULL, NULL, 'me', 'mine',
                now(), '')::ledger_transfer AS t) f
            RETURNING digest
        )
        INSERT INTO ledger_entry (transfer_id, line, account, amount, hash)
        SELECT (e.e).transfer_id, (e.e).line, (e.e).account, (e.e).amount, ledger_hash(e.e, '', t.digest)
        FROM t, (VALUES
            (ROW(5000, 1, 'revenue', NULL, NULL, -5, NULL, NULL, NULL, NULL, NULL)::ledger_entry),
            (ROW(5000, 2, 'losses', NULL, NULL, 5, NULL, NULL, NULL, NULL, NULL)::ledger_entry)
        ) e (e)
    """,
    "a house entry more": """
        INSERT INTO ledger_entry (transfer_id, line, account, amount, hash)
        VALUES (1, 9, 'revenue', 0, sha256('forged'))
    """,
    "a wallet entry more": """
        INSERT INTO ledger_entry VALUES (1, 9, NULL, 1001, 'cash', 0, 0, 0, 0, 99, sha256('forged'))
    """,
    "a wallet of a stranger": "INSERT INTO ledger_wallet VALUES (5000, 'cash', 0, 0, 0, '')",
    "all wallets of a stranger": """
        INSERT INTO ledger_wallet SELECT 5000, b, 0, 0, 0, '' FROM unnest(ledger_buckets(5000)) b
    """,
    "a wallet with money": "INSERT INTO ledger_wallet VALUES (5000, 'cash', 700, 0, 1, sha256('forged'))",
}
NAMES_OF_FORGERIES = ("ledger_transfer 5000", "ledger_entry 1/9", "ledger_transfer 1", "ledger_wallet 5000/")


@pytest.fixture(scope="module")
def books(postgres_server: Server, migrated_template: str) -> Iterator[str]:
    """A database whose ledger has at least one row of every kind; each test undoes what it does to it."""
    with fresh_database(postgres_server, migrated_template) as url:
        asyncio.run(_live(url))
        yield url


async def test_the_books_are_healthy_before_anybody_touches_them(books: str) -> None:
    async with tampering(books) as session:
        assert await ledger.audit(session) == []


@pytest.mark.proves("F55")
@pytest.mark.parametrize(("table", "column"), CHANGES)
async def test_a_changed_value_is_found_in_every_row_of_every_column(
    books: str, table: str, column: str
) -> None:
    name, columns = TAMPERINGS[table]
    change = f"UPDATE {table} SET {column} = {columns[column]} WHERE {name} = :row RETURNING {name}"
    async with tampering(books) as session:
        for row in await rows_of(session, table):
            async with undone(session):
                now = (await session.execute(text(change), {"row": row})).scalar_one()
                named = {finding.row for finding in await ledger.audit(session)}
            assert named & {f"{table} {row}", f"{table} {now}"}, (row, named)


@pytest.mark.parametrize("table", TAMPERINGS)
async def test_a_row_that_was_taken_away_is_found(books: str, table: str) -> None:
    name, _ = TAMPERINGS[table]
    async with tampering(books) as session:
        for row in await rows_of(session, table):
            async with undone(session):
                await session.execute(text(f"DELETE FROM {table} WHERE {name} = :row"), {"row": row})
                named = {finding.row for finding in await ledger.audit(session)}
            # A missing entry is told by its transfer, by the next link of its chain, or by the wallet's head.
            witnesses = (
                ("ledger_transfer", "ledger_entry", "ledger_wallet") if table == "ledger_entry" else ()
            )
            assert f"{table} {row}" in named or any(one.startswith(witnesses) for one in named), (row, named)


@pytest.mark.parametrize("forgery", FORGERIES)
async def test_a_forged_row_is_found(books: str, forgery: str) -> None:
    async with tampering(books) as session:
        await session.execute(text(FORGERIES[forgery]))
        findings = await ledger.audit(session)
    assert any(finding.row.startswith(NAMES_OF_FORGERIES) for finding in findings), findings


async def test_a_transfer_that_vanished_with_all_its_entries_leaves_a_gap(books: str) -> None:
    async with tampering(books) as session:
        for transfer in await rows_of(session, "ledger_transfer"):
            async with undone(session):
                for statement in (
                    "DELETE FROM ledger_entry WHERE transfer_id = :id",
                    "DELETE FROM ledger_transfer WHERE id = :id",
                ):
                    await session.execute(text(statement), {"id": int(transfer)})
                findings = await ledger.audit(session)
            assert findings != [], transfer


async def test_a_second_resolution_is_found_even_when_the_index_is_gone(books: str) -> None:
    async with tampering(books) as session:
        await session.execute(text("DROP INDEX ix_ledger_transfer_resolution"))
        await session.execute(
            text(
                "UPDATE ledger_transfer SET target_id = h.id FROM ledger_transfer h"
                " WHERE h.key = 'hold:1' AND ledger_transfer.kind = 'release'"
            )
        )
        rules = {finding.rule for finding in await ledger.audit(session)}
    assert "hold resolved once" in rules


@pytest.mark.parametrize(
    ("damage", "rule"),
    [
        ("UPDATE ledger_wallet SET held = held - 1 WHERE held > 0", "held is the open holds"),
        ("UPDATE ledger_transfer SET amount = 1 WHERE key = 'back:1'", "entry shape"),
        ("UPDATE ledger_transfer SET amount = 9000 WHERE key = 'back:1'", "refunds within the capture"),
        (
            "UPDATE ledger_wallet SET posted = 7 WHERE bucket = 'debt' AND user_id = 1002",
            "no debt beside free cash",
        ),
        (
            "UPDATE ledger_entry SET amount = amount + 1 WHERE account = 'revenue'",
            "house and wallets cancel out",
        ),
        ("UPDATE ledger_entry SET amount = amount + 1 WHERE account = 'revenue'", "transfer sums to zero"),
        ("UPDATE ledger_transfer SET bonus = bonus + 1 WHERE key = 'hold:2'", "hold parts"),
        ("UPDATE ledger_entry SET held_delta = -1 WHERE held_delta < 0", "resolution parts"),
        ("UPDATE ledger_transfer SET reason = NULL WHERE kind = 'adjust'", "transfer shape"),
    ],
)
async def test_each_rule_speaks_up_for_what_it_guards(books: str, damage: str, rule: str) -> None:
    async with tampering(books) as session:
        assert (await session.execute(text(damage + " RETURNING 1"))).first() is not None
        assert rule in {finding.rule for finding in await ledger.audit(session)}


@asynccontextmanager
async def tampering(url: str) -> AsyncIterator[Session]:
    """A superuser's transaction without triggers or checks, undone at the end."""
    database = Database(url, application_name="tampering", max_connections=1)
    try:
        async with database.unfenced_unit_of_work() as session:
            for statement in (
                "SET LOCAL session_replication_role = replica",
                "ALTER TABLE ledger_transfer DROP CONSTRAINT ck_ledger_transfer_amount",
                "ALTER TABLE ledger_wallet DROP CONSTRAINT ck_ledger_wallet_balance",
            ):
                await session.execute(text(statement))
            yield session
            await session.rollback()
    finally:
        await database.close()


@asynccontextmanager
async def undone(session: Session) -> AsyncIterator[None]:
    """What happens inside never happened."""
    nested = await session.begin_nested()
    yield
    await nested.rollback()


async def rows_of(session: Session, table: str) -> list[str]:
    """The names of all rows of a table, as the audit writes them."""
    name, _ = TAMPERINGS[table]
    rows = [row for (row,) in await session.execute(text(f"SELECT {name} FROM {table}"))]
    assert len(rows) > 5
    return rows


async def _live(url: str) -> None:
    """Every kind of transfer, every bucket in use, an open hold, a debt, a journal."""
    database = Database(url, application_name="test", max_connections=2)
    async with database.unfenced_unit_of_work() as session:
        await session.execute(text("UPDATE leader SET epoch = 1, holder = 'test', renewed_at = now()"))
    async with database.unit_of_work(Epoch(1)) as session:
        await ledger.credit(session, user_id=ANNA, amount=Kopecks(100), source=STARS, key="in")
        await ledger.credit(session, user_id=1002, amount=Kopecks(100), source=STARS, key="in:2")
        await ledger.bonus(session, user_id=ANNA, amount=Kopecks(30), key="welcome:1001")
        for n in (1, 2, 3):
            await ledger.hold(session, user_id=ANNA, amount=Kopecks(20), key=f"hold:{n}")
        await ledger.capture(session, hold_key="hold:1", key="capture:1")
        await ledger.refund(session, capture_key="capture:1", amount=Kopecks(5), key="back:1")
        await corrections.give(
            session, user_id=ANNA, amount=Kopecks(4), bucket=Bucket.CASH, key="give", why=WHY
        )
        await corrections.clawback(session, user_id=ANNA, amount=Kopecks(150), to=STARS, key="claw")
        await ledger.release(session, hold_key="hold:2", key="release:2")
        await corrections.reverse_bonus(session, user_id=ANNA, amount=Kopecks(30), key="reverse")
        await corrections.book(
            session, debit=payments_account("kie"), credit="losses", amount=Kopecks(9), key="late:1", why=WHY
        )
    await database.close()
