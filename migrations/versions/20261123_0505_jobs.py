"""The queue engine's own schema."""

from alembic import op
from procrastinate.schema import SchemaManager

revision = "20261123_0505_jobs"
down_revision = "20261123_0504_users"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Installs the tables and functions of procrastinate 3.10 as the engine itself ships them.

    The text comes from the installed version and not from a copy of ours: the worker calls these functions by
    name and version, so the two must be of one release. pyproject.toml pins 3.10; a later release ships the
    statements that lead from one schema to the next, and the commit that raises the pin adds them as a
    migration.
    """
    # The text holds per cent signs and several statements: it must reach the server without parameters.
    op.get_bind().exec_driver_sql(SchemaManager.get_schema(), execution_options={"no_parameters": True})


def downgrade() -> None:
    """Nothing is undone: a mistake is mended by the next migration."""
