"""Runs the migrations in one transaction, one process at a time."""

import sqlalchemy as sa
from alembic import context

from app.db import Base
from app.db.migration import load_tables
from app.settings import database_url

# Any number serves, as long as every migrating process takes the same.
MIGRATION_LOCK = 7_318_002_451


def include_name(name: str | None, kind: str, _parents: object) -> bool:
    """The queue engine's tables are its own; the tables of ours are all compared."""
    return not (kind == "table" and (name or "").startswith("procrastinate_"))


def run() -> None:
    """Waits for the lock, then applies what is missing."""
    load_tables()
    url = context.config.attributes.get("url") or database_url()
    engine = sa.create_engine(
        str(url).replace("postgresql://", "postgresql+psycopg://", 1), poolclass=sa.pool.NullPool
    )
    with engine.connect() as connection:
        connection.execute(sa.text("SELECT pg_advisory_lock(:key)"), {"key": MIGRATION_LOCK})
        connection.commit()
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            include_name=include_name,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


run()
