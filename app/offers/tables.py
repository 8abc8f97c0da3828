"""Rows of quotes and of rates."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Identity, Index, LargeBinary, Numeric, func, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class QuoteRow(Base):
    """Frozen prices. A row is never changed."""

    __tablename__ = "quote"
    __table_args__ = (
        CheckConstraint("price_kopecks >= 0", name="price_kopecks"),
        CheckConstraint("is_free = (price_kopecks = 0)", name="is_free"),
        CheckConstraint("expires_at > created_at", name="expires_at"),
        CheckConstraint("is_free OR price_kopecks = ceil(unrounded_kopecks)", name="unrounded_kopecks"),
        Index("ix_quote_draft_id", "draft_id", "revision"),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    user_id: Mapped[int]
    draft_id: Mapped[int]
    revision: Mapped[int]
    model_key: Mapped[str]
    inputs_digest: Mapped[bytes] = mapped_column(LargeBinary)
    price_kopecks: Mapped[int]
    is_free: Mapped[bool] = mapped_column(server_default=text("false"))
    credits: Mapped[Decimal] = mapped_column(Numeric)
    usd_rub: Mapped[Decimal] = mapped_column(Numeric)
    markup: Mapped[Decimal] = mapped_column(Numeric)
    star_rub: Mapped[Decimal | None] = mapped_column(Numeric)
    dollars: Mapped[Decimal | None] = mapped_column(Numeric)
    unrounded_kopecks: Mapped[Decimal | None] = mapped_column(Numeric)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class RatesRow(Base):
    """Rates that operators put in force, one row a change; the newest counts. Append-only by trigger."""

    __tablename__ = "rates"
    __table_args__ = (
        CheckConstraint("usd_rub > 0", name="usd_rub"),
        CheckConstraint("markup >= 1", name="markup"),
        CheckConstraint("star_rub > 0", name="star_rub"),
        CheckConstraint("improvement_kopecks >= 0", name="improvement_kopecks"),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    usd_rub: Mapped[Decimal] = mapped_column(Numeric)
    markup: Mapped[Decimal] = mapped_column(Numeric)
    star_rub: Mapped[Decimal] = mapped_column(Numeric)
    improvement_kopecks: Mapped[int] = mapped_column(server_default=text("0"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
