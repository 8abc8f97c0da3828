"""A backup is a whole file or none, and what comes back of it is what went in."""

import os
import signal
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from psycopg.conninfo import conninfo_to_dict

from app.db.backup import Backup, BackupError, back_up, read_backup, restore
from app.db.drift import differences
from app.db.schema import MIGRATIONS
from tests.fixtures.postgres import Server, fresh_database
from tests.integration.tools.commands import ROOT, run_command

SEQUENCES = "SELECT sequencename, coalesce(last_value, 0) FROM pg_sequences WHERE schemaname = 'public'"
NEW_EVENT = (
    "INSERT INTO inbox (source, scope, external_id, digest, lane, payload)"
    " VALUES ('telegram', '1', %s, '\\x00', '1', '{}') RETURNING id"
)


def rows(url: str, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url, autocommit=True) as connection:
        return connection.execute(query.encode()).fetchall()


def last_ids(url: str) -> dict[str, int]:
    return {str(name): int(str(last)) for name, last in rows(url, SEQUENCES)}


def store_event(url: str, external_id: str) -> int:
    with psycopg.connect(url, autocommit=True) as connection:
        found = connection.execute(NEW_EVENT, (external_id,)).fetchone()
    assert found is not None
    return int(found[0])


@pytest.fixture(scope="module")
def backup(
    postgres_server: Server, migrated_template: str, tmp_path_factory: pytest.TempPathFactory
) -> Backup:
    return back_up(
        postgres_server.database(migrated_template), tmp_path_factory.mktemp("backups") / "template.dump"
    )


def test_the_command_says_where_the_file_is_and_shows_no_password(database_url: str, tmp_path: Path) -> None:
    ended = run_command("-m", "app.tools.backup", folder=tmp_path, environment={"DATABASE_URL": database_url})
    assert ended.code == 0, ended.said
    (file,) = (tmp_path / ".data" / "backups").iterdir()
    assert str(file.relative_to(tmp_path)) in ended.said
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    password = str(conninfo_to_dict(database_url)["password"])
    assert password not in ended.said
    assert read_backup(file).bytes == file.stat().st_size


def test_without_a_database_it_says_which_setting_is_missing(tmp_path: Path) -> None:
    ended = run_command("-m", "app.tools.backup", folder=tmp_path)
    assert (ended.code, ended.said) == (1, "DATABASE_URL: is required\n")


def test_an_existing_file_is_not_written_over(database_url: str, tmp_path: Path) -> None:
    target = tmp_path / "precious"
    target.write_text("precious")
    with pytest.raises(BackupError, match="is there already"):
        back_up(database_url, target)
    assert target.read_text() == "precious"


def test_a_dump_that_breaks_off_leaves_nothing(database_url: str, tmp_path: Path) -> None:
    target = tmp_path / "half.dump"
    failure: list[BackupError] = []

    def dump() -> None:
        try:
            back_up(database_url, target)
        except BackupError as error:
            failure.append(error)

    with psycopg.connect(database_url) as blocking:
        blocking.execute("LOCK TABLE person")  # the dump waits for it, and is cut off there
        dumping = threading.Thread(target=dump)
        dumping.start()
        with psycopg.connect(database_url, autocommit=True) as other:
            cut = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE NOT granted AND database = %s"
            oid = other.execute("SELECT oid FROM pg_database WHERE datname = current_database()").fetchone()
            assert oid is not None
            while dumping.is_alive():
                other.execute(cut, oid)
                dumping.join(0.05)
    assert len(failure) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_a_command_that_is_ended_in_the_middle_leaves_nothing_that_looks_whole(
    database_url: str, tmp_path: Path, ending: signal.Signals
) -> None:
    with psycopg.connect(database_url) as blocking:
        blocking.execute("LOCK TABLE person")
        command = subprocess.Popen(
            [sys.executable, "-m", "app.tools.backup", "it.dump"],
            cwd=tmp_path,
            env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "DATABASE_URL": database_url},
            stderr=subprocess.DEVNULL,
        )
        wait_for_dump(database_url)
        command.send_signal(ending)
        command.wait(60)
        left = {path.name for path in tmp_path.iterdir()}
    assert left == ({f".it.dump.{command.pid}.part"} if ending is signal.SIGKILL else set())
    back_up(database_url, tmp_path / "next.dump")
    assert {path.name for path in tmp_path.iterdir()} == {"next.dump"}


def wait_for_dump(url: str) -> None:
    """Returns when a dump has begun and waits for a table."""
    waiting = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
        "AND application_name = 'pg_dump' AND wait_event_type = 'Lock'"
    )
    deadline = time.monotonic() + 60
    while rows(url, waiting) != [(1,)]:
        assert time.monotonic() < deadline, "no dump began"
        time.sleep(0.02)


