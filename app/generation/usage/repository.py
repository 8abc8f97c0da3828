"""The statements over many generations of a model, by the database's clock."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select

from app.catalogue import ModelKey
from app.db import ReadSession
from app.generation.states import MADE, State
from app.generation.tables import GenerationRow

_ROW = GenerationRow
_NOW = func.clock_timestamp()


@dataclass(frozen=True, slots=True)
class ModelUse:
    """How often a model was used in a stretch of time: `made` came to a good end, `newest` is the last id."""

    model_key: ModelKey
    uses: int
    made: int
    newest: int


@dataclass(frozen=True, slots=True)
class DeliveryTimes:
    """Seconds from the tap to the result of so many deliveries: half took at most `median`, nine of ten `ninth`."""

    deliveries: int
    median: float
    ninth: float


async def list_uses(session: ReadSession, *, days: int, user_id: int | None = None) -> tuple[ModelUse, ...]:
    """Every model used in the last `days` days, by everybody or by one person, in no order."""
    made = [state.value for state in MADE]
    statement = (
        select(
            _ROW.model_key,
            func.count(),
            func.count().filter(_ROW.state.in_(made)),
            func.max(_ROW.id),
        )
        .where(_ROW.created_at > _NOW - timedelta(days=days))
        .group_by(_ROW.model_key)
    )
    if user_id is not None:
        statement = statement.where(_ROW.user_id == user_id)
    found = await session.execute(statement)
    return tuple(ModelUse(ModelKey(key), uses, made, newest) for key, uses, made, newest in found)


async def delivery_times(
    session: ReadSession, model_key: ModelKey, *, days: int, limit: int
) -> DeliveryTimes:
    """How long the model's last deliveries took, at most `limit` of them."""
    latest = (
        select(func.extract("epoch", _ROW.state_at - _ROW.created_at).label("seconds"))
        .where(
            _ROW.model_key == model_key,
            _ROW.state == State.DELIVERED.value,
            _ROW.state_at > _NOW - timedelta(days=days),
        )
        .order_by(_ROW.state_at.desc())
        .limit(limit)
        .subquery()
    )
    shares = [func.percentile_disc(share).within_group(latest.c.seconds) for share in (0.5, 0.9)]
    count, median, ninth = (await session.execute(select(func.count(), *shares).select_from(latest))).one()
    return DeliveryTimes(count, float(median or 0), float(ninth or 0))
