"""Runs the migrations, one process at a time, beside a release that goes on working."""

import logging
import time

import sqlalchemy as sa
from alembic import context
from psycopg.errors import LockNotAvailable

from app.db import Base
from app.db.direct import CLIENT_KEEPALIVE, KEEPALIVE, SEARCH_PATH, as_libpq_url
from app.db.migration import load_tables
from app.db.schema import head_revision
from app.settings import database_url

# Any number serves, as long as every migrating process takes the same.
MIGRATION_LOCK = 7_318_002_451

# Whoever waits for a table keeps everybody behind waiting, too: not longer than a person notices, then again.
LOCK_LIMIT = "900ms"
PAUSE_SECONDS = 1.0

# Whoever migrates just now is waited for; one whose machine is gone loses the lock by the server's keepalive.
TURN_LIMIT = "15min"
TRIES = 120

logger = logging.getLogger("alembic.env")


def include_name(name: str | None, kind: str, _parents: object) -> bool:
    """The queue engine's tables are its own; the tables of ours are all compared."""
    return not (kind == "table" and (name or "").startswith("procrastinate_"))


def run() -> None:
    """Waits for the lock, then applies what is missing."""
    load_tables()
    url = context.config.attributes.get("url") or database_url()
    engine = sa.create_engine(
        as_libpq_url(str(url)).replace("postgresql://", "postgresql+psycopg://", 1),
        poolclass=sa.pool.NullPool,
        connect_args={"connect_timeout": 10, **CLIENT_KEEPALIVE},
    )
    with engine.connect() as connection:
        for name, value in {**KEEPALIVE, "search_path": SEARCH_PATH, "lock_timeout": TURN_LIMIT}.items():
            _set(connection, name, value)
        connection.execute(sa.text("SELECT pg_advisory_lock(:key)"), {"key": MIGRATION_LOCK})
        _set(connection, "lock_timeout", LOCK_LIMIT)
        connection.commit()
        newer = _newer_schema(connection)
        if newer is None:
            _upgrade(connection)
        else:
            logger.warning("the schema %s is newer than this code, which runs on it as it is", newer)
    engine.dispose()


def _set(connection: sa.Connection, name: str, value: str) -> None:
    connection.execute(sa.text("SELECT set_config(:name, :value, false)"), {"name": name, "value": value})


def _upgrade(connection: sa.Connection) -> None:
    """Each migration commits by itself, so no table stays locked for the sake of the next one's wait."""
    for left in reversed(range(TRIES)):
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            include_name=include_name,
            compare_type=True,
            transaction_per_migration=True,
        )
        try:
            with context.begin_transaction():
                context.run_migrations()
        except sa.exc.OperationalError as error:
            connection.rollback()
            if not isinstance(error.orig, LockNotAvailable) or not left:
                raise
            logger.warning("somebody works on a table that is to change: waiting for another moment")
            time.sleep(PAUSE_SECONDS)
        else:
            return


def _newer_schema(connection: sa.Connection) -> str | None:
    """The version of a database that a later release has migrated: this code has gone back to an earlier one."""
    version = None
    if connection.execute(sa.text("SELECT to_regclass('alembic_version')")).scalar() is not None:
        version = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
    connection.rollback()
    return version if version is not None and version > head_revision() else None


run()
