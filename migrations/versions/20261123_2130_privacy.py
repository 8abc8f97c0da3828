"""People may have their data given out and deleted; who was deleted is known again by a keyed hash."""

import sqlalchemy as sa
from alembic import op

revision = "20261123_2130_privacy"
down_revision = "20261123_2130_invitation"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
NOW = sa.func.clock_timestamp()


def upgrade() -> None:
    """Expands the schema."""
    op.add_column("person", sa.Column("leaving_at", MOMENT, nullable=True))
    op.add_column("person", sa.Column("left_at", MOMENT, nullable=True))
    op.create_check_constraint(
        op.f("ck_person_left_at"), "person", "left_at IS NULL OR leaving_at IS NOT NULL"
    )
    _departed()
    op.create_table(
        "departure",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("given_up_kopecks", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), server_default="asked", nullable=False),
        sa.Column("asked_at", MOMENT, server_default=NOW, nullable=False),
        sa.Column("look_at", MOMENT, server_default=NOW, nullable=False),
        sa.Column("done_at", MOMENT, nullable=True),
        sa.CheckConstraint("state IN ('asked', 'emptied', 'done')", name=op.f("ck_departure_state")),
        sa.CheckConstraint("given_up_kopecks >= 0", name=op.f("ck_departure_given_up_kopecks")),
        sa.CheckConstraint("(state = 'done') = (done_at IS NOT NULL)", name=op.f("ck_departure_done_at")),
        sa.ForeignKeyConstraint(["user_id"], ["person.id"], name=op.f("fk_departure_user_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_departure")),
        sa.UniqueConstraint("event_id", name=op.f("uq_departure_event_id")),
    )
    op.create_index(
        "uq_departure_user_id_open",
        "departure",
        ["user_id"],
        unique=True,
        postgresql_where=sa.text("state <> 'done'"),
    )
    op.create_table(
        "data_export",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", MOMENT, server_default=NOW, nullable=False),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["person.id"], name=op.f("fk_data_export_user_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_export")),
        sa.UniqueConstraint("event_id", name=op.f("uq_data_export_event_id")),
    )
    op.create_index("ix_data_export_user_id", "data_export", ["user_id", "asked_at"])


def _departed() -> None:
    op.create_table(
        "departed",
        sa.Column("mark", sa.LargeBinary(), nullable=False),
        sa.Column("banned_at", MOMENT, nullable=True),
        sa.Column("left_at", MOMENT, server_default=NOW, nullable=False),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_departed")),
    )
    op.create_table(
        "departed_key",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_departed_key_single")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_departed_key")),
    )
    # Two random UUIDs carry 244 random bits; no extension is needed for them.
    op.execute(
        "INSERT INTO departed_key (id, key) "
        "VALUES (1, sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())))"
    )


def downgrade() -> None:
    """Nothing is undone: a mistake is mended by the next migration."""
