"""The double-entry ledger: tables, functions, append-only triggers.

The SQL stands beside this file, in the folder of the same name: one statement after another, parted by `--;;`.
"""

from pathlib import Path

from alembic import op

revision = "20261123_0503_ledger"
down_revision = "20261123_0502_inbox"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Expands the schema."""
    for path in sorted(Path(__file__).with_suffix("").glob("*.sql")):
        for statement in path.read_text().split("--;;"):
            op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """Nothing is undone: a mistake is mended by the next migration."""
