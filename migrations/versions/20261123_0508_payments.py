"""Orders and payments."""

import sqlalchemy as sa
from alembic import op

revision = "20261123_0508_payments"
down_revision = "20261123_0507_generation"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Expands the schema."""
    _create_orders()
    _create_payment()


def _create_orders() -> None:
    op.create_table(
        "orders",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("amount_stars", sa.BigInteger(), nullable=False),
        sa.Column("credited_kopecks", sa.BigInteger(), nullable=False),
        sa.Column("star_rub", sa.Numeric(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("paid_at", MOMENT, nullable=True),
        sa.CheckConstraint("method IN ('stars')", name=op.f("ck_orders_method")),
        sa.CheckConstraint("state IN ('open', 'paid')", name=op.f("ck_orders_state")),
        sa.CheckConstraint("amount_stars > 0", name=op.f("ck_orders_amount_stars")),
        sa.CheckConstraint("credited_kopecks > 0", name=op.f("ck_orders_credited_kopecks")),
        sa.CheckConstraint("octet_length(payload) BETWEEN 1 AND 128", name=op.f("ck_orders_payload")),
        sa.CheckConstraint("(state = 'paid') = (paid_at IS NOT NULL)", name=op.f("ck_orders_paid_at")),
        sa.ForeignKeyConstraint(["user_id"], ["person.id"], name=op.f("fk_orders_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_orders")),
        sa.UniqueConstraint("event_id", name=op.f("uq_orders_event_id")),
        sa.UniqueConstraint("payload", name=op.f("uq_orders_payload")),
    )
    op.create_index("ix_orders_user_id", "orders", ["user_id", "id"])


def _create_payment() -> None:
    op.create_table(
        "payment",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("charge_id", sa.Text(), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=True),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("total_amount", sa.BigInteger(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("mismatch", sa.Text(), nullable=True),
        sa.Column("booked_kopecks", sa.BigInteger(), nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.CheckConstraint("method IN ('stars')", name=op.f("ck_payment_method")),
        sa.CheckConstraint("outcome IN ('credited', 'suspended')", name=op.f("ck_payment_outcome")),
        sa.CheckConstraint("booked_kopecks >= 0", name=op.f("ck_payment_booked_kopecks")),
        sa.CheckConstraint("outcome = 'suspended' OR order_id IS NOT NULL", name=op.f("ck_payment_order_id")),
        sa.CheckConstraint(
            "(outcome = 'suspended') = (mismatch IS NOT NULL)", name=op.f("ck_payment_mismatch")
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_payment_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
        sa.UniqueConstraint("method", "charge_id", name=op.f("uq_payment_method_charge_id")),
    )
    op.create_index("ix_payment_order_id", "payment", ["order_id"])


def downgrade() -> None:
    """Nothing is undone: a mistake is mended by the next migration."""
