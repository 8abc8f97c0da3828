"""Who agreed to the terms: append-only. A quote names the worth of a Star that it was computed with, too."""

import sqlalchemy as sa
from alembic import op

revision = "20261123_1140_consent"
down_revision = "20261123_1130_pace"
branch_labels = None
depends_on = None

GUARDS = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON consent FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON consent EXECUTE FUNCTION refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON consent FROM PUBLIC, CURRENT_USER
"""


def upgrade() -> None:
    """Expands the schema."""
    op.create_table(
        "consent",
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column(
            "agreed_at",
            sa.DateTime(timezone=True),
            server_default=sa.func.clock_timestamp(),
            nullable=False,
        ),
        sa.CheckConstraint("version <> ''", name=op.f("ck_consent_version")),
        sa.PrimaryKeyConstraint("user_id", "version", name=op.f("pk_consent")),
    )
    for statement in GUARDS.split(";"):
        op.execute(statement)
    # Quotes made before this day were priced with a worth that nobody wrote down: theirs stays unknown.
    op.add_column("quote", sa.Column("star_rub", sa.Numeric(), nullable=True))


def downgrade() -> None:
    """Nothing is undone: a mistake is mended by the next migration."""
