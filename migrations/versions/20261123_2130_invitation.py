"""Links that invite, and who came by them."""

import sqlalchemy as sa
from alembic import op

revision = "20261123_2130_invitation"
down_revision = "20261123_1850_market"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
CHECKS = {
    "inviter_id": "inviter_id <> invited_id",
    "paid": "(payment_id IS NULL) = (bonus_kopecks IS NULL)",
    "bonus_kopecks": "bonus_kopecks >= 0",
    "taken_back_at": "taken_back_at IS NULL OR bonus_kopecks > 0",
}


def upgrade() -> None:
    """Expands the schema."""
    op.create_table(
        "invite_code",
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, server_default=sa.func.now(), nullable=False),
        sa.CheckConstraint("code ~ '^[a-z0-9]{12}$'", name=op.f("ck_invite_code_code")),
        sa.ForeignKeyConstraint(["user_id"], ["person.id"], name=op.f("fk_invite_code_user_id")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_invite_code")),
        sa.UniqueConstraint("code", name=op.f("uq_invite_code_code")),
    )
    op.create_table(
        "invitation",
        sa.Column("invited_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("inviter_id", sa.BigInteger(), nullable=False),
        sa.Column("invited_at", MOMENT, server_default=sa.func.now(), nullable=False),
        sa.Column("payment_id", sa.BigInteger(), nullable=True),
        sa.Column("bonus_kopecks", sa.BigInteger(), nullable=True),
        sa.Column("taken_back_at", MOMENT, nullable=True),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_invitation_{name}")) for name, rule in CHECKS.items()),
        sa.ForeignKeyConstraint(["invited_id"], ["person.id"], name=op.f("fk_invitation_invited_id")),
        sa.ForeignKeyConstraint(["inviter_id"], ["person.id"], name=op.f("fk_invitation_inviter_id")),
        sa.ForeignKeyConstraint(["payment_id"], ["payment.id"], name=op.f("fk_invitation_payment_id")),
        sa.PrimaryKeyConstraint("invited_id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("payment_id", name=op.f("uq_invitation_payment_id")),
    )
    op.create_index(op.f("ix_invitation_inviter_id"), "invitation", ["inviter_id"])


def downgrade() -> None:
    """Nothing is undone: a mistake is mended by the next migration."""
