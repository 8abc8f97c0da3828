"""Rows of the staff and of its log."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Identity, Index, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class StaffRow(Base):
    """Those whom owners gave a role; owners themselves stand in the settings."""

    __tablename__ = "staff"
    __table_args__ = (CheckConstraint("role IN ('operator', 'support', 'read_only')", name="role"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, autoincrement=False)
    role: Mapped[str]
    granted_at: Mapped[datetime] = mapped_column(server_default=func.now())


class ActionRow(Base):
    """What the staff did, one row a write, from the same unit of work. Append-only by trigger."""

    __tablename__ = "action_log"
    __table_args__ = (
        CheckConstraint("reason <> ''", name="reason"),
        Index("ix_action_log_user_id", "user_id", "id"),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    actor_id: Mapped[int]
    role: Mapped[str]
    action: Mapped[str]
    user_id: Mapped[int | None]
    subject: Mapped[str]
    reason: Mapped[str]
    facts: Mapped[dict[str, str]] = mapped_column(JSONB)
