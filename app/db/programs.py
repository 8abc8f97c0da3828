"""Postgres's own programs on this machine: the wheel's, and those that the system carries."""

import contextlib
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.db.embedded import MissingPostgresError, wheel_programs

SYSTEM = Path("/usr/lib/postgresql")
"""Where Debian and Ubuntu put each release into a folder of its own."""

CLIENT = ("pg_dump", "pg_restore")
SERVER = ("postgres", "initdb")
SAYING_SECONDS = 30


@dataclass(frozen=True)
class Programs:
    """One release of Postgres (`major`: 16, 17, …) in one folder."""

    major: int
    folder: Path

    def path(self, name: str) -> str:
        """Where the program is."""
        return str(self.folder / name)

    @property
    def has_server(self) -> bool:
        """Whether a cluster can be run with them, not only asked."""
        return all((self.folder / name).exists() for name in SERVER)


def find_programs() -> tuple[Programs, ...]:
    """Every release that can dump and restore, the oldest first."""
    found = {_release(folder): folder for folder in _folders()}
    return tuple(Programs(major, folder) for major, folder in sorted(found.items()) if major)


def _folders() -> Iterator[Path]:
    """Where they may be; of two folders with one release the later one is taken."""
    on_path = shutil.which("pg_dump")
    if on_path is not None:
        yield Path(on_path).parent
    yield from SYSTEM.glob("*/bin")
    with contextlib.suppress(MissingPostgresError):
        yield wheel_programs()


def _release(folder: Path) -> int:
    """0 when these programs are not all there, or do not run."""
    if not all((folder / name).exists() for name in CLIENT):
        return 0
    said = subprocess.run(
        [str(folder / "pg_dump"), "--version"],
        capture_output=True,
        text=True,
        check=False,
        timeout=SAYING_SECONDS,
    )
    version = re.search(r"\(PostgreSQL\) (\d+)", said.stdout)
    return int(version[1]) if version else 0
