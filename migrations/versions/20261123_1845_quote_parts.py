"""What a quote was computed by: the cost in dollars, and the price before it was rounded up."""

import sqlalchemy as sa
from alembic import op

revision = "20261123_1845_quote_parts"
down_revision = "20261123_1520_lost_work"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Expands the schema."""
    op.add_column("quote", sa.Column("dollars", sa.Numeric(), nullable=True))
    op.add_column("quote", sa.Column("unrounded_kopecks", sa.Numeric(), nullable=True))
    op.create_check_constraint(
        op.f("ck_quote_unrounded_kopecks"), "quote", "is_free OR price_kopecks = ceil(unrounded_kopecks)"
    )


def downgrade() -> None:
    """Nothing is undone: a mistake is mended by the next migration."""
