"""The Postgres of laptops: owned from initdb to stop, whoever was killed before."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from app.db.embedded import EmbeddedPostgres

SMALL = {"fsync": "off", "shared_buffers": "16MB"}


@pytest.fixture
def folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="trt-embedded-"))
    yield made / "data"
    shutil.rmtree(made, ignore_errors=True)


def ask(url: str, question: str) -> object:
    with psycopg.connect(url, connect_timeout=3) as connection:
        row = connection.execute(question.encode()).fetchone()
    assert row is not None
    return row[0]


def test_it_runs_below_a_folder_that_others_cannot_enter(folder: Path) -> None:
    folder.parent.chmod(0o700)
    postgres = EmbeddedPostgres(folder, SMALL)
    postgres.start()
    try:
        assert ask(postgres.url, "SELECT 1") == 1
        assert folder.parent.stat().st_mode & 0o777 == 0o700
    finally:
        postgres.stop()


def test_a_wrong_password_is_refused(folder: Path) -> None:
    postgres = EmbeddedPostgres(folder, SMALL)
    postgres.start()
    try:
        password = postgres.url.split(":")[2].split("@")[0]
        with pytest.raises(psycopg.OperationalError, match="password"):
            ask(postgres.url.replace(password, "wrong"), "SELECT 1")
    finally:
        postgres.stop()


def test_data_survive_a_stop_and_a_crash(folder: Path) -> None:
    postgres = EmbeddedPostgres(folder)
    postgres.start()
    with psycopg.connect(postgres.url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS n")
    postgres.stop()
    postgres.start()
    with psycopg.connect(postgres.url, autocommit=True) as connection:
        connection.execute("UPDATE kept SET n = 8")
    postgres.kill()
    postgres.start()
    try:
        assert ask(postgres.url, "SELECT n FROM kept") == 8
    finally:
        postgres.stop()


def test_a_server_that_a_killed_launcher_left_behind_is_ended_first(folder: Path) -> None:
    program = (
        "import os, signal, sys; from pathlib import Path; from app.db.embedded import EmbeddedPostgres\n"
        "postgres = EmbeddedPostgres(Path(sys.argv[1])); postgres.start(); print(postgres.pid, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    command = [sys.executable, "-c", program, str(folder)]
    left = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, cwd=Path.cwd())
    orphan = int(left.stdout)
    assert Path(f"/proc/{orphan}").exists()
    postgres = EmbeddedPostgres(folder, SMALL)
    postgres.start()
    try:
        assert ask(postgres.url, "SELECT 1") == 1
        assert postgres.pid != orphan
    finally:
        postgres.stop()


def test_a_pid_file_that_names_a_stranger_is_not_believed(folder: Path) -> None:
    postgres = EmbeddedPostgres(folder, SMALL)
    postgres.start()
    postgres.stop()
    (folder / "postgres" / "postmaster.pid").write_text(f"{os.getpid()}\n{folder}\n")
    postgres.start()
    try:
        assert ask(postgres.url, "SELECT 1") == 1
    finally:
        postgres.stop()


@pytest.mark.parametrize("content", ["", "\0\0\0"], ids=["empty", "zeros"])
def test_a_pid_file_that_a_power_cut_spoilt_stops_nobody(folder: Path, content: str) -> None:
    postgres = EmbeddedPostgres(folder, SMALL)
    postgres.start()
    postgres.stop()
    (folder / "postgres" / "postmaster.pid").write_text(content)
    postgres.start()
    try:
        assert ask(postgres.url, "SELECT 1") == 1
    finally:
        postgres.stop()
