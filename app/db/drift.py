"""How far a database's tables have moved away from what the code declares."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from app.db.base import Base
from app.db.direct import as_libpq_url
from app.db.migration import load_tables


def differences(url: str) -> tuple[str, ...]:
    """One line for each table, column, index or constraint that is there and not declared, or the other way round.

    The queue's own tables are not ours to declare. Raises SQLAlchemyError when the database cannot be read.
    """
    load_tables()
    engine = create_engine(
        as_libpq_url(url).replace("postgresql://", "postgresql+psycopg://", 1),
        connect_args={"connect_timeout": 5, "options": "-c statement_timeout=10000"},
    )
    try:
        with engine.connect() as connection:
            options = {"include_name": _is_ours, "compare_type": True}
            context = MigrationContext.configure(connection, opts=options)
            return tuple(_told(difference) for difference in compare_metadata(context, Base.metadata))
    finally:
        engine.dispose()


def _is_ours(name: str | None, kind: str, _parents: object) -> bool:
    return not (kind == "table" and (name or "").startswith("procrastinate_"))


def _told(difference: object) -> str:
    """`add_table users` reads: the database lacks it."""
    if isinstance(difference, list):
        return "; ".join(map(_told, difference))
    if not isinstance(difference, tuple):
        return str(difference)
    names = (getattr(it, "name", it) for it in difference[1:])
    return " ".join([str(difference[0]), *(str(name) for name in names if name is not None)])
