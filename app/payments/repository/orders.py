"""The statements about orders."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Select, func, insert, select, update

from app.db import ReadSession, Session
from app.money import Kopecks
from app.payments.order import Order
from app.payments.states import Method, OrderEvent, OrderState, after
from app.payments.tables import OrderRow, PaymentRow, RefundRow


async def insert_order(session: Session, order: Order, event_id: int) -> Order:
    """Stores a new order; the one that comes back carries its id."""
    statement = (
        insert(OrderRow)
        .values(
            event_id=event_id,
            user_id=order.user_id,
            method=order.method.value,
            amount=order.amount,
            credited_kopecks=order.credited,
            rate=order.rate,
            currency=order.currency,
            period_seconds=None if order.period is None else int(order.period.total_seconds()),
            payload=order.payload,
            state=order.state.value,
            created_at=order.created_at,
            expires_at=order.expires_at,
        )
        .returning(OrderRow.id)
    )
    return replace(order, id=(await session.execute(statement)).scalar_one())


async def order_of_event(session: ReadSession, event_id: int) -> Order | None:
    """The order that this event made."""
    return await _order_or_none(session, select(OrderRow).where(OrderRow.event_id == event_id))


async def has_made(session: ReadSession, user_id: int, count: int, *, since: datetime) -> bool:
    """Whether the person made so many orders after that moment."""
    nth = select(OrderRow.created_at).where(OrderRow.user_id == user_id).order_by(OrderRow.id.desc())
    made_at = (await session.execute(nth.offset(count - 1).limit(1))).scalar_one_or_none()
    return made_at is not None and made_at > since


async def find_order(session: ReadSession, payload: str) -> Order | None:
    """The order that carries this payload."""
    return await _order_or_none(session, _by_payload(payload))


async def order_with_id(session: ReadSession, order_id: int) -> Order | None:
    """The order with this id."""
    return await _order_or_none(session, select(OrderRow).where(OrderRow.id == order_id))


async def newest_order(
    session: ReadSession, user_id: int, method: Method, states: Collection[OrderState]
) -> Order | None:
    """The newest order of this person by this method that is in one of these states."""
    statement = (
        select(OrderRow)
        .where(
            OrderRow.user_id == user_id,
            OrderRow.method == method.value,
            OrderRow.state.in_(sorted(state.value for state in states)),
        )
        .order_by(OrderRow.id.desc())
        .limit(1)
    )
    return await _order_or_none(session, statement)


async def lock_order(session: Session, payload: str) -> Order | None:
    """The order that carries this payload, its row locked to the end of the unit."""
    return await _order_or_none(session, _by_payload(payload).with_for_update())


async def lock_order_with_id(session: Session, order_id: int) -> Order | None:
    """The order with this id, its row locked to the end of the unit."""
    statement = select(OrderRow).where(OrderRow.id == order_id).with_for_update()
    return await _order_or_none(session, statement)


async def move(session: Session, order: Order, event: OrderEvent, moment: datetime) -> Order:
    """Writes where the event leads a locked order; nothing where it leads nowhere."""
    state = after(order.state, event)
    if state is order.state:
        return order
    paid_at = moment if state is OrderState.PAID else order.paid_at
    await session.execute(
        update(OrderRow)
        .where(OrderRow.id == order.id)
        .values(state=state.value, paid_at=paid_at)
        .execution_options(synchronize_session=False)
    )
    return replace(order, state=state, paid_at=paid_at)


async def expire(session: Session, moment: datetime, limit: int) -> int:
    """Marks up to `limit` open orders whose time is over; returns how many. Rows in use wait for the next time."""
    overdue = (
        select(OrderRow.id)
        .where(OrderRow.state == OrderState.OPEN.value, OrderRow.expires_at <= moment)
        .order_by(OrderRow.expires_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    found = (await session.execute(overdue)).scalars().all()
    state = after(OrderState.OPEN, OrderEvent.EXPIRE)
    await session.execute(
        update(OrderRow)
        .where(OrderRow.id.in_(found))
        .values(state=state.value)
        .execution_options(synchronize_session=False)
    )
    return len(found)


async def has_unrefunded_payment(session: ReadSession, order_id: int) -> bool:
    """Whether money that came in for the order is still here."""
    went_back = select(RefundRow.payment_id).where(RefundRow.state == "done")
    statement = (
        select(func.count())
        .select_from(PaymentRow)
        .where(PaymentRow.order_id == order_id, PaymentRow.id.not_in(went_back))
    )
    return (await session.execute(statement)).scalar_one() > 0


def _by_payload(payload: str) -> Select[OrderRow]:
    return select(OrderRow).where(OrderRow.payload == payload)


async def _order_or_none(session: ReadSession, statement: Select[OrderRow]) -> Order | None:
    row = (await session.execute(statement.execution_options(populate_existing=True))).scalar_one_or_none()
    return None if row is None else _order(row)


def _order(row: OrderRow) -> Order:
    return Order(
        id=row.id,
        user_id=row.user_id,
        method=Method(row.method),
        amount=row.amount,
        credited=Kopecks(row.credited_kopecks),
        rate=row.rate,
        currency=row.currency,
        period=None if row.period_seconds is None else timedelta(seconds=row.period_seconds),
        payload=row.payload,
        state=OrderState(row.state),
        created_at=row.created_at,
        expires_at=row.expires_at,
        paid_at=row.paid_at,
    )
