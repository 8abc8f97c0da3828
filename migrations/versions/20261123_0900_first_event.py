"""Which event brought a person, and what their live screen shows: what is said again, and what is not."""

import sqlalchemy as sa
from alembic import op

revision = "20261123_0900_first_event"
down_revision = "20261123_0850_guards"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Expands the schema."""
    op.add_column("person", sa.Column("first_event_id", sa.BigInteger(), nullable=True))
    op.add_column("screen", sa.Column("shows", sa.Text(), nullable=True))


def downgrade() -> None:
    """Nothing is undone: a mistake is mended by the next migration."""
