"""Rows of people who ask for their data, or to be deleted."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Identity, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class DepartureRow(Base):
    """One deletion. `given_up_kopecks` is the paid money that the person agreed to give up.

    `event_id` is the event that asked for it; `look_at` is when somebody must look at it again; `language` is what
    the last word is said in, and goes with it.
    """

    __tablename__ = "departure"
    __table_args__ = (
        CheckConstraint("state IN ('asked', 'emptied', 'done')", name="state"),
        CheckConstraint("given_up_kopecks >= 0", name="given_up_kopecks"),
        CheckConstraint("(state = 'done') = (done_at IS NOT NULL)", name="done_at"),
        Index("uq_departure_user_id_open", "user_id", unique=True, postgresql_where=text("state <> 'done'")),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    event_id: Mapped[int] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    language: Mapped[str | None]
    given_up_kopecks: Mapped[int]
    state: Mapped[str] = mapped_column(server_default=text("'asked'"))
    asked_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    look_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    done_at: Mapped[datetime | None]


class DataExportRow(Base):
    """One file with everything about a person; `sent_at` NULL: it is being made."""

    __tablename__ = "data_export"
    __table_args__ = (Index("ix_data_export_user_id", "user_id", "asked_at"),)

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    event_id: Mapped[int] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    sent_at: Mapped[datetime | None]
