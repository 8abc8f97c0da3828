"""Rows of the proofs of the books."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Identity
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class AuditRunRow(Base):
    """One nightly proof, one row a moment of the clock, however often its job ran.

    `shown` are the first findings as (rule, row, detail); `digest` stands for all of them.
    """

    __tablename__ = "audit_run"
    __table_args__ = (
        CheckConstraint("findings >= 0", name="findings"),
        CheckConstraint("took_ms >= 0", name="took_ms"),
    )

    moment: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    finished_at: Mapped[datetime]
    took_ms: Mapped[int]
    findings: Mapped[int]
    shown: Mapped[list[list[str]]] = mapped_column(JSONB)
    digest: Mapped[str]


class RehearsalRunRow(Base):
    """One rehearsal of a restore that passed; those that failed leave no row."""

    __tablename__ = "rehearsal_run"
    __table_args__ = (
        CheckConstraint("backup_bytes > 0", name="backup_bytes"),
        CheckConstraint("took_ms >= 0", name="took_ms"),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    finished_at: Mapped[datetime]
    backup_bytes: Mapped[int]
    took_ms: Mapped[int]
