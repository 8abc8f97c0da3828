"""Frozen quotes."""

from alembic import op

revision = "20261123_0506_offers"
down_revision = "20261123_0505_jobs"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Expands the schema."""


def downgrade() -> None:
    """Nothing is undone: a mistake is mended by the next migration."""
