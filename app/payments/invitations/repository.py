"""The statements about invite codes and invitations."""

from sqlalchemy import Row, func, select, update
from sqlalchemy.dialects.postgresql import insert

from app.db import ReadSession, Session
from app.money import Kopecks
from app.payments.invitations.entities import Invitation, InviterRecord
from app.payments.invitations.tables import InvitationRow, InviteCodeRow

_INVITATION = (
    InvitationRow.invited_id,
    InvitationRow.inviter_id,
    InvitationRow.bonus_kopecks,
    InvitationRow.taken_back_at.is_not(None),
)


async def code_of(session: ReadSession, user_id: int) -> str | None:
    """What stands in the person's link."""
    statement = select(InviteCodeRow.code).where(InviteCodeRow.user_id == user_id)
    return (await session.execute(statement)).scalar_one_or_none()


async def put_code(session: Session, user_id: int, code: str) -> None:
    """Gives the person this code; whoever has one keeps it."""
    statement = insert(InviteCodeRow).values(user_id=user_id, code=code)
    await session.execute(statement.on_conflict_do_nothing(index_elements=[InviteCodeRow.user_id]))


async def owner_of(session: ReadSession, code: str) -> int | None:
    """Whose link it is."""
    statement = select(InviteCodeRow.user_id).where(InviteCodeRow.code == code)
    return (await session.execute(statement)).scalar_one_or_none()


async def put_invitation(session: Session, *, invited: int, inviter: int) -> bool:
    """Remembers who brought whom; False where somebody did so before."""
    statement = insert(InvitationRow).values(invited_id=invited, inviter_id=inviter)
    once = statement.on_conflict_do_nothing(index_elements=[InvitationRow.invited_id])
    return (await session.execute(once.returning(InvitationRow.invited_id))).first() is not None


async def find(session: ReadSession, invited: int) -> Invitation | None:
    """How the person came."""
    row = (await session.execute(select(*_INVITATION).where(InvitationRow.invited_id == invited))).first()
    return None if row is None else _invitation(row)


async def lock_unpaid(session: Session, invited: int) -> Invitation | None:
    """The person's invitation while they have never paid, its row locked to the end of the unit."""
    statement = (
        select(*_INVITATION)
        .where(InvitationRow.invited_id == invited, InvitationRow.payment_id.is_(None))
        .with_for_update()
    )
    row = (await session.execute(statement)).first()
    return None if row is None else _invitation(row)


async def mark_paid(session: Session, invited: int, payment_id: int, bonus: Kopecks) -> None:
    """The first payment has come, and brought so much."""
    await session.execute(
        update(InvitationRow)
        .where(InvitationRow.invited_id == invited)
        .values(payment_id=payment_id, bonus_kopecks=bonus)
    )


async def mark_taken_back(session: Session, payment_id: int) -> Invitation | None:
    """The payment has gone back; the invitation whose bonus goes with it, None where there is none."""
    statement = (
        update(InvitationRow)
        .where(
            InvitationRow.payment_id == payment_id,
            InvitationRow.bonus_kopecks > 0,
            InvitationRow.taken_back_at.is_(None),
        )
        .values(taken_back_at=func.now())
        .returning(*_INVITATION)
    )
    row = (await session.execute(statement)).first()
    return None if row is None else _invitation(row)


async def record_of(session: ReadSession, inviter: int) -> InviterRecord:
    """What the person's link has brought."""
    kept = InvitationRow.taken_back_at.is_(None)
    statement = select(
        func.count(),
        func.count(InvitationRow.payment_id),
        func.sum(InvitationRow.bonus_kopecks).filter(kept),
    ).where(InvitationRow.inviter_id == inviter)
    came, paid, earned = (await session.execute(statement)).one()
    return InviterRecord(came, paid, Kopecks(int(earned or 0)))


def _invitation(row: Row[int, int, int | None, bool]) -> Invitation:
    invited, inviter, bonus, taken_back = row
    return Invitation(invited, inviter, None if bonus is None else Kopecks(bonus), taken_back)
