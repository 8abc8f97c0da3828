"""The statements about refunds; each is written with the payment's row locked."""

from datetime import datetime

from sqlalchemy import ColumnElement, Select, case, select
from sqlalchemy.dialects.postgresql import insert

from app.db import ReadSession, Session
from app.money import Kopecks
from app.payments.refund import Refund
from app.payments.states import Method, RefundState
from app.payments.tables import PaymentRow, RefundRow


async def put_refund(session: Session, refund: Refund, moment: datetime) -> Refund:
    """Stores what became of a payment's refund; it comes back with its id. One row a payment."""
    is_asked = refund.state is RefundState.ASKED
    row = insert(RefundRow).values(
        payment_id=refund.payment_id,
        state=refund.state.value,
        actor=refund.actor,
        reason=refund.reason,
        attempt=refund.attempt,
        held_kopecks=refund.held,
        asked_at=moment,
        settled_at=None if is_asked else moment,
        refusal=refund.refusal,
    )
    new = row.excluded
    statement = row.on_conflict_do_update(
        index_elements=[RefundRow.payment_id],
        set_={
            "state": new.state,
            "actor": new.actor,
            "reason": new.reason,
            "attempt": new.attempt,
            "held_kopecks": new.held_kopecks,
            "asked_at": case((new.state == RefundState.ASKED.value, new.asked_at), else_=RefundRow.asked_at),
            "settled_at": new.settled_at,
            "refusal": new.refusal,
        },
    )
    await session.execute(statement)
    stored = (await session.execute(_where(RefundRow.payment_id == refund.payment_id))).scalar_one()
    return _refund(stored)


async def refund_of(session: ReadSession, payment_id: int) -> Refund | None:
    """The refund of a payment, whatever became of it."""
    row = (await session.execute(_where(RefundRow.payment_id == payment_id))).scalar_one_or_none()
    return None if row is None else _refund(row)


async def find_refund(session: ReadSession, refund_id: int) -> Refund | None:
    """The refund with this id."""
    row = (await session.execute(_where(RefundRow.id == refund_id))).scalar_one_or_none()
    return None if row is None else _refund(row)


async def asked_before(session: ReadSession, moment: datetime, limit: int) -> list[int]:
    """The ids of refunds that have waited for their provider since before `moment`, the oldest first."""
    statement = (
        select(RefundRow.id)
        .where(RefundRow.state == RefundState.ASKED.value, RefundRow.asked_at < moment)
        .order_by(RefundRow.asked_at)
        .limit(limit)
    )
    return list((await session.execute(statement)).scalars())


async def returned_charges(session: ReadSession, method: Method, charges: list[str]) -> set[str]:
    """Those of the charges that went back, as far as the books know."""
    statement = (
        select(PaymentRow.charge_id)
        .join(RefundRow, RefundRow.payment_id == PaymentRow.id)
        .where(
            PaymentRow.method == method.value,
            PaymentRow.charge_id.in_(charges),
            RefundRow.state == RefundState.DONE.value,
        )
    )
    return set((await session.execute(statement)).scalars())


def _where(condition: ColumnElement[bool]) -> Select[RefundRow]:
    return select(RefundRow).where(condition).execution_options(populate_existing=True)


def _refund(row: RefundRow) -> Refund:
    return Refund(
        id=row.id,
        payment_id=row.payment_id,
        state=RefundState(row.state),
        actor=row.actor,
        reason=row.reason,
        attempt=row.attempt,
        held=Kopecks(row.held_kopecks),
        refusal=row.refusal,
    )
