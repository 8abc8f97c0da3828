"""Which database an operator's command means, and where its backups lie."""

from datetime import datetime
from pathlib import Path

from app.db.embedded import running_url
from app.settings import SettingsError, database_url

BACKUPS = Path(".data/backups")


def configured_database() -> str:
    """DATABASE_URL, past any pooler; without it the embedded one that runs in this folder. Raises SettingsError."""
    try:
        return database_url()
    except SettingsError:
        running = running_url(Path(".data"))
        if running is None:
            raise
        return running


def new_backup(now: datetime) -> Path:
    """The name of a backup that is made now: names sort as the moments do."""
    BACKUPS.mkdir(mode=0o700, parents=True, exist_ok=True)
    return BACKUPS / f"trt-{now:%Y%m%d-%H%M%S}.dump"


def newest_backup() -> Path | None:
    """The last one that was made here."""
    return max(BACKUPS.glob("trt-*.dump"), default=None)
