"""Receipts of bank transfers."""

import sqlalchemy as sa
from alembic import op

revision = "20261123_0845_receipts"
down_revision = "20261123_0840_admin"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
UNDECIDED = sa.text("state IN ('received', 'waiting', 'seconded')")
APPROVED = sa.text("state = 'approved'")

CHECKS = {
    "state": "state IN ('received', 'waiting', 'seconded', 'approved', 'rejected')",
    "kind": "kind IN ('photo', 'document')",
    "approved": "(state = 'approved') = (amount_kopecks IS NOT NULL)",
    "amount_kopecks": "amount_kopecks > 0",
    "rejected": "(state = 'rejected') = (reason IS NOT NULL)",
    "decided_by": "(state IN ('approved', 'rejected')) = (decided_by IS NOT NULL)",
    "seconded": "state <> 'seconded' OR first_by IS NOT NULL",
}


def upgrade() -> None:
    """Expands the schema."""
    op.create_table(
        "receipt",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.Column("unique_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("asked_kopecks", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("read_at", MOMENT, nullable=True),
        sa.Column("digest", sa.LargeBinary(), nullable=True),
        sa.Column("likeness", sa.LargeBinary(), nullable=True),
        sa.Column("twin_id", sa.BigInteger(), nullable=True),
        sa.Column("twin_exact", sa.Boolean(), nullable=True),
        sa.Column("first_by", sa.BigInteger(), nullable=True),
        sa.Column("first_at", MOMENT, nullable=True),
        sa.Column("first_amount_kopecks", sa.BigInteger(), nullable=True),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("amount_kopecks", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("escalated_at", MOMENT, nullable=True),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_receipt_{name}")) for name, rule in CHECKS.items()),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_receipt_order_id")),
        sa.ForeignKeyConstraint(["user_id"], ["person.id"], name=op.f("fk_receipt_user_id")),
        sa.ForeignKeyConstraint(["twin_id"], ["receipt.id"], name=op.f("fk_receipt_twin_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt")),
        sa.UniqueConstraint("event_id", name=op.f("uq_receipt_event_id")),
    )
    _create_indexes()


def _create_indexes() -> None:
    guards = {
        "uq_receipt_order_id_undecided": (["order_id"], UNDECIDED),
        "uq_receipt_order_id_approved": (["order_id"], APPROVED),
        "uq_receipt_digest_approved": (["digest"], APPROVED),
    }
    for name, (columns, where) in guards.items():
        op.create_index(name, "receipt", columns, unique=True, postgresql_where=where)
    op.create_index("ix_receipt_digest", "receipt", ["digest"])
    op.create_index("ix_receipt_user_id", "receipt", ["user_id", "received_at"])
    op.create_index("ix_receipt_undecided", "receipt", ["id"], postgresql_where=UNDECIDED)


def downgrade() -> None:
    """Nothing is undone: a mistake is mended by the next migration."""
