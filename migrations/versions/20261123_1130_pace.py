"""How long a generation usually takes; indexes to find a model's last outcomes, and who is busy."""

import sqlalchemy as sa
from alembic import op

revision = "20261123_1130_pace"
down_revision = "20261123_0900_first_event"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Expands the schema."""
    outcome = sa.text("state IN ('captured', 'delivered', 'kept', 'failed', 'late')")
    op.create_index(
        "ix_generation_outcome", "generation", ["model_key", "state_at"], postgresql_where=outcome
    )
    busy = sa.text("state IN ('submitting', 'submitted', 'running', 'fetching')")
    op.create_index("ix_generation_busy", "generation", ["user_id"], postgresql_where=busy)
    op.add_column("generation", sa.Column("usual_seconds", sa.BigInteger(), nullable=True))
    op.add_column("generation", sa.Column("slow_seconds", sa.BigInteger(), nullable=True))
    refused = sa.text("failure = 'our_account'")
    op.create_index("ix_generation_our_account", "generation", ["state_at"], postgresql_where=refused)


def downgrade() -> None:
    """Nothing is undone: a mistake is mended by the next migration."""
