"""The statements about models off sale."""

from collections.abc import Sequence

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from app.catalogue import ModelKey
from app.db import ReadSession, Session
from app.money import Credits, Kopecks
from app.offers.suspensions.entities import CostChange, Suspension
from app.offers.suspensions.tables import SuspensionRow


async def insert(session: Session, key: ModelKey, name: str, change: CostChange | None) -> bool:
    """False where the model is off sale already: then nothing changes."""
    numbers = (
        {}
        if change is None
        else {
            "asked": change.asked,
            "cost": change.cost,
            "price_kopecks": change.price_kopecks,
            "cost_kopecks": change.cost_kopecks,
            "said": change.said,
        }
    )
    statement = (
        upsert(SuspensionRow)
        .values(model_key=key, name=name, what="" if change is None else change.what, **numbers)
        .on_conflict_do_nothing(
            index_elements=[SuspensionRow.model_key], index_where=SuspensionRow.ended_at.is_(None)
        )
        .returning(SuspensionRow.id)
    )
    return (await session.execute(statement)).scalar_one_or_none() is not None


async def end(session: Session, key: ModelKey, *, by_staff: bool) -> bool:
    """False where the model was not off sale."""
    statement = (
        update(SuspensionRow)
        .where(SuspensionRow.model_key == key, SuspensionRow.ended_at.is_(None))
        .values(ended_at=func.clock_timestamp(), ended_by_staff=by_staff)
        .returning(SuspensionRow.id)
    )
    return (await session.execute(statement)).scalar_one_or_none() is not None


async def current(session: ReadSession) -> Sequence[Suspension]:
    """What is off sale now, the newest first."""
    statement = (
        select(SuspensionRow).where(SuspensionRow.ended_at.is_(None)).order_by(SuspensionRow.id.desc())
    )
    return [_suspension(row) for row in (await session.execute(statement)).scalars()]


def _suspension(row: SuspensionRow) -> Suspension:
    return Suspension(row.id, ModelKey(row.model_key), row.name, row.begun_at, _change(row))


def _change(row: SuspensionRow) -> CostChange | None:
    if row.asked is None or row.cost is None or row.said is None:
        return None
    return CostChange(
        what=row.what,
        asked=Credits(row.asked),
        cost=Credits(row.cost),
        price_kopecks=Kopecks(row.price_kopecks or 0),
        cost_kopecks=Kopecks(row.cost_kopecks or 0),
        said=row.said,
    )
