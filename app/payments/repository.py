"""The statements about orders and payments."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Select, select, update
from sqlalchemy.dialects.postgresql import insert

from app.db import ReadSession, Session
from app.money import Kopecks, Stars
from app.payments.order import Booking, Order, Payment, SuccessfulPayment
from app.payments.states import Method, Mismatch, OrderState, Outcome
from app.payments.tables import OrderRow, PaymentRow


async def insert_order(session: Session, order: Order, event_id: int) -> Order | None:
    """Stores a new order; the one that comes back carries its id. None when the event already made one."""
    statement = (
        insert(OrderRow)
        .values(
            event_id=event_id,
            user_id=order.user_id,
            method=order.method.value,
            amount_stars=order.stars,
            credited_kopecks=order.credited,
            star_rub=order.star_rub,
            currency=order.currency,
            payload=order.payload,
            state=order.state.value,
            created_at=order.created_at,
            expires_at=order.expires_at,
        )
        .on_conflict_do_nothing(index_elements=[OrderRow.event_id])
        .returning(OrderRow.id)
    )
    order_id = (await session.execute(statement)).scalar_one_or_none()
    return None if order_id is None else replace(order, id=order_id)


async def order_of_event(session: ReadSession, event_id: int) -> Order:
    """The order that this event made."""
    row = (await session.execute(select(OrderRow).where(OrderRow.event_id == event_id))).scalar_one()
    return _order(row)


async def find_order(session: ReadSession, payload: str) -> Order | None:
    """The order that carries this payload."""
    return await _order_or_none(session, _by_payload(payload))


async def lock_order(session: Session, payload: str) -> Order | None:
    """The same, with the row locked to the end of the unit."""
    return await _order_or_none(session, _by_payload(payload).with_for_update())


async def mark_paid(session: Session, order_id: int, moment: datetime) -> None:
    """Moves the order to paid."""
    await session.execute(
        update(OrderRow)
        .where(OrderRow.id == order_id)
        .values(state=OrderState.PAID.value, paid_at=moment)
        .execution_options(synchronize_session=False)
    )


async def put_payment(session: Session, told: SuccessfulPayment, booking: Booking) -> Payment:
    """Stores what came in, once per charge: a charge that is known comes back as it was booked."""
    statement = (
        insert(PaymentRow)
        .values(
            method=Method.STARS.value,
            charge_id=told.charge_id,
            order_id=booking.order_id,
            user_id=told.user_id,
            currency=told.currency,
            total_amount=told.total_amount,
            payload=told.payload,
            outcome=booking.outcome.value,
            mismatch=booking.mismatch.value if booking.mismatch else None,
            booked_kopecks=booking.booked,
            received_at=booking.moment,
        )
        .on_conflict_do_nothing(index_elements=[PaymentRow.method, PaymentRow.charge_id])
        .returning(PaymentRow.id)
    )
    is_new = (await session.execute(statement)).first() is not None
    of_charge = select(PaymentRow).where(
        PaymentRow.method == Method.STARS.value, PaymentRow.charge_id == told.charge_id
    )
    return _payment((await session.execute(of_charge)).scalar_one(), is_new=is_new)


def _by_payload(payload: str) -> Select[OrderRow]:
    return select(OrderRow).where(OrderRow.payload == payload)


async def _order_or_none(session: ReadSession, statement: Select[OrderRow]) -> Order | None:
    row = (await session.execute(statement)).scalar_one_or_none()
    return None if row is None else _order(row)


def _order(row: OrderRow) -> Order:
    return Order(
        id=row.id,
        user_id=row.user_id,
        method=Method(row.method),
        stars=Stars(row.amount_stars),
        credited=Kopecks(row.credited_kopecks),
        star_rub=row.star_rub,
        currency=row.currency,
        payload=row.payload,
        state=OrderState(row.state),
        created_at=row.created_at,
        expires_at=row.expires_at,
        paid_at=row.paid_at,
    )


def _payment(row: PaymentRow, *, is_new: bool) -> Payment:
    return Payment(
        id=row.id,
        charge_id=row.charge_id,
        user_id=row.user_id,
        order_id=row.order_id,
        outcome=Outcome(row.outcome),
        mismatch=None if row.mismatch is None else Mismatch(row.mismatch),
        booked=Kopecks(row.booked_kopecks),
        is_new=is_new,
    )
