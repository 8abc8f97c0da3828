"""Rows of models that were taken off sale."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Identity, Index, Numeric, func, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class SuspensionRow(Base):
    """One row each time; `ended_at` NULL: it is off sale now. Without numbers the provider has it no longer."""

    __tablename__ = "suspension"
    __table_args__ = (
        CheckConstraint(
            "(asked IS NULL) = (cost IS NULL) AND (asked IS NULL) = (price_kopecks IS NULL)"
            " AND (asked IS NULL) = (cost_kopecks IS NULL) AND (asked IS NULL) = (said IS NULL)",
            name="numbers",
        ),
        CheckConstraint("(ended_at IS NULL) = (ended_by_staff IS NULL)", name="ended"),
        Index("uq_suspension_model_key", "model_key", unique=True, postgresql_where=text("ended_at IS NULL")),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    model_key: Mapped[str]
    name: Mapped[str]
    what: Mapped[str]
    asked: Mapped[Decimal | None] = mapped_column(Numeric)
    cost: Mapped[Decimal | None] = mapped_column(Numeric)
    price_kopecks: Mapped[int | None]
    cost_kopecks: Mapped[int | None]
    said: Mapped[str | None]
    begun_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    ended_at: Mapped[datetime | None]
    ended_by_staff: Mapped[bool | None]
