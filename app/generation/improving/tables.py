"""Rows of improvements."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Identity, Index, Numeric, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class ImprovementRow(Base):
    """One text that a text model was asked to say better; `price_kopecks` 0: for nothing, within a limit."""

    __tablename__ = "improvement"
    __table_args__ = (
        CheckConstraint("state IN ('asked', 'calling', 'ready', 'dropped', 'failed')", name="state"),
        CheckConstraint("price_kopecks >= 0", name="price_kopecks"),
        CheckConstraint("(state = 'ready') = (improved IS NOT NULL)", name="improved"),
        CheckConstraint("(state = 'failed') = (failure IS NOT NULL)", name="failure"),
        Index("ix_improvement_user_id", "user_id", "created_at"),
        Index("ix_improvement_created_at", "created_at"),
        Index("ix_improvement_draft_id", "draft_id", "id"),
        Index("ix_improvement_due", "next_check_at", postgresql_where=text("next_check_at IS NOT NULL")),
        Index(
            "uq_improvement_user_id_open",
            "user_id",
            unique=True,
            postgresql_where=text("state IN ('asked', 'calling')"),
        ),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    chat_id: Mapped[int]
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"))
    revision: Mapped[int]
    language: Mapped[str]
    model_key: Mapped[str]
    parameter: Mapped[str]
    original: Mapped[str]
    improved: Mapped[str | None]
    state: Mapped[str]
    failure: Mapped[str | None]
    price_kopecks: Mapped[int]
    credits: Mapped[Decimal] = mapped_column(Numeric)
    usd_rub: Mapped[Decimal] = mapped_column(Numeric)
    cost_credits: Mapped[Decimal | None] = mapped_column(Numeric)
    epoch: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
    state_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
    next_check_at: Mapped[datetime | None]
