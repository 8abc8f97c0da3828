"""Models that people marked with a star, and a quick way to count what was used lately."""

import sqlalchemy as sa
from alembic import op

revision = "20261123_0720_favourites"
down_revision = "20261123_0710_media"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Expands the schema."""
    op.create_table(
        "favourite",
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("model_key", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["person.id"], name=op.f("fk_favourite_user_id")),
        sa.PrimaryKeyConstraint("user_id", "model_key", name=op.f("pk_favourite")),
    )
    op.create_index("ix_generation_created_at", "generation", ["created_at"])


def downgrade() -> None:
    """Nothing is undone: a mistake is mended by the next migration."""
