"""Rows of orders and payments."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Identity, Index, Numeric, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class OrderRow(Base):
    """Wishes to put in a sum. `event_id` is the event that asked for it: a replay finds the same order."""

    __tablename__ = "orders"
    __table_args__ = (
        CheckConstraint("method IN ('stars')", name="method"),
        CheckConstraint("state IN ('open', 'paid')", name="state"),
        CheckConstraint("amount_stars > 0", name="amount_stars"),
        CheckConstraint("credited_kopecks > 0", name="credited_kopecks"),
        CheckConstraint("octet_length(payload) BETWEEN 1 AND 128", name="payload"),
        CheckConstraint("(state = 'paid') = (paid_at IS NOT NULL)", name="paid_at"),
        Index("ix_orders_user_id", "user_id", "id"),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    event_id: Mapped[int] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    method: Mapped[str]
    amount_stars: Mapped[int]
    credited_kopecks: Mapped[int]
    star_rub: Mapped[Decimal] = mapped_column(Numeric)
    currency: Mapped[str]
    payload: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    paid_at: Mapped[datetime | None]


class PaymentRow(Base):
    """Outside money that came in, one row a charge, with the facts as the provider told them."""

    __tablename__ = "payment"
    __table_args__ = (
        UniqueConstraint("method", "charge_id"),
        CheckConstraint("method IN ('stars')", name="method"),
        CheckConstraint("outcome IN ('credited', 'suspended')", name="outcome"),
        CheckConstraint("booked_kopecks >= 0", name="booked_kopecks"),
        CheckConstraint("outcome = 'suspended' OR order_id IS NOT NULL", name="order_id"),
        CheckConstraint("(outcome = 'suspended') = (mismatch IS NOT NULL)", name="mismatch"),
        Index("ix_payment_order_id", "order_id"),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    method: Mapped[str]
    charge_id: Mapped[str]
    order_id: Mapped[int | None] = mapped_column(ForeignKey("orders.id"))
    user_id: Mapped[int]
    currency: Mapped[str]
    total_amount: Mapped[int]
    payload: Mapped[str]
    outcome: Mapped[str]
    mismatch: Mapped[str | None]
    booked_kopecks: Mapped[int]
    received_at: Mapped[datetime]
