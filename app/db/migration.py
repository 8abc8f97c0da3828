"""Brings a database to this code's version. Apart from `schema`, because alembic is slow to import."""

import importlib
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy.exc import OperationalError

from app.db.direct import as_libpq_url
from app.errors import StorageUnavailableError

ROOT = Path(__file__).resolve().parents[2]


def load_tables() -> None:
    """Imports every `tables` module, so that Base knows the whole schema. By name: this layer knows none of them."""
    for path in sorted((ROOT / "app").rglob("tables.py")):
        importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))


def migrate(url: str) -> None:
    """Applies what is missing; safe to start from many places at once, and beside an earlier release that works.

    A schema that is newer than this code stays as it is. Raises StorageUnavailableError.
    """
    configuration = Config(ROOT / "alembic.ini")
    configuration.attributes["url"] = as_libpq_url(url)
    try:
        command.upgrade(configuration, "head")
    except OperationalError as error:
        raise StorageUnavailableError("no connection") from error
