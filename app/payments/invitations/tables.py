"""Rows of invite codes and of invitations."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, func
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class InviteCodeRow(Base):
    """What stands in a person's link; one row a person who has looked at it."""

    __tablename__ = "invite_code"
    __table_args__ = (CheckConstraint("code ~ '^[a-z0-9]{12}$'", name="code"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, autoincrement=False)
    code: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class InvitationRow(Base):
    """Who came by whose link; `payment_id` and `bonus_kopecks` tell of the first payment of whoever came."""

    __tablename__ = "invitation"
    __table_args__ = (
        CheckConstraint("inviter_id <> invited_id", name="inviter_id"),
        CheckConstraint("(payment_id IS NULL) = (bonus_kopecks IS NULL)", name="paid"),
        CheckConstraint("bonus_kopecks >= 0", name="bonus_kopecks"),
        CheckConstraint("taken_back_at IS NULL OR bonus_kopecks > 0", name="taken_back_at"),
        Index("ix_invitation_inviter_id", "inviter_id"),
    )

    invited_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, autoincrement=False)
    inviter_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    invited_at: Mapped[datetime] = mapped_column(server_default=func.now())
    payment_id: Mapped[int | None] = mapped_column(ForeignKey("payment.id"), unique=True)
    bonus_kopecks: Mapped[int | None]
    taken_back_at: Mapped[datetime | None]
