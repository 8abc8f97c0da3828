"""Rates that operators change, the staff and its log: the first and the last only grow, whoever writes."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "20261123_0840_admin"
down_revision = "20261123_0830_payment_states"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)

REFUSE = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING
        ERRCODE = 'insufficient_privilege',
        MESSAGE = concat_ws(' ', TG_OP, 'on', TG_TABLE_NAME, 'is not for anybody: the table only grows');
END
$$
"""

GUARDS = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON {table} EXECUTE FUNCTION refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM PUBLIC, CURRENT_USER
"""


def upgrade() -> None:
    """Expands the schema."""
    op.create_index("ix_person_username", "person", [sa.text("lower(username)")])
    _create_rates()
    _create_staff()
    _create_action_log()
    op.execute(REFUSE)
    for table in ("rates", "action_log"):
        for statement in GUARDS.format(table=table).split(";"):
            op.execute(statement)


def _create_rates() -> None:
    op.create_table(
        "rates",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("usd_rub", sa.Numeric(), nullable=False),
        sa.Column("markup", sa.Numeric(), nullable=False),
        sa.Column("star_rub", sa.Numeric(), nullable=False),
        sa.Column("created_at", MOMENT, server_default=sa.func.now(), nullable=False),
        sa.CheckConstraint("usd_rub > 0", name=op.f("ck_rates_usd_rub")),
        sa.CheckConstraint("markup >= 1", name=op.f("ck_rates_markup")),
        sa.CheckConstraint("star_rub > 0", name=op.f("ck_rates_star_rub")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rates")),
    )


def _create_staff() -> None:
    op.create_table(
        "staff",
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("granted_at", MOMENT, server_default=sa.func.now(), nullable=False),
        sa.CheckConstraint("role IN ('operator', 'support', 'read_only')", name=op.f("ck_staff_role")),
        sa.ForeignKeyConstraint(["user_id"], ["person.id"], name=op.f("fk_staff_user_id")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_staff")),
    )


def _create_action_log() -> None:
    op.create_table(
        "action_log",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("at", MOMENT, server_default=sa.func.clock_timestamp(), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("facts", JSONB(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_action_log_reason")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_log")),
    )
    op.create_index("ix_action_log_user_id", "action_log", ["user_id", "id"])


def downgrade() -> None:
    """Nothing is undone: a mistake is mended by the next migration."""
