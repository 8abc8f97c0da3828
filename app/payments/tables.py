"""Rows of orders, payments, refunds, subscriptions, and how far each list of a provider was read."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Identity, Index, Numeric, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base

METHODS = "method IN ('stars', 'bank')"


class OrderRow(Base):
    """Wishes to put in a sum. `event_id` is the event that asked for it: a replay finds the same order."""

    __tablename__ = "orders"
    __table_args__ = (
        CheckConstraint(METHODS, name="method"),
        CheckConstraint(
            "state IN ('open', 'claimed', 'paid', 'refused', 'expired', 'refunded')", name="state"
        ),
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("credited_kopecks > 0", name="credited_kopecks"),
        CheckConstraint("octet_length(payload) BETWEEN 1 AND 128", name="payload"),
        CheckConstraint("(state IN ('paid', 'refunded')) = (paid_at IS NOT NULL)", name="paid_at"),
        CheckConstraint("period_seconds > 0", name="period_seconds"),
        Index("ix_orders_user_id", "user_id", "id"),
        Index("ix_orders_open", "expires_at", postgresql_where=text("state = 'open'")),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    event_id: Mapped[int] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    method: Mapped[str]
    amount: Mapped[int]
    credited_kopecks: Mapped[int]
    rate: Mapped[Decimal] = mapped_column(Numeric)
    currency: Mapped[str]
    period_seconds: Mapped[int | None]
    payload: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    paid_at: Mapped[datetime | None]


class PaymentRow(Base):
    """Outside money that came in, one row a charge, with the facts as the provider told them.

    `reviewed_at` and `reviewed_by`: an operator has looked at one that fits no order.
    """

    __tablename__ = "payment"
    __table_args__ = (
        UniqueConstraint("method", "charge_id"),
        CheckConstraint(METHODS, name="method"),
        CheckConstraint("outcome IN ('credited', 'suspended')", name="outcome"),
        CheckConstraint("booked_kopecks >= 0", name="booked_kopecks"),
        CheckConstraint("outcome = 'suspended' OR user_id IS NOT NULL", name="user_id"),
        CheckConstraint("outcome = 'credited' OR mismatch IS NOT NULL", name="mismatch"),
        CheckConstraint("(reviewed_at IS NULL) = (reviewed_by IS NULL)", name="reviewed"),
        Index("ix_payment_order_id", "order_id"),
        Index("ix_payment_user_id", "user_id", "id"),
        Index(
            "ix_payment_strange", "id", postgresql_where=text("mismatch IS NOT NULL AND reviewed_at IS NULL")
        ),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    method: Mapped[str]
    charge_id: Mapped[str]
    order_id: Mapped[int | None] = mapped_column(ForeignKey("orders.id"))
    user_id: Mapped[int | None]
    currency: Mapped[str]
    total_amount: Mapped[int]
    payload: Mapped[str]
    outcome: Mapped[str]
    mismatch: Mapped[str | None]
    booked_kopecks: Mapped[int]
    received_at: Mapped[datetime]
    reviewed_at: Mapped[datetime | None]
    reviewed_by: Mapped[str | None]


class RefundRow(Base):
    """Charges that go back, one row a payment. `attempt` counts how often it was asked for after a refusal.

    `held_kopecks` are set aside in the payer's wallet until the provider has answered; 0: their debt is accepted.
    """

    __tablename__ = "payment_refund"
    __table_args__ = (
        CheckConstraint("state IN ('asked', 'done', 'refused')", name="state"),
        CheckConstraint("held_kopecks >= 0", name="held_kopecks"),
        CheckConstraint("attempt > 0", name="attempt"),
        CheckConstraint("actor <> '' AND reason <> ''", name="reason"),
        CheckConstraint("(state = 'asked') = (settled_at IS NULL)", name="settled_at"),
        Index("ix_payment_refund_asked", "asked_at", postgresql_where=text("state = 'asked'")),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    payment_id: Mapped[int] = mapped_column(ForeignKey("payment.id"), unique=True)
    state: Mapped[str]
    actor: Mapped[str]
    reason: Mapped[str]
    attempt: Mapped[int]
    held_kopecks: Mapped[int]
    asked_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    refusal: Mapped[str | None]


class SubscriptionRow(Base):
    """What is paid again each month. `charge_id` is its first charge: by it the provider knows the subscription."""

    __tablename__ = "subscription"
    __table_args__ = (
        CheckConstraint("renewal IN ('active', 'canceled', 'failed')", name="renewal"),
        Index("ix_subscription_user_id", "user_id", "paid_until"),
    )

    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), primary_key=True, autoincrement=False)
    user_id: Mapped[int]
    charge_id: Mapped[str]
    paid_until: Mapped[datetime]
    renewal: Mapped[str]
    changed_at: Mapped[datetime]


class ReconciliationRow(Base):
    """How many lines of a provider's list were read, and when from the first line to the last."""

    __tablename__ = "payment_reconciliation"
    __table_args__ = (CheckConstraint(METHODS, name="method"), CheckConstraint("lines >= 0", name="lines"))

    method: Mapped[str] = mapped_column(primary_key=True)
    lines: Mapped[int]
    read_at: Mapped[datetime]
    read_whole_at: Mapped[datetime | None]
