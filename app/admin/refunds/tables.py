"""Rows of refunds of many at once."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Identity, func, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class RefundRunRow(Base):
    """One run: who began it, as what, why, and what was ordered since when. `ended_at` NULL: it goes on."""

    __tablename__ = "refund_run"
    __table_args__ = (CheckConstraint("reason <> ''", name="reason"),)

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    actor_id: Mapped[int]
    role: Mapped[str]
    since: Mapped[datetime]
    reason: Mapped[str]
    begun_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    ended_at: Mapped[datetime | None]


class RefundRunItemRow(Base):
    """One generation of a run. `outcome` NULL: not decided yet; the rest is decided for good."""

    __tablename__ = "refund_run_item"
    __table_args__ = (
        CheckConstraint("outcome IN ('returned', 'left')", name="outcome"),
        CheckConstraint("returned_kopecks >= 0", name="returned"),
    )

    run_id: Mapped[int] = mapped_column(ForeignKey("refund_run.id"), primary_key=True, autoincrement=False)
    generation_id: Mapped[int] = mapped_column(
        ForeignKey("generation.id"), primary_key=True, autoincrement=False
    )
    outcome: Mapped[str | None]
    returned_kopecks: Mapped[int] = mapped_column(server_default=text("0"))
