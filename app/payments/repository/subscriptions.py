"""The statements about subscriptions."""

from datetime import datetime

from sqlalchemy import case, func, select, update
from sqlalchemy.dialects.postgresql import insert

from app.db import ReadSession, Session
from app.money import Kopecks, Stars
from app.payments.order import Order
from app.payments.states import RenewalState
from app.payments.subscription import Subscription
from app.payments.tables import OrderRow, SubscriptionRow

_WITH_ORDER = select(SubscriptionRow, OrderRow.amount, OrderRow.credited_kopecks).join(
    OrderRow, OrderRow.id == SubscriptionRow.order_id
)


async def extend(session: Session, order: Order, charge_id: str, paid_until: datetime, now: datetime) -> None:
    """A charge was paid: the first one makes the subscription and names it, each one moves its end."""
    row = insert(SubscriptionRow).values(
        order_id=order.id,
        user_id=order.user_id,
        charge_id=charge_id,
        paid_until=paid_until,
        renewal=RenewalState.ACTIVE.value,
        changed_at=now,
    )
    new = row.excluded
    is_later = new.paid_until > SubscriptionRow.paid_until
    later_renewal = case((is_later, new.renewal), else_=SubscriptionRow.renewal)
    # Told late, the first charge is the one with the earliest end.
    first_charge = case((is_later, SubscriptionRow.charge_id), else_=new.charge_id)
    await session.execute(
        row.on_conflict_do_update(
            index_elements=[SubscriptionRow.order_id],
            set_={
                "charge_id": first_charge,
                "paid_until": func.greatest(new.paid_until, SubscriptionRow.paid_until),
                "renewal": later_renewal,
                "changed_at": new.changed_at,
            },
        )
    )


async def set_renewal(session: Session, order_id: int, renewal: RenewalState, now: datetime) -> None:
    """Whether it will be paid again."""
    await session.execute(
        update(SubscriptionRow)
        .where(SubscriptionRow.order_id == order_id)
        .values(renewal=renewal.value, changed_at=now)
        .execution_options(synchronize_session=False)
    )


async def is_renewed(session: ReadSession, order_id: int, now: datetime) -> bool:
    """Whether the subscription of this order is paid for now and will be paid again."""
    statement = select(SubscriptionRow.order_id).where(
        SubscriptionRow.order_id == order_id,
        SubscriptionRow.renewal == RenewalState.ACTIVE.value,
        SubscriptionRow.paid_until > now,
    )
    return (await session.execute(statement)).first() is not None


async def find(session: ReadSession, order_id: int) -> Subscription | None:
    """The subscription of this order."""
    found = (await session.execute(_WITH_ORDER.where(SubscriptionRow.order_id == order_id))).first()
    return None if found is None else _subscription(*found)


async def running(session: ReadSession, user_id: int, now: datetime) -> Subscription | None:
    """The subscription of a person that is paid for now; of several one that will be renewed, then the longest."""
    is_active = SubscriptionRow.renewal == RenewalState.ACTIVE.value
    statement = (
        _WITH_ORDER.where(SubscriptionRow.user_id == user_id, SubscriptionRow.paid_until > now)
        .order_by(is_active.desc(), SubscriptionRow.paid_until.desc())
        .limit(1)
    )
    found = (await session.execute(statement)).first()
    return None if found is None else _subscription(*found)


def _subscription(row: SubscriptionRow, stars: int, credited: int) -> Subscription:
    return Subscription(
        order_id=row.order_id,
        user_id=row.user_id,
        charge_id=row.charge_id,
        stars=Stars(stars),
        credited=Kopecks(credited),
        paid_until=row.paid_until,
        renewal=RenewalState(row.renewal),
    )
