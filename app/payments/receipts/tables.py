"""Rows of receipts."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Identity, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class ReceiptRow(Base):
    """Files that shall prove a transfer. `event_id` is the event that brought it: a replay finds the same row.

    The three partial indexes are guards: an order waits for one decision at a time and is credited for one receipt,
    and the same bytes are credited once for ever.
    """

    __tablename__ = "receipt"
    __table_args__ = (
        CheckConstraint("state IN ('received', 'waiting', 'seconded', 'approved', 'rejected')", name="state"),
        CheckConstraint("kind IN ('photo', 'document')", name="kind"),
        CheckConstraint("(state = 'approved') = (amount_kopecks IS NOT NULL)", name="approved"),
        CheckConstraint("amount_kopecks > 0", name="amount_kopecks"),
        CheckConstraint("(state = 'rejected') = (reason IS NOT NULL)", name="rejected"),
        CheckConstraint("(state IN ('approved', 'rejected')) = (decided_by IS NOT NULL)", name="decided_by"),
        CheckConstraint("state <> 'seconded' OR first_by IS NOT NULL", name="seconded"),
        Index(
            "uq_receipt_order_id_undecided",
            "order_id",
            unique=True,
            postgresql_where=text("state IN ('received', 'waiting', 'seconded')"),
        ),
        Index(
            "uq_receipt_order_id_approved",
            "order_id",
            unique=True,
            postgresql_where=text("state = 'approved'"),
        ),
        Index(
            "uq_receipt_digest_approved", "digest", unique=True, postgresql_where=text("state = 'approved'")
        ),
        Index("ix_receipt_digest", "digest"),
        Index("ix_receipt_user_id", "user_id", "received_at"),
        Index(
            "ix_receipt_undecided",
            "id",
            postgresql_where=text("state IN ('received', 'waiting', 'seconded')"),
        ),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    event_id: Mapped[int] = mapped_column(unique=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    file_id: Mapped[str]
    unique_id: Mapped[str]
    kind: Mapped[str]
    size: Mapped[int | None]
    asked_kopecks: Mapped[int]
    code: Mapped[str]
    state: Mapped[str]
    received_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    digest: Mapped[bytes | None] = mapped_column(LargeBinary)
    likeness: Mapped[bytes | None] = mapped_column(LargeBinary)
    twin_id: Mapped[int | None] = mapped_column(ForeignKey("receipt.id"))
    twin_exact: Mapped[bool | None]
    first_by: Mapped[int | None]
    first_at: Mapped[datetime | None]
    first_amount_kopecks: Mapped[int | None]
    decided_by: Mapped[int | None]
    decided_at: Mapped[datetime | None]
    amount_kopecks: Mapped[int | None]
    reason: Mapped[str | None]
    escalated_at: Mapped[datetime | None]
