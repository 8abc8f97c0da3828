"""The operators' side of lost work: why a job died, whether KIE refuses our account, refunds of many at once."""

import sqlalchemy as sa
from alembic import op

revision = "20261123_1520_lost_work"
down_revision = "20261123_1510_lineage"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
NOW = sa.func.clock_timestamp()
KINDS = (
    "'books_broken', 'charged_back', 'refund_refused', 'strange_payment', 'receipt_late', 'account_refused', "
    "'account_back', 'dead_work'"
)


def upgrade() -> None:
    """Expands the schema."""
    op.create_table(
        "job_death",
        sa.Column("job_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("died_at", MOMENT, server_default=NOW, nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("job_id", name=op.f("pk_job_death")),
    )
    op.create_table(
        "kie_refusal",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("code", sa.BigInteger(), nullable=False),
        sa.Column("refused_at", MOMENT, server_default=NOW, nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_kie_refusal_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kie_refusal")),
    )
    op.create_table(
        "refund_run",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("begun_at", MOMENT, server_default=NOW, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_refund_run_reason")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refund_run")),
    )
    op.create_table(
        "refund_run_item",
        sa.Column("run_id", sa.BigInteger(), nullable=False),
        sa.Column("generation_id", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("returned_kopecks", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint("outcome IN ('returned', 'left')", name=op.f("ck_refund_run_item_outcome")),
        sa.CheckConstraint("returned_kopecks >= 0", name=op.f("ck_refund_run_item_returned")),
        sa.ForeignKeyConstraint(
            ["run_id"], ["refund_run.id"], name=op.f("fk_refund_run_item_run_id_refund_run")
        ),
        sa.ForeignKeyConstraint(
            ["generation_id"], ["generation.id"], name=op.f("fk_refund_run_item_generation_id_generation")
        ),
        sa.PrimaryKeyConstraint("run_id", "generation_id", name=op.f("pk_refund_run_item")),
    )
    op.drop_constraint(op.f("ck_operator_alert_kind"), "operator_alert")
    op.create_check_constraint(op.f("ck_operator_alert_kind"), "operator_alert", f"kind IN ({KINDS})")


def downgrade() -> None:
    """Nothing is undone: a mistake is mended by the next migration."""
