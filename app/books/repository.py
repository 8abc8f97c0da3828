"""Reading the whole house at once: the rules of the audit, its outcomes, and what each model earned."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert

from app.books.runs import AuditRun, RehearsalRun
from app.books.tables import AuditRunRow, RehearsalRunRow
from app.catalogue import ModelKey
from app.db import ReadSession, Session
from app.ledger import Finding
from app.money import Kopecks

# A rule reads every row: it may take longer than a request, and sorts in memory.
_PATIENCE = (text("SET LOCAL statement_timeout = '120s'"), text("SET LOCAL work_mem = '128MB'"))
_MOST_FINDINGS = 1000

_MARGINS = text("""
    SELECT model_key, count(*) AS made, count(*) FILTER (WHERE is_free) AS free,
        coalesce(sum(price_kopecks - returned_kopecks)
            FILTER (WHERE state IN ('captured', 'delivered', 'kept')), 0)::bigint AS revenue,
        sum(coalesce(cost_credits, credits)) AS credits,
        sum(ceil(coalesce(cost_credits, credits) * 0.005 * usd_rub * 100))::bigint AS cost
    FROM generation
    WHERE state IN ('captured', 'delivered', 'kept', 'late', 'refunded')
        AND created_at > clock_timestamp() - CAST(:back AS interval)
    GROUP BY model_key ORDER BY model_key
""")


@dataclass(frozen=True, slots=True)
class MarginRow:
    """Sums over what a model made."""

    model_key: ModelKey
    made: int
    free: int
    revenue: Kopecks
    credits: Decimal
    cost: Kopecks


async def broken_rows(session: ReadSession, query: str) -> list[tuple[str, str]]:
    """The (row, detail) pairs that a rule finds, at most 1000."""
    for setting in _PATIENCE:
        await session.execute(setting)
    rows = (await session.execute(text(query.replace(":", r"\:")))).fetchmany(_MOST_FINDINGS)
    return [(row[0], row[1]) for row in rows]


async def margins(session: ReadSession, back: timedelta) -> tuple[MarginRow, ...]:
    """Every model that made something in the time back from now."""
    rows = await session.execute(_MARGINS, {"back": back})
    return tuple(
        MarginRow(
            ModelKey(row.model_key), row.made, row.free, Kopecks(row.revenue), row.credits, Kopecks(row.cost)
        )
        for row in rows
    )


async def put_run(session: Session, run: AuditRun) -> None:
    """Keeps the outcome of a proof; of two for one moment the later one."""
    values = {
        "finished_at": run.finished_at,
        "took_ms": run.took_ms,
        "findings": run.findings,
        "shown": [[it.rule, it.row, it.detail] for it in run.shown],
        "digest": run.digest,
    }
    statement = insert(AuditRunRow).values(moment=run.moment, **values)
    await session.execute(statement.on_conflict_do_update(index_elements=[AuditRunRow.moment], set_=values))


async def last_run(session: ReadSession) -> AuditRun | None:
    """The newest outcome."""
    statement = select(AuditRunRow).order_by(AuditRunRow.moment.desc()).limit(1)
    row = (await session.execute(statement)).scalar_one_or_none()
    if row is None:
        return None
    shown = tuple(Finding(*it) for it in row.shown)
    return AuditRun(row.moment, row.finished_at, row.took_ms, row.findings, shown, row.digest)


async def put_rehearsal(session: Session, run: RehearsalRun) -> None:
    """Keeps a rehearsal that passed."""
    values = {"finished_at": run.finished_at, "backup_bytes": run.backup_bytes, "took_ms": run.took_ms}
    await session.execute(insert(RehearsalRunRow).values(**values))


async def last_rehearsal(session: ReadSession) -> RehearsalRun | None:
    """The newest one that passed."""
    statement = select(RehearsalRunRow).order_by(RehearsalRunRow.finished_at.desc()).limit(1)
    row = (await session.execute(statement)).scalar_one_or_none()
    return None if row is None else RehearsalRun(row.finished_at, row.backup_bytes, row.took_ms)
