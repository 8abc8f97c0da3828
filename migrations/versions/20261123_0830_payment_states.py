"""Orders of any method with their whole life; refunds, subscriptions, reconciliation.

Renames two columns: no release has run on this schema yet, so no older version reads them.
"""

import sqlalchemy as sa
from alembic import op

revision = "20261123_0830_payment_states"
down_revision = "20261123_0721_screen_awaits"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
METHODS = "method IN ('stars', 'bank')"


def upgrade() -> None:
    """Expands the schema."""
    _widen_orders()
    _widen_payment()
    _create_refund()
    _create_subscription()
    _create_reconciliation()


def _widen_orders() -> None:
    for name in ("method", "state", "amount_stars", "paid_at"):
        op.drop_constraint(op.f(f"ck_orders_{name}"), "orders", type_="check")
    op.alter_column("orders", "amount_stars", new_column_name="amount")
    op.alter_column("orders", "star_rub", new_column_name="rate")
    op.add_column("orders", sa.Column("period_seconds", sa.BigInteger(), nullable=True))
    checks = {
        "method": METHODS,
        "state": "state IN ('open', 'claimed', 'paid', 'refused', 'expired', 'refunded')",
        "amount": "amount > 0",
        "paid_at": "(state IN ('paid', 'refunded')) = (paid_at IS NOT NULL)",
        "period_seconds": "period_seconds > 0",
    }
    for name, condition in checks.items():
        op.create_check_constraint(op.f(f"ck_orders_{name}"), "orders", condition)
    op.create_index("ix_orders_open", "orders", ["expires_at"], postgresql_where=sa.text("state = 'open'"))


def _widen_payment() -> None:
    for name in ("method", "order_id", "mismatch"):
        op.drop_constraint(op.f(f"ck_payment_{name}"), "payment", type_="check")
    op.alter_column("payment", "user_id", nullable=True)
    op.add_column("payment", sa.Column("reviewed_at", MOMENT, nullable=True))
    op.add_column("payment", sa.Column("reviewed_by", sa.Text(), nullable=True))
    checks = {
        "method": METHODS,
        "user_id": "outcome = 'suspended' OR user_id IS NOT NULL",
        "mismatch": "outcome = 'credited' OR mismatch IS NOT NULL",
        "reviewed": "(reviewed_at IS NULL) = (reviewed_by IS NULL)",
    }
    for name, condition in checks.items():
        op.create_check_constraint(op.f(f"ck_payment_{name}"), "payment", condition)
    op.create_index("ix_payment_user_id", "payment", ["user_id", "id"])
    strange = sa.text("mismatch IS NOT NULL AND reviewed_at IS NULL")
    op.create_index("ix_payment_strange", "payment", ["id"], postgresql_where=strange)


def _create_refund() -> None:
    op.create_table(
        "payment_refund",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("payment_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("attempt", sa.BigInteger(), nullable=False),
        sa.Column("held_kopecks", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.Column("refusal", sa.Text(), nullable=True),
        sa.CheckConstraint("state IN ('asked', 'done', 'refused')", name=op.f("ck_payment_refund_state")),
        sa.CheckConstraint("held_kopecks >= 0", name=op.f("ck_payment_refund_held_kopecks")),
        sa.CheckConstraint("attempt > 0", name=op.f("ck_payment_refund_attempt")),
        sa.CheckConstraint("actor <> '' AND reason <> ''", name=op.f("ck_payment_refund_reason")),
        sa.CheckConstraint(
            "(state = 'asked') = (settled_at IS NULL)", name=op.f("ck_payment_refund_settled_at")
        ),
        sa.ForeignKeyConstraint(["payment_id"], ["payment.id"], name=op.f("fk_payment_refund_payment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_refund")),
        sa.UniqueConstraint("payment_id", name=op.f("uq_payment_refund_payment_id")),
    )
    asked = sa.text("state = 'asked'")
    op.create_index("ix_payment_refund_asked", "payment_refund", ["asked_at"], postgresql_where=asked)


def _create_subscription() -> None:
    op.create_table(
        "subscription",
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("charge_id", sa.Text(), nullable=False),
        sa.Column("paid_until", MOMENT, nullable=False),
        sa.Column("renewal", sa.Text(), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "renewal IN ('active', 'canceled', 'failed')", name=op.f("ck_subscription_renewal")
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_subscription_order_id")),
        sa.PrimaryKeyConstraint("order_id", name=op.f("pk_subscription")),
    )
    op.create_index("ix_subscription_user_id", "subscription", ["user_id", "paid_until"])


def _create_reconciliation() -> None:
    op.create_table(
        "payment_reconciliation",
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("lines", sa.BigInteger(), nullable=False),
        sa.Column("read_at", MOMENT, nullable=False),
        sa.Column("read_whole_at", MOMENT, nullable=True),
        sa.CheckConstraint(METHODS, name=op.f("ck_payment_reconciliation_method")),
        sa.CheckConstraint("lines >= 0", name=op.f("ck_payment_reconciliation_lines")),
        sa.PrimaryKeyConstraint("method", name=op.f("pk_payment_reconciliation")),
    )


def downgrade() -> None:
    """Nothing is undone: a mistake is mended by the next migration."""
