"""Rows of what is other at the provider."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Identity, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base
from app.generation.market.differences import Change

CHANGES = ", ".join(f"'{it.value}'" for it in Change)


class MarketNewsRow(Base):
    """One difference that the last look has found; what a later look does not find any more is deleted."""

    __tablename__ = "market_news"
    __table_args__ = (
        CheckConstraint(f"change IN ({CHANGES})", name="change"),
        UniqueConstraint("key"),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    key: Mapped[str]
    change: Mapped[str]
    model: Mapped[str]
    name: Mapped[str]
    what: Mapped[str]
    before: Mapped[str]
    after: Mapped[str]
    found_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