def test_what_is_written_beside_a_backup_is_in_it_whole_or_not_at_all(
    database_url: str, empty_database_url: str, tmp_path: Path
) -> None:
    """Each unit writes to two tables; one that the dump saw half of would count in one of them only."""
    over = threading.Event()
    written = threading.Event()

    def write() -> None:
        with psycopg.connect(database_url) as connection:
            while not over.is_set():
                person = connection.execute(
                    "INSERT INTO person (id, first_name, language) "
                    "SELECT coalesce(max(id), 0) + 1, 'x', 'ru' FROM person RETURNING id"
                ).fetchone()
                assert person is not None
                connection.execute(NEW_EVENT.encode(), (f"of-{person[0]}",))
                connection.commit()
                written.set()

    writing = threading.Thread(target=write)
    writing.start()
    try:
        assert written.wait(60)
        backup = back_up(database_url, tmp_path / "it.dump")
    finally:
        over.set()
        writing.join()
    restore(backup, empty_database_url)
    both = "SELECT (SELECT count(*) FROM person), (SELECT count(*) FROM inbox)"
    ((people, events),) = rows(empty_database_url, both)
    assert people == events
    assert int(str(people)) > 0


def test_a_damaged_backup_is_refused_in_words_and_leaves_the_database_empty(
    backup: Backup, empty_database_url: str, tmp_path: Path
) -> None:
    damaged = tmp_path / "damaged.dump"
    content = backup.path.read_bytes()
    damaged.write_bytes(content[: len(content) // 2])  # a whole table of contents, and some of the rows
    ended = run_command(
        *("-m", "app.tools.restore", str(damaged)),
        folder=tmp_path,
        environment={"DATABASE_URL": empty_database_url},
    )
    assert ended.code == 1
    assert ended.said.startswith("❌ NOT RESTORED: "), ended.said
    assert "Traceback" not in ended.said
    assert rows(empty_database_url, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(0,)]


def test_a_machine_whose_programs_are_older_than_the_server_says_so(
    empty_database_url: str, tmp_path: Path
) -> None:
    with pytest.raises(BackupError, match=r"Postgres 99, pg_dump .* are of: .*install postgresql-client-99"):
        restore(Backup(tmp_path / "unread", 99, 0), empty_database_url)


def test_half_a_backup_is_none(backup: Backup, tmp_path: Path) -> None:
    half = tmp_path / "half.dump"
    half.write_bytes(backup.path.read_bytes()[:2000])
    with pytest.raises(BackupError):
        read_backup(half)


@pytest.mark.proves("X47")
def test_what_is_restored_is_what_was_there_and_no_id_is_given_out_again(
    database_url: str, empty_database_url: str, tmp_path: Path
) -> None:
    kept = store_event(database_url, "kept")
    backup = back_up(database_url, tmp_path / "earlier.dump")
    lost = [store_event(database_url, f"lost-{number}") for number in range(50)]
    before = last_ids(database_url)

    restore(backup, empty_database_url)

    assert rows(empty_database_url, "SELECT id, external_id FROM inbox") == [(kept, "kept")]
    assert differences(empty_database_url) == ()
    assert store_event(empty_database_url, "next") > max(lost) + 10_000
    after = last_ids(empty_database_url)
    assert set(after) == set(before)
    assert all(after[name] > last + 10_000 for name, last in before.items())
    ((epoch, holder),) = rows(empty_database_url, "SELECT epoch, holder FROM leader")
    assert (int(str(epoch)) > 10_000, holder) == (True, None)


@pytest.mark.proves("F79", "X47")
def test_the_command_brings_a_backup_of_the_release_before_up_to_this_codes_schema(
    postgres_server: Server, empty_database_url: str, tmp_path: Path
) -> None:
    *_, before, _ = sorted(path.stem for path in MIGRATIONS.glob("2*.py"))
    with fresh_database(postgres_server, None) as earlier:
        configuration = Config(ROOT / "alembic.ini")
        configuration.attributes["url"] = earlier
        command.upgrade(configuration, before)
        backup = back_up(earlier, tmp_path / "earlier.dump")

    ended = run_command(
        "-m",
        "app.tools.restore",
        str(backup.path),
        folder=tmp_path,
        environment={"DATABASE_URL": empty_database_url},
    )

    assert ended.code == 0, ended.said
    assert differences(empty_database_url) == ()


def test_nothing_is_restored_into_a_database_that_has_something(database_url: str, backup: Backup) -> None:
    with pytest.raises(BackupError, match="not empty"):
        restore(backup, database_url)


def test_no_password_stands_on_a_command_line(database_url: str, tmp_path: Path) -> None:
    """The dump waits for a table, so that its command line can be read."""
    password = str(conninfo_to_dict(database_url)["password"])
    with psycopg.connect(database_url) as blocking:
        blocking.execute("LOCK TABLE person")
        dumping = threading.Thread(target=back_up, args=(database_url, tmp_path / "a.dump"))
        dumping.start()
        seen = ""
        while dumping.is_alive() and "pg_dump" not in seen:
            seen = "\n".join(_children())
        blocking.rollback()
        dumping.join()
    assert "pg_dump" in seen
    assert password not in seen


def _children() -> list[str]:
    """The command lines of the processes that this one started."""
    lines = []
    for task in Path(f"/proc/{os.getpid()}/task").iterdir():
        for pid in (task / "children").read_text().split():
            lines.append(Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode())
    return lines
