"""Variants of one draft side by side, and what of a price went back for results that never came."""

import sqlalchemy as sa
from alembic import op

revision = "20261123_1500_variants"
down_revision = "20261123_1140_desk"
branch_labels = None
depends_on = None

NUMBERS = (("variant", "1"), ("variants", "1"), ("sold", "1"), ("missing", "0"), ("returned_kopecks", "0"))
RETURNED = (
    "returned_kopecks BETWEEN 0 AND price_kopecks "
    "AND (returned_kopecks > 0) = (missing > 0 AND price_kopecks > 0)"
)


def upgrade() -> None:
    """Expands the schema; what was made before is a variant of its own, sold as one."""
    for name, default in NUMBERS:
        number = sa.Column(name, sa.BigInteger(), nullable=False, server_default=sa.text(default))
        op.add_column("generation", number)
    op.create_check_constraint(op.f("ck_generation_missing"), "generation", "missing >= 0 AND missing < sold")
    op.create_check_constraint(op.f("ck_generation_returned"), "generation", RETURNED)
    op.create_check_constraint(op.f("ck_generation_variant"), "generation", "variant BETWEEN 1 AND variants")
    op.create_unique_constraint(op.f("uq_generation_draft_id_variant"), "generation", ["draft_id", "variant"])
    op.drop_constraint(op.f("uq_generation_draft_id"), "generation", type_="unique")


def downgrade() -> None:
    """Nothing is undone: a mistake is mended by the next migration."""
