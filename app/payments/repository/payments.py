"""The statements about payments."""

from datetime import datetime

from sqlalchemy import Select, func, select, update
from sqlalchemy.dialects.postgresql import insert

from app.db import ReadSession, Session
from app.money import Kopecks
from app.payments.order import Arrival, Payment
from app.payments.rules import Ruling
from app.payments.states import Method, Mismatch, Outcome
from app.payments.tables import PaymentRow

_STRANGE = (PaymentRow.mismatch.is_not(None), PaymentRow.reviewed_at.is_(None))


async def put_payment(session: Session, told: Arrival, ruled: Ruling, moment: datetime) -> Payment:
    """Stores what came in, once per charge: a charge that is known comes back as it was booked."""
    statement = (
        insert(PaymentRow)
        .values(
            method=told.method.value,
            charge_id=told.charge_id,
            order_id=None if ruled.order is None else ruled.order.id,
            user_id=ruled.user_id,
            currency=told.currency,
            total_amount=told.amount,
            payload=told.payload,
            outcome=ruled.outcome.value,
            mismatch=ruled.mismatch.value if ruled.mismatch else None,
            booked_kopecks=ruled.booked,
            received_at=moment,
        )
        .on_conflict_do_nothing(index_elements=[PaymentRow.method, PaymentRow.charge_id])
        .returning(PaymentRow.id)
    )
    is_new = (await session.execute(statement)).first() is not None
    row = (await session.execute(_of_charge(told.method, told.charge_id))).scalar_one()
    return _payment(row, is_new=is_new)


async def find_payment(session: ReadSession, payment_id: int) -> Payment | None:
    """The payment with this id."""
    return await _payment_or_none(session, select(PaymentRow).where(PaymentRow.id == payment_id))


async def lock_payment(session: Session, payment_id: int) -> Payment | None:
    """The same, its row locked to the end of the unit."""
    statement = select(PaymentRow).where(PaymentRow.id == payment_id).with_for_update()
    return await _payment_or_none(session, statement)


async def lock_charge(session: Session, method: Method, charge_id: str) -> Payment | None:
    """The payment of a charge, its row locked to the end of the unit."""
    return await _payment_or_none(session, _of_charge(method, charge_id).with_for_update())


async def payments_of(session: ReadSession, user_id: int, limit: int) -> list[Payment]:
    """A person's payments, the newest first."""
    statement = select(PaymentRow).where(PaymentRow.user_id == user_id)
    return await _payments(session, statement.order_by(PaymentRow.id.desc()).limit(limit))


async def strange_payments(session: ReadSession, limit: int) -> list[Payment]:
    """Those that fit no order and that nobody has looked at, the oldest first."""
    statement = select(PaymentRow).where(*_STRANGE)
    return await _payments(session, statement.order_by(PaymentRow.id).limit(limit))


async def count_strange(session: ReadSession) -> int:
    """How many of them there are."""
    statement = select(func.count()).select_from(PaymentRow).where(*_STRANGE)
    return int((await session.execute(statement)).scalar_one())


async def known_charges(session: ReadSession, method: Method, charges: list[str]) -> set[str]:
    """Those of the charges that were booked."""
    statement = select(PaymentRow.charge_id).where(
        PaymentRow.method == method.value, PaymentRow.charge_id.in_(charges)
    )
    return set((await session.execute(statement)).scalars())


async def charges_before(session: ReadSession, method: Method, moment: datetime) -> set[str]:
    """Every charge of the method that was booked before `moment`."""
    statement = select(PaymentRow.charge_id).where(
        PaymentRow.method == method.value, PaymentRow.received_at < moment
    )
    return set((await session.execute(statement)).scalars())


async def mark_reviewed(session: Session, payment_id: int, actor: str, moment: datetime) -> None:
    """An operator has looked at it."""
    await _change(session, payment_id, reviewed_at=moment, reviewed_by=actor)


async def assign(session: Session, payment_id: int, user_id: int) -> None:
    """Suspended money has found its person."""
    await _change(session, payment_id, outcome=Outcome.CREDITED.value, user_id=user_id)


async def _change(session: Session, payment_id: int, **values: object) -> None:
    await session.execute(
        update(PaymentRow)
        .where(PaymentRow.id == payment_id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )


def _of_charge(method: Method, charge_id: str) -> Select[PaymentRow]:
    return select(PaymentRow).where(PaymentRow.method == method.value, PaymentRow.charge_id == charge_id)


async def _payment_or_none(session: ReadSession, statement: Select[PaymentRow]) -> Payment | None:
    row = (await session.execute(statement.execution_options(populate_existing=True))).scalar_one_or_none()
    return None if row is None else _payment(row, is_new=False)


async def _payments(session: ReadSession, statement: Select[PaymentRow]) -> list[Payment]:
    rows = (await session.execute(statement)).scalars().all()
    return [_payment(row, is_new=False) for row in rows]


def _payment(row: PaymentRow, *, is_new: bool) -> Payment:
    return Payment(
        id=row.id,
        method=Method(row.method),
        charge_id=row.charge_id,
        user_id=row.user_id,
        order_id=row.order_id,
        currency=row.currency,
        amount=row.total_amount,
        outcome=Outcome(row.outcome),
        mismatch=None if row.mismatch is None else Mismatch(row.mismatch),
        booked=Kopecks(row.booked_kopecks),
        payload=row.payload,
        received_at=row.received_at,
        reviewed_by=row.reviewed_by,
        is_new=is_new,
    )
