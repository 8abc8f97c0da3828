"""The statements about improvements. Every time is the database's own; days are those of the zone handed in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TypedDict, Unpack

from sqlalchemy import ColumnElement, Row, func, insert, select, text, update

from app.catalogue import ModelKey
from app.db import Epoch, ReadSession, Session
from app.generation.improving.entities import Improvement, ImprovementWish
from app.generation.improving.states import MOVES, WORKED_ON, ImprovementState
from app.generation.improving.tables import ImprovementRow
from app.generation.states import FailureClass
from app.money import Credits, Kopecks

_ROW = ImprovementRow
_NOW: ColumnElement[datetime] = func.clock_timestamp()
_PICTURE = (*_ROW.__table__.c, (func.coalesce(_ROW.next_check_at, _NOW) <= _NOW).label("is_due"))

_KEPT = 50
"""Of one draft, so many are looked at."""

# What the provider spoilt is forgiven, three times a day; what was dropped before it was asked, too.
_USED = text("""
    SELECT count(i.*) - least(count(i.*) FILTER (WHERE i.spoilt), :forgiven) AS used, p.next_day
    FROM periods(:zone) p
    LEFT JOIN LATERAL (
        SELECT s.id, s.state = 'failed' AND s.failure NOT IN ('content_policy', 'bad_input')
            OR s.state = 'dropped' AND s.cost_credits = 0 AS spoilt
        FROM improvement s
        WHERE s.user_id = :user_id AND s.price_kopecks = 0 AND s.created_at >= p.day
    ) i ON true
    GROUP BY p.next_day
""")


@dataclass(frozen=True)
class NewImprovement:
    """What one is made of beside the wish."""

    wish: ImprovementWish
    language: str
    model_key: ModelKey
    parameter: str
    before: str
    credits: Credits
    usd_rub: Decimal


class Ended(TypedDict, total=False):
    """Columns that an end sets."""

    improved: str
    failure: FailureClass
    cost_credits: Decimal
    revision: int


async def insert_improvement(session: Session, new: NewImprovement, epoch: Epoch) -> Improvement:
    """Stores one in ASKED, due at once."""
    wish = new.wish
    statement = insert(_ROW).values(
        user_id=wish.user_id,
        chat_id=wish.chat_id,
        draft_id=wish.draft_id,
        revision=wish.revision,
        language=new.language,
        model_key=new.model_key,
        parameter=new.parameter,
        original=new.before,
        state=ImprovementState.ASKED.value,
        price_kopecks=wish.price,
        credits=new.credits,
        usd_rub=new.usd_rub,
        epoch=epoch,
        next_check_at=_NOW,
    )
    return _improvement((await session.execute(statement.returning(*_PICTURE))).one())


async def find_own(session: ReadSession, user_id: int, improvement_id: int) -> Improvement | None:
    """As it is now, if it is this person's."""
    statement = select(*_PICTURE).where(_ROW.id == improvement_id, _ROW.user_id == user_id)
    row = (await session.execute(statement)).one_or_none()
    return None if row is None else _improvement(row)


async def lock(session: Session, improvement_id: int) -> Improvement | None:
    """As it is now, and alone with it until the unit ends."""
    statement = select(*_PICTURE).where(_ROW.id == improvement_id).with_for_update()
    row = (await session.execute(statement)).one_or_none()
    return None if row is None else _improvement(row)


async def of_draft(session: ReadSession, draft_id: int) -> tuple[Improvement, ...]:
    """The newest first."""
    statement = select(*_PICTURE).where(_ROW.draft_id == draft_id).order_by(_ROW.id.desc()).limit(_KEPT)
    return tuple(_improvement(row) for row in await session.execute(statement))


async def is_busy(session: ReadSession, user_id: int) -> bool:
    """Whether one of this person's is worked on."""
    worked_on = [it.value for it in WORKED_ON]
    statement = select(_ROW.id).where(_ROW.user_id == user_id, _ROW.state.in_(worked_on))
    return (await session.execute(statement)).first() is not None


async def used_today(session: ReadSession, user_id: int, *, zone: str, forgiven: int) -> tuple[int, datetime]:
    """How many for nothing a person had today, and when the next day begins."""
    values = {"user_id": user_id, "zone": zone, "forgiven": forgiven}
    row = (await session.execute(_USED, values)).one()
    return int(row.used), row.next_day


async def draw_for(session: Session, improvement: Improvement, revision: int) -> Improvement:
    """Its screen is drawn for this revision of the draft from now on."""
    return await _change(session, improvement, revision=revision)


async def claim(session: Session, improvement: Improvement, epoch: Epoch, *, seconds: float) -> Improvement:
    """ASKED → CALLING by this reign, for so long."""
    return await _change(
        session,
        improvement,
        state=_moved(improvement, ImprovementState.CALLING),
        epoch=epoch,
        state_at=_NOW,
        next_check_at=_NOW + timedelta(seconds=seconds),
    )


async def end(
    session: Session, improvement: Improvement, to: ImprovementState, **ended: Unpack[Ended]
) -> Improvement:
    """To one of the ends; it stays due until the person has seen it."""
    return await _change(
        session, improvement, state=_moved(improvement, to), state_at=_NOW, next_check_at=_NOW, **ended
    )


async def rest(session: Session, improvement_id: int) -> None:
    """Nobody has to look at it any more."""
    await session.execute(update(_ROW).where(_ROW.id == improvement_id).values(next_check_at=None))


async def sweep(session: Session, *, overdue: float, again: float) -> list[int]:
    """The ids of what has been due for so many seconds; they count as due only after `again` more."""
    statement = (
        update(_ROW)
        .where(_ROW.next_check_at < _NOW - timedelta(seconds=overdue))
        .values(next_check_at=_NOW + timedelta(seconds=again))
        .returning(_ROW.id)
    )
    return sorted((await session.execute(statement)).scalars())


def _moved(improvement: Improvement, to: ImprovementState) -> str:
    if to not in MOVES[improvement.state]:
        raise ValueError(f"{improvement.state} does not lead to {to}")
    return to.value


async def _change(session: Session, improvement: Improvement, **values: object) -> Improvement:
    statement = update(_ROW).where(_ROW.id == improvement.id).values(**values).returning(*_PICTURE)
    return _improvement((await session.execute(statement)).one())


def _improvement(row: Row[tuple[object, ...]]) -> Improvement:
    return Improvement(
        id=row.id,
        user_id=row.user_id,
        chat_id=row.chat_id,
        draft_id=row.draft_id,
        revision=row.revision,
        language=row.language,
        model_key=ModelKey(row.model_key),
        parameter=row.parameter,
        before=row.original,
        state=ImprovementState(row.state),
        price=Kopecks(row.price_kopecks),
        credits=Credits(row.credits),
        usd_rub=row.usd_rub,
        epoch=row.epoch,
        is_due=row.is_due,
        after=row.improved,
        failure=FailureClass(row.failure) if row.failure else None,
        cost=row.cost_credits,
    )
