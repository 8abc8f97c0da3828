"""Calls of the ledger's SQL functions: one round trip each, on the session's own asyncpg connection.

SQLAlchemy's way to a statement costs more than the statement here (a third of plain asyncpg's throughput), so the
borrowed connection is used directly.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import asyncpg

from app.db import ReadSession, Session, driver_connection
from app.ledger.balance import Balance, StatementLine
from app.ledger.errors import (
    DebtOutstandingError,
    HoldResolvedError,
    InsufficientFundsError,
    KeyReusedError,
    RefundTooLargeError,
    UnknownTransferError,
)
from app.ledger.states import TransferKind
from app.money import Kopecks

HOLD = "SELECT * FROM ledger_hold($1, $2, $3, $4)"
RESOLVE = "SELECT * FROM ledger_resolve($1, $2, $3, $4)"
GIVE = "SELECT * FROM ledger_give($1, $2, $3, $4, $5, $6, $7, $8, $9)"
TAKE = "SELECT * FROM ledger_take($1, $2, $3, $4, $5, $6, $7, $8)"
REFUND = "SELECT * FROM ledger_refund($1, $2, $3)"
CLAWBACK = "SELECT * FROM ledger_clawback($1, $2, $3, $4, $5, $6)"
BOOK = "SELECT * FROM ledger_book($1, $2, $3, $4, $5, $6, $7)"
LOCK = "SELECT ledger_lock_all($1)"

# A rule of the audit reads every row: it may take longer than a request, and sorts in memory.
AUDIT_SETTINGS = "SET LOCAL statement_timeout = '120s'; SET LOCAL work_mem = '128MB'"
AUDIT_SECONDS = 130
MOST_FINDINGS = 1000

BALANCE = "SELECT bucket, posted, held FROM ledger_wallet WHERE user_id = $1"
HOUSE_BALANCE = "SELECT coalesce(sum(amount), 0)::bigint FROM ledger_entry WHERE account = $1"
# Each bucket's chain is walked down its index, so a page costs the same for a new and an old customer.
STATEMENT = """
    WITH page AS (
        (SELECT id FROM (
            SELECT DISTINCT e.transfer_id AS id
            FROM unnest(ARRAY['bonus', 'cash', 'debt']) b
            CROSS JOIN LATERAL (
                SELECT transfer_id FROM ledger_entry
                WHERE account IS NULL AND user_id = $1 AND bucket = b AND ($2::bigint IS NULL OR transfer_id < $2)
                ORDER BY version DESC LIMIT $3
            ) e
            WHERE $4::text[] IS NULL
        ) ids ORDER BY id DESC LIMIT $3)
        UNION ALL
        SELECT id FROM ledger_transfer WHERE user_id = $1 AND key = ANY($4)
    )
    SELECT t.id, t.kind, t.key, t.created_at, t.reason, t.amount,
        coalesce(sum(e.amount) FILTER (WHERE e.bucket = 'cash'), 0)::bigint AS cash,
        coalesce(sum(e.amount) FILTER (WHERE e.bucket = 'bonus'), 0)::bigint AS bonus,
        coalesce(sum(e.held_delta), 0)::bigint AS held,
        coalesce(-sum(e.amount) FILTER (WHERE e.bucket = 'debt'), 0)::bigint AS debt
    FROM page JOIN ledger_transfer t USING (id) JOIN ledger_entry e ON e.transfer_id = t.id
    GROUP BY t.id ORDER BY t.id DESC
"""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A transfer that stands: written just now, or by an earlier call with the same key and content."""

    transfer_id: int
    user_id: int
    bonus: int | None
    cash: int | None


async def call(session: Session, statement: str, key: str, *arguments: object, target: str = "") -> Recorded:
    """Runs a function that answers with a `ledger_result`; turns its refusals into the ledger's errors.

    `key` and `target` only name the transfers in those errors.
    """
    connection = await driver_connection(session)
    (row,) = await connection.fetch(statement, *arguments)
    match row["outcome"]:
        case "done":
            return Recorded(row["transfer_id"], row["user_id"], row["bonus"], row["cash"])
        case "key_reused":
            raise KeyReusedError(key)
        case "insufficient":
            raise InsufficientFundsError(Kopecks(row["detail"]))
        case "debt":
            raise DebtOutstandingError(Kopecks(row["detail"]))
        case "resolved":
            raise HoldResolvedError(target, TransferKind(row["kind"]))
        case "too_large":
            raise RefundTooLargeError(Kopecks(row["detail"]))
        case _:
            raise UnknownTransferError(target)


async def lock(session: Session, user_ids: list[int]) -> None:
    """Locks these people in ascending order of their numbers."""
    connection = await driver_connection(session)
    await connection.execute(LOCK, user_ids)


async def balance(session: ReadSession, user_id: int) -> Balance:
    """All zeros for somebody the ledger does not know."""
    connection = await driver_connection(session)
    rows = {row["bucket"]: row for row in await connection.fetch(BALANCE, user_id)}
    if not rows:
        return Balance(Kopecks(0), Kopecks(0), Kopecks(0), Kopecks(0), Kopecks(0))
    cash, bonus = rows["cash"], rows["bonus"]
    return Balance(
        cash=Kopecks(cash["posted"]),
        cash_held=Kopecks(cash["held"]),
        bonus=Kopecks(bonus["posted"]),
        bonus_held=Kopecks(bonus["held"]),
        debt=Kopecks(rows["debt"]["posted"]),
    )


async def house_balance(session: ReadSession, account: str) -> Kopecks:
    """The sum of the account's entries."""
    connection = await driver_connection(session)
    return Kopecks(await connection.fetchval(HOUSE_BALANCE, account))


async def statement(
    session: ReadSession, user_id: int, before: int | None, limit: int, keys: Sequence[str] | None
) -> list[StatementLine]:
    """The newest transfers first; with `keys` all that have one of these."""
    connection = await driver_connection(session)
    wanted = None if keys is None else list(keys)
    rows = await connection.fetch(STATEMENT, user_id, before, limit, wanted)
    return [_line(row) for row in rows]


async def broken_rows(session: ReadSession, query: str) -> list[tuple[str, str]]:
    """The (row, detail) pairs that a rule of the audit finds, at most 1000."""
    connection = await driver_connection(session)
    await connection.execute(AUDIT_SETTINGS)
    rows = await connection.fetch(f"{query} LIMIT {MOST_FINDINGS}", timeout=AUDIT_SECONDS)
    return [(row[0], row[1]) for row in rows]


def _line(row: asyncpg.Record) -> StatementLine:
    return StatementLine(
        transfer_id=row["id"],
        kind=TransferKind(row["kind"]),
        key=row["key"],
        created_at=row["created_at"],
        reason=row["reason"],
        amount=Kopecks(row["amount"]),
        cash=Kopecks(row["cash"]),
        bonus=Kopecks(row["bonus"]),
        held=Kopecks(row["held"]),
        debt=Kopecks(row["debt"]),
    )
