"""Files that people send, and where the provider has them."""

import sqlalchemy as sa
from alembic import op

revision = "20261123_0710_media"
down_revision = "20261123_0508_payments"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Expands the schema."""
    op.create_table(
        "attachment",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("message_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("album", sa.Text(), nullable=True),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("caption", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, server_default=sa.func.now(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["person.id"], name=op.f("fk_attachment_user_id")),
        sa.PrimaryKeyConstraint("chat_id", "message_id", name=op.f("pk_attachment")),
    )
    op.create_index("ix_attachment_user_id", "attachment", ["user_id", "created_at"])
    op.create_table(
        "upload",
        sa.Column("unique_id", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("uploaded_at", MOMENT, server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.PrimaryKeyConstraint("unique_id", name=op.f("pk_upload")),
    )


def downgrade() -> None:
    """Nothing is undone: a mistake is mended by the next migration."""
