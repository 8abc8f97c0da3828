"""Which version the schema has, and which one this code needs."""

from pathlib import Path

from sqlalchemy import text

from app.db.database import Database

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations" / "versions"


def head_revision() -> str:
    """The version that this code needs: migrations are named by date, the last one is the head."""
    return max(path.stem for path in MIGRATIONS.glob("2*.py"))


async def current_revision(database: Database) -> str:
    """The version that the database has; "nothing" where no migration was ever applied."""
    async with database.snapshot() as session:
        if (await session.execute(text("SELECT to_regclass('alembic_version')"))).scalar_one() is None:
            return "nothing"
        return str((await session.execute(text("SELECT version_num FROM alembic_version"))).scalar_one())
