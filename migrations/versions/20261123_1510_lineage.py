"""What a generation was made from: the one whose result went in."""

import sqlalchemy as sa
from alembic import op

revision = "20261123_1510_lineage"
down_revision = "20261123_1500_variants"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Expands the schema."""
    op.add_column("generation", sa.Column("parent_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(
        op.f("fk_generation_parent_id"),
        "generation",
        "generation",
        ["parent_id"],
        ["id"],
        ondelete="SET NULL",
    )
    op.create_index(
        "ix_generation_parent_id",
        "generation",
        ["parent_id"],
        postgresql_where=sa.text("parent_id IS NOT NULL"),
    )


def downgrade() -> None:
    """Nothing is undone: a mistake is mended by the next migration."""
