"""From nothing to the current schema, by one process or by twenty, without dropping anything."""

import re
import shlex
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from app.db import Base
from app.db.drift import differences
from app.db.migration import load_tables, migrate
from app.db.schema import MIGRATIONS, head_revision
from tests.fixtures.blueprint import blueprint

ROOT = Path(__file__).resolve().parents[3]


def tables(url: str) -> set[str]:
    with psycopg.connect(url) as connection:
        rows = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    return {row[0] for row in rows}


@pytest.mark.proves("F79", "F80")
def test_an_empty_database_gets_every_table_that_the_code_declares(empty_database_url: str) -> None:
    migrate(empty_database_url)
    load_tables()
    missing = set(Base.metadata.tables) - tables(empty_database_url)
    assert len(Base.metadata.tables) > 5
    assert missing == set()


@pytest.mark.proves("F79", "F81")
def test_the_command_that_render_runs_before_a_deploy_migrates(empty_database_url: str) -> None:
    program, *arguments = shlex.split(blueprint()["services"][0]["preDeployCommand"])
    command = [str(Path(sys.executable).with_name(Path(program).name)), *arguments]
    environment = {"PATH": "/usr/bin:/bin", "DATABASE_URL": empty_database_url}
    done = subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True, timeout=120)
    assert done.returncode == 0, done.stderr.decode()
    assert differences(empty_database_url) == ()


@pytest.mark.proves("F80")
def test_the_declared_tables_and_the_migrated_ones_are_the_same(database_url: str) -> None:
    assert differences(database_url) == ()


@pytest.mark.proves("F79", "X14")
def test_twenty_processes_migrate_at_once_and_one_does_the_work(empty_database_url: str) -> None:
    program = "import sys; from app.db.migration import load_tables, migrate; migrate(sys.argv[1])"

    def start(_: int) -> int:
        command = [sys.executable, "-c", program, empty_database_url]
        return subprocess.run(command, cwd=ROOT, check=False, timeout=300).returncode

    with ThreadPoolExecutor(20) as pool:
        assert set(pool.map(start, range(20))) == {0}
    with psycopg.connect(empty_database_url) as connection:
        versions = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    assert versions == [(head_revision(),)]


@pytest.mark.proves("F79")
def test_a_database_with_data_keeps_it_when_it_is_migrated_again(database_url: str) -> None:
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("UPDATE installation SET bot_id = 42, kind = 'real'")
    migrate(database_url)
    with psycopg.connect(database_url) as connection:
        assert connection.execute("SELECT bot_id FROM installation").fetchall() == [(42,)]


@pytest.mark.proves("F79")
def test_no_upgrade_drops_or_rewrites_what_is_there() -> None:
    destructive = re.compile(r"\b(DROP\s+(TABLE|COLUMN|SCHEMA)|TRUNCATE\s+TABLE|drop_table|drop_column)\b")
    for path in MIGRATIONS.glob("2*.py"):
        assert not destructive.search(path.read_text()), path.name


def test_the_newest_file_name_is_the_head_of_the_chain() -> None:
    script = ScriptDirectory.from_config(Config(ROOT / "alembic.ini"))
    assert script.get_heads() == [head_revision()]
