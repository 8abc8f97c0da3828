"""Improvements of prompts, and what one costs."""

import sqlalchemy as sa
from alembic import op

revision = "20261123_1850_improvement"
down_revision = "20261123_1845_quote_parts"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
NOW = sa.text("clock_timestamp()")


def upgrade() -> None:
    """Expands the schema."""
    op.create_table(
        "improvement",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("draft_id", sa.BigInteger(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("model_key", sa.Text(), nullable=False),
        sa.Column("parameter", sa.Text(), nullable=False),
        sa.Column("original", sa.Text(), nullable=False),
        sa.Column("improved", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.Column("price_kopecks", sa.BigInteger(), nullable=False),
        sa.Column("credits", sa.Numeric(), nullable=False),
        sa.Column("usd_rub", sa.Numeric(), nullable=False),
        sa.Column("cost_credits", sa.Numeric(), nullable=True),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("created_at", MOMENT, server_default=NOW, nullable=False),
        sa.Column("state_at", MOMENT, server_default=NOW, nullable=False),
        sa.Column("next_check_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "state IN ('asked', 'calling', 'ready', 'dropped', 'failed')", name=op.f("ck_improvement_state")
        ),
        sa.CheckConstraint("price_kopecks >= 0", name=op.f("ck_improvement_price_kopecks")),
        sa.CheckConstraint(
            "(state = 'ready') = (improved IS NOT NULL)", name=op.f("ck_improvement_improved")
        ),
        sa.CheckConstraint("(state = 'failed') = (failure IS NOT NULL)", name=op.f("ck_improvement_failure")),
        sa.ForeignKeyConstraint(["user_id"], ["person.id"], name=op.f("fk_improvement_user_id_person")),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_improvement_draft_id_draft")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_improvement")),
    )
    op.create_index(op.f("ix_improvement_user_id"), "improvement", ["user_id", "created_at"])
    op.create_index(op.f("ix_improvement_created_at"), "improvement", ["created_at"])
    op.create_index(op.f("ix_improvement_draft_id"), "improvement", ["draft_id", "id"])
    op.create_index(
        op.f("ix_improvement_due"),
        "improvement",
        ["next_check_at"],
        postgresql_where=sa.text("next_check_at IS NOT NULL"),
    )
    op.create_index(
        op.f("uq_improvement_user_id_open"),
        "improvement",
        ["user_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('asked', 'calling')"),
    )
    op.add_column(
        "rates",
        sa.Column("improvement_kopecks", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
    )
    op.create_check_constraint(op.f("ck_rates_improvement_kopecks"), "rates", "improvement_kopecks >= 0")


def downgrade() -> None:
    """Nothing is undone: a mistake is mended by the next migration."""
