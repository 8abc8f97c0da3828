"""${message}."""

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = ${repr(branch_labels)}
depends_on = ${repr(depends_on)}


def upgrade() -> None:
    """Expands the schema; what is enforced comes in a later deploy."""
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    """Nothing is undone: a mistake is mended by the next migration."""
