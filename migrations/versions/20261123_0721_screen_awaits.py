"""What a typed text means on a person's live screen."""

import sqlalchemy as sa
from alembic import op

revision = "20261123_0721_screen_awaits"
down_revision = "20261123_0720_favourites"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Expands the schema."""
    op.add_column("screen", sa.Column("awaits", sa.Text(), nullable=True))


def downgrade() -> None:
    """Nothing is undone: a mistake is mended by the next migration."""
