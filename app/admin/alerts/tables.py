"""Rows of what operators were told."""

from datetime import datetime

from sqlalchemy import CheckConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from app.admin.alerts.entities import AlertKind
from app.db import Base

KINDS = ", ".join(f"'{it.value}'" for it in AlertKind)


class AlertRow(Base):
    """One row a cause: what is here is not told again."""

    __tablename__ = "operator_alert"
    __table_args__ = (CheckConstraint(f"kind IN ({KINDS})", name="kind"),)

    cause: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    subject: Mapped[int]
    user_id: Mapped[int | None]
    amount_kopecks: Mapped[int]
    detail: Mapped[str]
    claimed_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
