"""What the nightly proofs of the books found, and what operators were told: both outlive a restart."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "20261123_1140_desk"
down_revision = "20261123_1140_consent"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
KINDS = "'books_broken', 'charged_back', 'refund_refused', 'strange_payment', 'receipt_late'"


def upgrade() -> None:
    """Expands the schema."""
    op.create_table(
        "audit_run",
        sa.Column("moment", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("finished_at", MOMENT, nullable=False),
        sa.Column("took_ms", sa.BigInteger(), nullable=False),
        sa.Column("findings", sa.BigInteger(), nullable=False),
        sa.Column("shown", JSONB(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.CheckConstraint("findings >= 0", name=op.f("ck_audit_run_findings")),
        sa.CheckConstraint("took_ms >= 0", name=op.f("ck_audit_run_took_ms")),
        sa.PrimaryKeyConstraint("moment", name=op.f("pk_audit_run")),
    )
    op.create_table(
        "operator_alert",
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("amount_kopecks", sa.BigInteger(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("claimed_at", MOMENT, server_default=sa.func.clock_timestamp(), nullable=False),
        sa.CheckConstraint(f"kind IN ({KINDS})", name=op.f("ck_operator_alert_kind")),
        sa.PrimaryKeyConstraint("cause", name=op.f("pk_operator_alert")),
    )


def downgrade() -> None:
    """Nothing is undone: a mistake is mended by the next migration."""
