"""The statements of a restore rehearsal, all of them on the scratch database."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, table, text

from app.db import Epoch, ReadSession, Session

_COUNTS = text("""
SELECT (SELECT count(*) FROM person) AS people, (SELECT count(*) FROM generation) AS generations,
       (SELECT count(*) FROM ledger_transfer) AS transfers, (SELECT count(*) FROM payment) AS payments,
       (SELECT count(*) FROM inbox) AS events, (SELECT count(*) FROM inbox WHERE status = 'new') AS unprocessed,
       (SELECT count(*) FROM inbox WHERE status = 'dead') AS dead,
       (SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')) AS jobs
""")

EFFECTS = (
    "action_log",
    "consent",
    "departure",
    "favourite",
    "free_use",
    "generation",
    "improvement",
    "invitation",
    "ledger_entry",
    "ledger_transfer",
    "orders",
    "payment",
    "payment_refund",
    "person",
    "rates",
    "receipt",
    "refund_run",
    "refund_run_item",
    "subscription",
    "suspension",
)
"""Tables that get a row by whatever an event brings about."""

_DRAFTS = text("SELECT coalesce(sum(revision), 0) FROM draft")

_REIGN = text(
    "UPDATE leader SET epoch = epoch + 1, holder = 'rehearsal', renewed_at = clock_timestamp() RETURNING epoch"
)
_UNPROCESSED = text("SELECT id FROM inbox WHERE status = 'new' ORDER BY id")
_DEAD = text(
    "SELECT id, coalesce(error, '') AS error FROM inbox "
    "WHERE status = 'dead' AND id = ANY (CAST(:ids AS bigint[])) ORDER BY id"
)
_FORGET_MARKS = text(
    "UPDATE inbox SET status = 'new', attempts = 0, done_at = NULL "
    "WHERE status = 'done' AND id = ANY (CAST(:ids AS bigint[]))"
)


@dataclass(frozen=True)
class Counts:
    """Rows that came back. `unprocessed` and `dead` are of the `events`; `jobs` wait for a worker."""

    people: int
    generations: int
    transfers: int
    payments: int
    events: int
    unprocessed: int
    dead: int
    jobs: int


async def counts(session: ReadSession) -> Counts:
    """How much is there."""
    return Counts(*(await session.execute(_COUNTS)).one())


async def effects(session: ReadSession) -> tuple[int, ...]:
    """Numbers that grow with whatever an event brings about."""
    drafts = int((await session.execute(_DRAFTS)).scalar_one())
    rows = [
        (await session.execute(select(func.count()).select_from(table(it)))).scalar_one() for it in EFFECTS
    ]
    return (drafts, *rows)


async def begin_reign(session: Session) -> Epoch:
    """Nobody else is there: the rehearsal is the ACTIVE one."""
    return Epoch((await session.execute(_REIGN)).scalar_one())


async def unprocessed(session: ReadSession) -> list[int]:
    """The events that nobody has ended yet."""
    return list((await session.execute(_UNPROCESSED)).scalars())


async def dead(session: ReadSession, ids: Sequence[int]) -> dict[int, str]:
    """Which of these events were given up, and the last line of why."""
    rows = await session.execute(_DEAD, {"ids": list(ids)})
    return {row.id: (row.error.strip().splitlines() or ["?"])[-1] for row in rows}


async def forget_marks(session: Session, ids: Sequence[int]) -> None:
    """As after a crash between an event's effect and its mark: what was done is new again."""
    await session.execute(_FORGET_MARKS, {"ids": list(ids)})
