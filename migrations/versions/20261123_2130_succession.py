"""Whom the release that reigns replaced, and to which one the last holder left the lock."""

import sqlalchemy as sa
from alembic import op

revision = "20261123_2130_succession"
down_revision = "20261123_2130_privacy"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Expands the schema; a release that does not know the columns leaves them as they are."""
    op.add_column("leader", sa.Column("replaced", sa.Text(), nullable=True))
    op.add_column("leader", sa.Column("promised_to", sa.Text(), nullable=True))


def downgrade() -> None:
    """Nothing is undone: a mistake is mended by the next migration."""
