"""Generations."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261123_0507_generation"
down_revision = "20261123_0506_offers"
branch_labels = None
depends_on = None

STATES = (
    "'held', 'submitting', 'submitted', 'running', 'fetching', 'captured', 'delivered', 'kept', "
    "'cancelled', 'failed', 'late', 'refunded'"
)


def upgrade() -> None:
    """Expands the schema."""
    op.create_table(
        "generation",
        *_origin(),
        *_progress(),
        sa.CheckConstraint(f"state IN ({STATES})", name=op.f("ck_generation_state")),
        sa.CheckConstraint("price_kopecks >= 0", name=op.f("ck_generation_price")),
        sa.CheckConstraint(
            "(state IN ('failed', 'late')) = (failure IS NOT NULL)", name=op.f("ck_generation_failure")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["person.id"], name=op.f("fk_generation_user_id")),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_generation_draft_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_generation")),
        sa.UniqueConstraint("draft_id", name=op.f("uq_generation_draft_id")),
        sa.UniqueConstraint("kie_task_id", name=op.f("uq_generation_kie_task_id")),
    )
    op.create_index(
        "ix_generation_next_check_at",
        "generation",
        ["next_check_at"],
        postgresql_where=sa.text("next_check_at IS NOT NULL"),
    )
    op.create_index("ix_generation_submitting_at", "generation", ["submitting_at"])
    op.create_index("ix_generation_user_id_id", "generation", ["user_id", "id"])
    op.create_index("ix_generation_held", "generation", ["id"], postgresql_where=sa.text("state = 'held'"))


def _origin() -> list[sa.Column[object]]:
    """Who asked for what at which price: written once."""
    return [
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("draft_id", sa.BigInteger(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("progress_message_id", sa.BigInteger(), nullable=True),
        sa.Column("model_key", sa.Text(), nullable=False),
        sa.Column("model_id", sa.Text(), nullable=False),
        sa.Column("produces", sa.Text(), nullable=False),
        sa.Column("inputs", postgresql.JSONB(), nullable=False),
        sa.Column("request", postgresql.JSONB(), nullable=False),
        sa.Column("quote_id", sa.BigInteger(), nullable=False),
        sa.Column("price_kopecks", sa.BigInteger(), nullable=False),
        sa.Column("credits", sa.Numeric(), nullable=False),
        sa.Column("usd_rub", sa.Numeric(), nullable=False),
        sa.Column("markup", sa.Numeric(), nullable=False),
    ]


def _progress() -> list[sa.Column[object]]:
    """What becomes of it."""
    moment = sa.DateTime(timezone=True)
    now = sa.text("clock_timestamp()")
    return [
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("state_at", moment, server_default=now, nullable=False),
        sa.Column("created_at", moment, server_default=now, nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("attempt", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("next_check_at", moment, nullable=True),
        sa.Column("swept_at", moment, nullable=True),
        sa.Column("submitting_at", moment, nullable=True),
        sa.Column("submitted_at", moment, nullable=True),
        sa.Column("kie_task_id", sa.Text(), nullable=True),
        sa.Column("hinted_task_id", sa.Text(), nullable=True),
        sa.Column("cost_credits", sa.Numeric(), nullable=True),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.Column("failure_detail", sa.Text(), nullable=True),
        sa.Column("told_at", moment, nullable=True),
        sa.Column("failures", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("results", postgresql.JSONB(), server_default=sa.text("'[]'::jsonb"), nullable=False),
        sa.Column(
            "message_ids",
            postgresql.ARRAY(sa.BigInteger()),
            server_default=sa.text("'{}'::bigint[]"),
            nullable=False,
        ),
    ]


def downgrade() -> None:
    """Nothing is undone: a mistake is mended by the next migration."""
