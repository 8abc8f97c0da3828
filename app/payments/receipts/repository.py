"""The statements about receipts."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, func, insert, or_, select, text, update

from app.db import ReadSession, Session
from app.money import Kopecks
from app.payments.receipts.fingerprint import look_alike
from app.payments.receipts.receipt import Decision, Fingerprint, Receipt, ReceiptFile, Twin
from app.payments.receipts.states import DECIDABLE, UNDECIDED, FileKind, ReceiptState
from app.payments.receipts.tables import ReceiptRow

# Any number serves, as long as everybody who compares fingerprints takes the same.
_FINGERPRINTS_LOCK = text("SELECT pg_advisory_xact_lock(7318002454)")
_MOST_COMPARED = 20_000


async def insert_receipt(session: Session, receipt: Receipt, event_id: int) -> int:
    """Stores a new receipt of an order without an undecided one; its id."""
    statement = (
        insert(ReceiptRow)
        .values(
            event_id=event_id,
            order_id=receipt.order_id,
            user_id=receipt.user_id,
            file_id=receipt.file.file_id,
            unique_id=receipt.file.unique_id,
            kind=receipt.file.kind.value,
            size=receipt.file.size,
            asked_kopecks=receipt.asked,
            code=receipt.code,
            state=receipt.state.value,
            received_at=receipt.received_at,
        )
        .returning(ReceiptRow.id)
    )
    return int((await session.execute(statement)).scalar_one())


async def find(session: ReadSession, receipt_id: int) -> Receipt | None:
    """As it is now."""
    return await _one(session, receipt_id, locked=False)


async def lock(session: Session, receipt_id: int) -> Receipt | None:
    """The same, with the row locked to the end of the unit."""
    return await _one(session, receipt_id, locked=True)


async def list_decidable(session: ReadSession, limit: int) -> tuple[Receipt, ...]:
    """What waits for an operator, the oldest first."""
    statement = select(ReceiptRow).where(_in(DECIDABLE)).order_by(ReceiptRow.id).limit(limit)
    return tuple(_receipt(row) for row in (await session.execute(statement)).scalars())


async def count_decidable(session: ReadSession) -> int:
    """How many wait for an operator."""
    statement = select(func.count()).select_from(ReceiptRow).where(_in(DECIDABLE))
    return int((await session.execute(statement)).scalar_one())


async def count_since(session: ReadSession, user_id: int, moment: datetime) -> int:
    """How many receipts this person sent since then."""
    statement = (
        select(func.count())
        .select_from(ReceiptRow)
        .where(ReceiptRow.user_id == user_id, ReceiptRow.received_at > moment)
    )
    return int((await session.execute(statement)).scalar_one())


async def lock_fingerprints(session: Session) -> None:
    """Fingerprints are compared and stored one after the other, so of two copies the later one is known as such."""
    await session.execute(_FINGERPRINTS_LOCK)


async def find_twin(session: ReadSession, receipt_id: int, known_by: Fingerprint) -> Twin | None:
    """The oldest earlier receipt with the same bytes, else the newest one that looks the same."""
    same = (
        select(ReceiptRow.id)
        .where(ReceiptRow.digest == known_by.digest, ReceiptRow.id != receipt_id)
        .order_by(ReceiptRow.id)
        .limit(1)
    )
    exact = (await session.execute(same)).scalar()
    if exact is not None:
        return Twin(exact, exact=True)
    if known_by.likeness is None:
        return None
    pictures = (
        select(ReceiptRow.id, ReceiptRow.likeness)
        .where(ReceiptRow.likeness.is_not(None), ReceiptRow.id != receipt_id)
        .order_by(ReceiptRow.id.desc())
        .limit(_MOST_COMPARED)
    )
    for row in await session.execute(pictures):
        if look_alike(row.likeness, known_by.likeness):
            return Twin(row.id, exact=False)
    return None


async def mark_read(
    session: Session, receipt_id: int, known_by: Fingerprint | None, twin: Twin | None, moment: datetime
) -> None:
    """Operators may decide from now on; without a fingerprint the file could not be had."""
    await _set(
        session,
        receipt_id,
        state=ReceiptState.WAITING.value,
        read_at=None if known_by is None else moment,
        digest=None if known_by is None else known_by.digest,
        likeness=None if known_by is None else known_by.likeness,
        twin_id=None if twin is None else twin.receipt_id,
        twin_exact=None if twin is None else twin.exact,
    )


async def mark_seconded(session: Session, decision: Decision, moment: datetime) -> None:
    """One of two has approved."""
    await _set(
        session,
        decision.receipt_id,
        state=ReceiptState.SECONDED.value,
        first_by=decision.operator_id,
        first_at=moment,
        first_amount_kopecks=decision.amount,
    )


async def mark_approved(session: Session, decision: Decision, moment: datetime) -> None:
    """Credited."""
    await _set(
        session,
        decision.receipt_id,
        state=ReceiptState.APPROVED.value,
        decided_by=decision.operator_id,
        decided_at=moment,
        amount_kopecks=decision.amount,
    )


async def mark_rejected(
    session: Session, receipt_id: int, operator_id: int, reason: str, moment: datetime
) -> None:
    """Not credited."""
    await _set(
        session,
        receipt_id,
        state=ReceiptState.REJECTED.value,
        decided_by=operator_id,
        decided_at=moment,
        reason=reason,
    )


async def is_credited(session: ReadSession, receipt_id: int) -> bool:
    """Whether another receipt with the very same bytes was credited."""
    own = select(ReceiptRow.digest).where(ReceiptRow.id == receipt_id).scalar_subquery()
    statement = select(ReceiptRow.id).where(
        ReceiptRow.digest == own,
        ReceiptRow.id != receipt_id,
        ReceiptRow.state == ReceiptState.APPROVED.value,
    )
    return (await session.execute(statement.limit(1))).first() is not None


async def list_unread(session: ReadSession, before: datetime) -> tuple[int, ...]:
    """Receipts that came before this moment and whose file was not read."""
    statement = select(ReceiptRow.id).where(
        ReceiptRow.state == ReceiptState.RECEIVED.value, ReceiptRow.received_at < before
    )
    return tuple((await session.execute(statement.order_by(ReceiptRow.id))).scalars())


async def escalate(session: Session, before: datetime, again: datetime, moment: datetime) -> tuple[int, ...]:
    """Marks what came before `before` and was not pressed for since `again`; the ids."""
    statement = (
        update(ReceiptRow)
        .where(
            _in(DECIDABLE),
            ReceiptRow.received_at < before,
            or_(ReceiptRow.escalated_at.is_(None), ReceiptRow.escalated_at < again),
        )
        .values(escalated_at=moment)
        .returning(ReceiptRow.id)
    )
    return tuple((await session.execute(statement)).scalars())


async def has_undecided(session: ReadSession, order_id: int) -> bool:
    """Whether a receipt of this order waits for a decision."""
    statement = select(ReceiptRow.id).where(ReceiptRow.order_id == order_id, _in(UNDECIDED)).limit(1)
    return (await session.execute(statement)).first() is not None


def _in(states: Collection[ReceiptState]) -> ColumnElement[bool]:
    return ReceiptRow.state.in_(sorted(state.value for state in states))


async def _set(session: Session, receipt_id: int, **values: object) -> None:
    await session.execute(
        update(ReceiptRow)
        .where(ReceiptRow.id == receipt_id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )


async def _one(session: ReadSession, receipt_id: int, *, locked: bool) -> Receipt | None:
    statement = select(ReceiptRow).where(ReceiptRow.id == receipt_id)
    if locked:
        statement = statement.with_for_update()
    fresh = statement.execution_options(populate_existing=True)
    row = (await session.execute(fresh)).scalar_one_or_none()
    return None if row is None else _receipt(row)


def _receipt(row: ReceiptRow) -> Receipt:
    return Receipt(
        id=row.id,
        order_id=row.order_id,
        user_id=row.user_id,
        file=ReceiptFile(row.file_id, row.unique_id, FileKind(row.kind), row.size),
        asked=Kopecks(row.asked_kopecks),
        code=row.code,
        state=ReceiptState(row.state),
        received_at=row.received_at,
        was_read=row.read_at is not None,
        twin=None if row.twin_id is None else Twin(row.twin_id, exact=bool(row.twin_exact)),
        first_by=row.first_by,
        first_at=row.first_at,
        first_amount=None if row.first_amount_kopecks is None else Kopecks(row.first_amount_kopecks),
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        amount=None if row.amount_kopecks is None else Kopecks(row.amount_kopecks),
        reason=row.reason,
    )
