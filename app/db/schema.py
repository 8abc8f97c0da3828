"""Which version the schema has, and which one this code needs."""

from pathlib import Path

from sqlalchemy import text

from app.db.database import Database, ReadSession

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations" / "versions"


def head_revision() -> str:
    """The version that this code needs: migrations are named by date, the last one is the head."""
    return max(path.stem for path in MIGRATIONS.glob("2*.py"))


async def current_revision(database: Database) -> str | None:
    """The version that the database has; None before its first migration."""
    async with database.snapshot() as session:
        return await read_revision(session)


async def read_revision(session: ReadSession) -> str | None:
    """The same inside a session."""
    table = await session.execute(text("SELECT to_regclass('alembic_version') IS NOT NULL"))
    if not table.scalar_one():
        return None
    return (await session.execute(text("SELECT version_num FROM alembic_version"))).scalar()
