"""Rehearsals of a restore that passed."""

import sqlalchemy as sa
from alembic import op

revision = "20261123_2140_rehearsal"
down_revision = "20261123_2140_forgeries"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Expands the schema."""
    op.create_table(
        "rehearsal_run",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("backup_bytes", sa.BigInteger(), nullable=False),
        sa.Column("took_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("backup_bytes > 0", name=op.f("ck_rehearsal_run_backup_bytes")),
        sa.CheckConstraint("took_ms >= 0", name=op.f("ck_rehearsal_run_took_ms")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rehearsal_run")),
    )


def downgrade() -> None:
    """Nothing is undone: a mistake is mended by the next migration."""
