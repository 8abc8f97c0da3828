"""The durable inbox."""

from alembic import op

revision = "20261123_0502_inbox"
down_revision = "20261123_0501_installation"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Expands the schema."""
    op.execute(
        """
        CREATE TABLE inbox (
            id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_inbox PRIMARY KEY,
            source text NOT NULL,
            scope text NOT NULL,
            external_id text NOT NULL,
            digest bytea NOT NULL,
            lane text NOT NULL,
            payload bytea NOT NULL,
            received_at timestamptz NOT NULL DEFAULT now(),
            status text NOT NULL DEFAULT 'new'
                CONSTRAINT ck_inbox_status CHECK (status IN ('new', 'done', 'dead')),
            attempts bigint NOT NULL DEFAULT 0,
            applied_at timestamptz,
            done_at timestamptz,
            error text,
            CONSTRAINT uq_inbox_source_scope_external_id_digest
                UNIQUE (source, scope, external_id, digest)
        )
        """
    )
    op.execute("CREATE INDEX ix_inbox_new ON inbox (id) WHERE status = 'new'")
    op.execute("CREATE INDEX ix_inbox_dead ON inbox (id) WHERE status = 'dead'")


def downgrade() -> None:
    """Nothing is undone: a mistake is mended by the next migration."""
