"""Brings a database to this code's version. Apart from `schema`, because alembic is slow to import."""

from pathlib import Path

from alembic import command
from alembic.config import Config

from app.db.direct import as_libpq_url

ROOT = Path(__file__).resolve().parents[2]


def migrate(url: str) -> None:
    """Applies what is missing, in one transaction; safe to start from many places at once."""
    configuration = Config(ROOT / "alembic.ini")
    configuration.attributes["url"] = as_libpq_url(url)
    command.upgrade(configuration, "head")
