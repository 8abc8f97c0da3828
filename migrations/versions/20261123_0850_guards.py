"""Free uses, budgets and KIE's balance; quotes and generations of price zero are flagged free."""

import sqlalchemy as sa
from alembic import op

revision = "20261123_0850_guards"
down_revision = "20261123_0845_receipts"
branch_labels = None
depends_on = None

# Where the hour, the day and the month began, and when the next ones begin, by a clock on a wall of the zone.
PERIODS = """
CREATE FUNCTION periods(
    p_zone text, OUT now timestamptz, OUT hour timestamptz, OUT next_hour timestamptz, OUT day timestamptz,
    OUT next_day timestamptz, OUT month timestamptz, OUT next_month timestamptz
) LANGUAGE sql VOLATILE AS $$
    SELECT c.now,
        date_trunc('hour', c.wall) AT TIME ZONE p_zone,
        (date_trunc('hour', c.wall) + interval '1 hour') AT TIME ZONE p_zone,
        date_trunc('day', c.wall) AT TIME ZONE p_zone,
        (date_trunc('day', c.wall) + interval '1 day') AT TIME ZONE p_zone,
        date_trunc('month', c.wall) AT TIME ZONE p_zone,
        (date_trunc('month', c.wall) + interval '1 month') AT TIME ZONE p_zone
    FROM (SELECT t AS now, t AT TIME ZONE p_zone AS wall FROM clock_timestamp() t) c
$$
"""

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Expands the schema."""
    op.execute(PERIODS)
    _flag_free_ones()
    op.create_table(
        "free_use",
        sa.Column("generation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("used_at", MOMENT, server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("returned_at", MOMENT, nullable=True),
        sa.CheckConstraint("returned_at >= used_at", name=op.f("ck_free_use_returned_at")),
        sa.ForeignKeyConstraint(["generation_id"], ["generation.id"], name=op.f("fk_free_use_generation_id")),
        sa.ForeignKeyConstraint(["user_id"], ["person.id"], name=op.f("fk_free_use_user_id")),
        sa.PrimaryKeyConstraint("generation_id", name=op.f("pk_free_use")),
    )
    op.create_index("ix_free_use_user_id", "free_use", ["user_id", "used_at"])
    op.create_table(
        "budget",
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("limit_kopecks", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("period IN ('day', 'month')", name=op.f("ck_budget_period")),
        sa.CheckConstraint("limit_kopecks > 0", name=op.f("ck_budget_limit_kopecks")),
        sa.ForeignKeyConstraint(["user_id"], ["person.id"], name=op.f("fk_budget_user_id")),
        sa.PrimaryKeyConstraint("user_id", "period", name=op.f("pk_budget")),
    )
    op.create_table(
        "kie_balance",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("credits", sa.Numeric(), nullable=False),
        sa.Column("read_at", MOMENT, nullable=False),
        sa.Column("low", sa.Boolean(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_kie_balance_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kie_balance")),
    )


def _flag_free_ones() -> None:
    for table in ("quote", "generation"):
        op.execute(f"ALTER TABLE {table} ADD COLUMN is_free boolean DEFAULT false NOT NULL")
    op.execute("UPDATE generation SET is_free = true WHERE price_kopecks = 0")
    op.drop_constraint(op.f("ck_quote_price_kopecks"), "quote")
    op.create_check_constraint(op.f("ck_quote_price_kopecks"), "quote", "price_kopecks >= 0")
    for table in ("quote", "generation"):
        op.create_check_constraint(op.f(f"ck_{table}_is_free"), table, "is_free = (price_kopecks = 0)")


def downgrade() -> None:
    """Nothing is undone: a mistake is mended by the next migration."""
