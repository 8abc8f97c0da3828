"""The inbox as Postgres sees it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Identity, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class InboxRow(Base):
    """One event from outside, kept as the bytes that came."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("source", "scope", "external_id", "digest"),
        CheckConstraint("status IN ('new', 'done', 'dead')", name="status"),
        Index("ix_inbox_new", "id", postgresql_where=text("status = 'new'")),
        Index("ix_inbox_dead", "id", postgresql_where=text("status = 'dead'")),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    source: Mapped[str]
    scope: Mapped[str]
    external_id: Mapped[str]
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    lane: Mapped[str]
    payload: Mapped[bytes] = mapped_column(LargeBinary)
    received_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    status: Mapped[str] = mapped_column(server_default=text("'new'"))
    attempts: Mapped[int] = mapped_column(server_default=text("0"))
    applied_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    error: Mapped[str | None]
