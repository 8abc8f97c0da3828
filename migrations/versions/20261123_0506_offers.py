"""Frozen quotes."""

import sqlalchemy as sa
from alembic import op

revision = "20261123_0506_offers"
down_revision = "20261123_0505_jobs"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Expands the schema."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "quote",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("draft_id", sa.BigInteger(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("model_key", sa.Text(), nullable=False),
        sa.Column("inputs_digest", sa.LargeBinary(), nullable=False),
        sa.Column("price_kopecks", sa.BigInteger(), nullable=False),
        sa.Column("credits", sa.Numeric(), nullable=False),
        sa.Column("usd_rub", sa.Numeric(), nullable=False),
        sa.Column("markup", sa.Numeric(), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("expires_at", moment, nullable=False),
        sa.CheckConstraint("price_kopecks > 0", name=op.f("ck_quote_price_kopecks")),
        sa.CheckConstraint("expires_at > created_at", name=op.f("ck_quote_expires_at")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quote")),
    )
    op.create_index("ix_quote_draft_id", "quote", ["draft_id", "revision"])


def downgrade() -> None:
    """Nothing is undone: a mistake is mended by the next migration."""
