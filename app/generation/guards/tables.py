"""Rows of the guards."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class FreeUseRow(Base):
    """One free generation. A use that was given back counts no more."""

    __tablename__ = "free_use"
    __table_args__ = (
        CheckConstraint("returned_at >= used_at", name="returned_at"),
        Index("ix_free_use_user_id", "user_id", "used_at"),
    )

    generation_id: Mapped[int] = mapped_column(
        ForeignKey("generation.id"), primary_key=True, autoincrement=False
    )
    user_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    used_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
    returned_at: Mapped[datetime | None]


class BudgetRow(Base):
    """What a person allows themselves to spend in a period; without a row there is no limit."""

    __tablename__ = "budget"
    __table_args__ = (
        CheckConstraint("period IN ('day', 'month')", name="period"),
        CheckConstraint("limit_kopecks > 0", name="limit_kopecks"),
    )

    user_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, autoincrement=False)
    period: Mapped[str] = mapped_column(primary_key=True)
    limit_kopecks: Mapped[int]


class KieBalanceRow(Base):
    """What was left of our credits at KIE when it was read last: one row. `low` says that operators were told."""

    __tablename__ = "kie_balance"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    credits: Mapped[Decimal] = mapped_column(Numeric)
    read_at: Mapped[datetime]
    low: Mapped[bool]


class KieRefusalRow(Base):
    """The row is there while KIE refuses our key to whoever asks for our balance; `code` is KIE's own."""

    __tablename__ = "kie_refusal"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    code: Mapped[int]
    refused_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
