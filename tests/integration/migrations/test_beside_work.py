"""A schema changes while people are served: nobody waits long for a table, and no release minds a newer schema."""

import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from alembic import command
from alembic.config import Config

from app.db import Database
from app.db.migration import migrate
from app.db.schema import MIGRATIONS, head_revision
from app.web import Status

ROOT = Path(__file__).resolve().parents[3]
LATER = "20991231_2359_later"
AN_EARLIER = "20261123_0501_installation"


def set_version(url: str, version: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("UPDATE alembic_version SET version_num = %s", (version,))


def version_of(url: str) -> object:
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT version_num FROM alembic_version").fetchone()


@pytest.fixture
async def status(database: Database) -> Status:
    status = Status(database, instance="here", release="r", models=1)
    status.owned()
    return status


@pytest.mark.proves("X46", "F79")
async def test_an_instance_whose_schema_is_older_is_not_ready_and_says_so(
    status: Status, database_url: str
) -> None:
    set_version(database_url, AN_EARLIER)
    readiness = await status.readiness()
    assert not readiness.ready
    assert readiness.schema == f"{AN_EARLIER}, this code needs {head_revision()}"


@pytest.mark.proves("X46")
async def test_an_instance_whose_schema_is_newer_is_ready_and_says_so(
    status: Status, database_url: str
) -> None:
    set_version(database_url, LATER)
    readiness = await status.readiness()
    assert readiness.ready
    assert readiness.schema == f"ok: {LATER}, newer than this code's {head_revision()}"


@pytest.mark.proves("X46")
def test_a_release_that_was_gone_back_to_leaves_the_newer_schema_alone(database_url: str) -> None:
    set_version(database_url, LATER)
    migrate(database_url)
    assert version_of(database_url) == (LATER,)


@pytest.mark.proves("X46")
def test_a_migration_that_waits_for_a_table_keeps_nobody_behind_it_waiting(
    database_url: str, tmp_path: Path
) -> None:
    later = with_a_later_migration(tmp_path, database_url)
    with ThreadPoolExecutor(1) as beside, psycopg.connect(database_url) as busy:
        busy.execute("SELECT count(*) FROM person")  # and its transaction goes on
        upgrade = beside.submit(command.upgrade, later, "head")
        wait_until(database_url, "SELECT count(*) > 0 FROM pg_locks WHERE NOT granted AND mode = %s")
        with psycopg.connect(database_url) as person:
            person.execute("SET lock_timeout = '20s'")
            person.execute("SELECT count(*) FROM person")  # stands behind the migration, which gives up first
        assert not upgrade.done()
        assert version_of(database_url) == (head_revision(),)
        busy.rollback()
        upgrade.result(60)
    assert version_of(database_url) == (LATER,)


UPGRADE = """
import sys
from alembic import command
from alembic.config import Config
configuration = Config()
configuration.set_main_option("script_location", sys.argv[1])
configuration.attributes["url"] = sys.argv[2]
command.upgrade(configuration, "head")
"""


@pytest.mark.proves("X46", "F79")
def test_a_migration_that_was_killed_half_way_left_nothing_and_is_done_by_the_next_one(
    database_url: str, tmp_path: Path
) -> None:
    later = with_a_later_migration(tmp_path, database_url)
    with psycopg.connect(database_url) as busy:
        busy.execute("SELECT count(*) FROM person")
        command_line = [sys.executable, "-c", UPGRADE, str(tmp_path / "migrations"), database_url]
        half = subprocess.Popen(
            command_line, cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, stderr=subprocess.DEVNULL
        )
        wait_until(database_url, "SELECT count(*) > 0 FROM pg_locks WHERE NOT granted AND mode = %s")
        half.kill()
        half.wait(60)
        assert version_of(database_url) == (head_revision(),)
    command.upgrade(later, "head")  # its first table would be there already
    assert version_of(database_url) == (LATER,)


def with_a_later_migration(folder: Path, url: str) -> Config:
    """Our migrations and one more, which needs a table for itself."""
    shutil.copytree(MIGRATIONS.parent, folder / "migrations", ignore=shutil.ignore_patterns("__pycache__"))
    more = f'revision = "{LATER}"\ndown_revision = "{head_revision()}"\n'
    more += (
        "from alembic import op\ndef upgrade():\n"
        '    op.execute("CREATE TABLE half (it text)")\n'
        '    op.execute("ALTER TABLE person ADD COLUMN later text")\n'
    )
    (folder / "migrations" / "versions" / f"{LATER}.py").write_text(more)
    configuration = Config()
    configuration.set_main_option("script_location", str(folder / "migrations"))
    configuration.attributes["url"] = url
    return configuration


def wait_until(url: str, question: str) -> None:
    """Returns when the database says yes to what is asked of locks that shut everybody out."""
    deadline = time.monotonic() + 60
    with psycopg.connect(url, autocommit=True) as connection:
        while connection.execute(question.encode(), ("AccessExclusiveLock",)).fetchone() != (True,):
            assert time.monotonic() < deadline, "it never came to that"
            time.sleep(0.01)
