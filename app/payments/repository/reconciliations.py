"""The statements about how far a provider's list was read."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from app.db import ReadSession, Session
from app.payments.states import Method
from app.payments.tables import ReconciliationRow


async def lines_read(session: ReadSession, method: Method) -> int:
    """How many lines need not be read again before the next whole reading."""
    statement = select(ReconciliationRow.lines).where(ReconciliationRow.method == method.value)
    return (await session.execute(statement)).scalar_one_or_none() or 0


async def remember(session: Session, method: Method, lines: int, moment: datetime, *, whole: bool) -> None:
    """The list was read up to `lines`, from its first line if `whole`."""
    row = insert(ReconciliationRow).values(
        method=method.value, lines=lines, read_at=moment, read_whole_at=moment if whole else None
    )
    new = row.excluded
    await session.execute(
        row.on_conflict_do_update(
            index_elements=[ReconciliationRow.method],
            set_={
                "lines": new.lines,
                "read_at": new.read_at,
                "read_whole_at": func.coalesce(new.read_whole_at, ReconciliationRow.read_whole_at),
            },
        )
    )
