"""The operators' commands as subprocesses, on this checkout or on a copy of it with something broken."""

import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

ROOT = Path(__file__).resolve().parents[3]
NOTHING: Mapping[str, str] = MappingProxyType({})
PARTS = ("app", "bot", "scripts", "models", "migrations", "alembic.ini", "pyproject.toml")


@dataclass(frozen=True)
class Edit:
    """`words`, which stand once in `file`, become `instead`."""

    file: str
    words: str
    instead: str


@dataclass(frozen=True)
class Ended:
    """How a command ended, and everything that it printed."""

    code: int
    said: str


def run_command(
    *command: str, folder: Path, checkout: Path = ROOT, environment: Mapping[str, str] = NOTHING
) -> Ended:
    """Runs it with nothing but `environment` around it; `folder` is where it is started."""
    done = subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(checkout), **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    return Ended(done.returncode, done.stdout + done.stderr)


def broken_checkout(folder: Path, *edits: Edit) -> Path:
    """A copy of this checkout in which each edit was made."""
    checkout = folder / "checkout"
    for part in PARTS:
        place = checkout / part
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, place, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / part, place)
    for edit in edits:
        place = checkout / edit.file
        text = place.read_text()
        assert text.count(edit.words) == 1, f"{edit.file} has {edit.words!r} {text.count(edit.words)} times"
        place.write_text(text.replace(edit.words, edit.instead))
    return checkout


def without_secrets(said: str, environment: Mapping[str, str]) -> bool:
    """Whether none of the secret settings stands in the output."""
    names = ("TELEGRAM_BOT_TOKEN", "KIE_API_KEY", "WEBHOOK_SECRET_TOKEN", "DATABASE_URL")
    return not any(environment[name] in said for name in names)
