"""The installation, its signing key, and the leader's row."""

import sqlalchemy as sa
from alembic import op

revision = "20261123_0501_installation"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Expands the schema."""
    op.create_table(
        "installation",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("bot_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("signing_key", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_installation"),
        sa.CheckConstraint("id = 1", name="ck_installation_single"),
        sa.CheckConstraint("kind IN ('sandbox', 'real')", name="ck_installation_kind"),
    )
    # Two random UUIDs carry 244 random bits; no extension is needed for them.
    op.execute(
        "INSERT INTO installation (id, signing_key) "
        "VALUES (1, sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())))"
    )
    op.create_table(
        "leader",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=True),
        sa.Column("instance", sa.Text(), nullable=True),
        sa.Column("release", sa.Text(), nullable=True),
        sa.Column("renewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_leader"),
        sa.UniqueConstraint("epoch", name="uq_leader_epoch"),
        sa.CheckConstraint("id = 1", name="ck_leader_single"),
    )
    op.execute("INSERT INTO leader (id, epoch) VALUES (1, 0)")


def downgrade() -> None:
    """Nothing is undone: a mistake is mended by the next migration."""
