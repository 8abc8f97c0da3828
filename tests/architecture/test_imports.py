"""Nothing breaks by being imported, and the way in imports little."""

import subprocess
import sys

import pytest

from tests.architecture.source import ROOT, sources


@pytest.mark.proves("F77", "F78")
def test_every_module_can_be_imported_on_its_own() -> None:
    modules = [source.module for source in sources("app", "bot") if not source.path.endswith("__main__.py")]
    program = "import importlib, sys\nfor name in sys.argv[1:]: importlib.import_module(name)"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program, *modules],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr


def test_the_way_in_does_not_load_aiogram() -> None:
    program = "import app.main, app.web, sys; print('aiogram' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "False"


@pytest.mark.proves("F77")
def test_no_package_of_ours_hides_a_library() -> None:
    own = {path.stem for path in ROOT.iterdir() if path.is_dir() or path.suffix == ".py"}
    assert not own & {
        "aiogram",
        "aiohttp",
        "alembic",
        "asyncpg",
        "sqlalchemy",
        "pydantic",
        "gunicorn",
        "procrastinate",
    }
