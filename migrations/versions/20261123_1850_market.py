"""The provider's catalogue beside ours: what is other, and which models are off sale for it."""

import sqlalchemy as sa
from alembic import op

revision = "20261123_1850_market"
down_revision = "20261123_1850_improvement"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
NOW = sa.func.clock_timestamp()
KINDS = (
    "'books_broken', 'charged_back', 'refund_refused', 'strange_payment', 'receipt_late', 'account_refused', "
    "'account_back', 'dead_work', 'model_off_sale', 'model_sold_again', 'market_changed'"
)
CHANGES = (
    "'new_model', 'gone', 'price', 'price_unread', 'new_input', 'input_gone', 'input_required', 'new_choice', "
    "'choice_gone', 'limit'"
)


def upgrade() -> None:
    """Expands the schema."""
    op.create_table(
        "suspension",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("model_key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("asked", sa.Numeric(), nullable=True),
        sa.Column("cost", sa.Numeric(), nullable=True),
        sa.Column("price_kopecks", sa.BigInteger(), nullable=True),
        sa.Column("cost_kopecks", sa.BigInteger(), nullable=True),
        sa.Column("said", sa.Text(), nullable=True),
        sa.Column("begun_at", MOMENT, server_default=NOW, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("ended_by_staff", sa.Boolean(), nullable=True),
        sa.CheckConstraint(
            "(asked IS NULL) = (cost IS NULL) AND (asked IS NULL) = (price_kopecks IS NULL)"
            " AND (asked IS NULL) = (cost_kopecks IS NULL) AND (asked IS NULL) = (said IS NULL)",
            name=op.f("ck_suspension_numbers"),
        ),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_by_staff IS NULL)", name=op.f("ck_suspension_ended")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suspension")),
    )
    op.create_index(
        "uq_suspension_model_key",
        "suspension",
        ["model_key"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "market_news",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("found_at", MOMENT, server_default=NOW, nullable=False),
        sa.CheckConstraint(f"change IN ({CHANGES})", name=op.f("ck_market_news_change")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_market_news")),
        sa.UniqueConstraint("key", name=op.f("uq_market_news_key")),
    )
    op.drop_constraint(op.f("ck_operator_alert_kind"), "operator_alert")
    op.create_check_constraint(op.f("ck_operator_alert_kind"), "operator_alert", f"kind IN ({KINDS})")


def downgrade() -> None:
    """Nothing is undone: a mistake is mended by the next migration."""
