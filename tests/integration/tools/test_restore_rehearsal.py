"""A rehearsal of a restore passes on a healthy backup, and names whatever could not be gone on from."""

import json
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import psycopg
import pytest

from app.db.embedded import EmbeddedPostgres
from app.retention import KEPT
from app.tools.restore_rehearsal import main, report_lines
from app.tools.restoring import look_through
from app.tools.restoring.repository import EFFECTS
from app.tools.test_payment_flow import rehearse
from tests.integration.tools.commands import run_command

NEW_EVENT = (
    "INSERT INTO inbox (source, scope, external_id, digest, lane, payload) VALUES (%s, '1', %s, %s, %s, %s)"
)


def store(url: str, source: str, external_id: str, payload: bytes, lane: str = "777") -> None:
    """An event that nobody has looked at."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(NEW_EVENT, (source, external_id, sha256(payload).digest(), lane, payload))


def message(update_id: int, words: str) -> bytes:
    person = {"id": 777, "is_bot": False, "first_name": "Анна", "language_code": "ru"}
    chat = {"id": 777, "type": "private", "first_name": "Анна"}
    told = {"message_id": update_id, "date": 1_790_000_000, "chat": chat, "from": person, "text": words}
    return json.dumps({"update_id": update_id, "message": told}).encode()


@pytest.mark.proves("X47", "F79")
async def test_a_healthy_backup_is_restored_proven_and_its_inbox_done_once(
    database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await rehearse(database_url) == 0
    capsys.readouterr()
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("UPDATE inbox SET status = 'done', done_at = now()")
    store(database_url, "telegram", "1", message(1, "/start"))
    store(database_url, "telegram", "2", message(2, "кот на луне"))
    store(database_url, "kie", "no-token", b'{"data": {"taskId": "t"}}', lane="no-token")
    store(database_url, "telegram", "3", b"{}", lane="strange")
    ended = run_command(
        "-m", "app.tools.restore_rehearsal", folder=tmp_path, environment={"DATABASE_URL": database_url}
    )

    assert ended.code == 0, ended.said
    assert "Backup: .data/backups/trt-" in ended.said
    assert "Unprocessed events: 4; now done 3, dead 1, left 0" in ended.said, ended.said
    assert "MalformedEventError" in ended.said
    assert "✅ RESTORE REHEARSED" in ended.said
    with psycopg.connect(database_url) as connection:
        untouched = connection.execute("SELECT count(*) FROM inbox WHERE status = 'new'").fetchone()
        recorded = connection.execute("SELECT count(*) FROM rehearsal_run").fetchone()
    assert (untouched, recorded) == ((4,), (1,)), ended.said


def test_whatever_proves_something_is_counted_as_an_effect() -> None:
    proofs = {table for table, why in KEPT.items() if why.startswith(("money", "proof", "one row a free"))}
    beside = {
        "ledger_wallet",
        "audit_run",
        "rehearsal_run",
    }  # moves with the entries; by the clock; by this command
    assert proofs - beside <= set(EFFECTS)
    assert proofs


def test_half_a_backup_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    half = tmp_path / "half.dump"
    half.write_bytes(b"PGDMP and no more")
    monkeypatch.setattr("sys.argv", ["restore-rehearsal", str(half)])
    assert main() == 1
    assert capsys.readouterr().out.startswith("❌ RESTORE REHEARSAL FAILED: ")


async def test_books_that_do_not_fit_are_named(database_url: str, tmp_path: Path) -> None:
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("ALTER TABLE ledger_wallet DISABLE TRIGGER USER")
        connection.execute("INSERT INTO ledger_wallet VALUES (1, 'cash', 500, 0, 0, '\\x00')")
    account = await look_through(database_url, tmp_path)
    assert any(line.startswith("books: ") for line in account.findings)
    assert list(report_lines(account))[-1] == f"❌ RESTORE REHEARSAL FAILED: {len(account.findings)} findings"


async def test_a_schema_that_is_not_the_declared_one_is_named(database_url: str, tmp_path: Path) -> None:
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("DROP TABLE favourite")
    account = await look_through(database_url, tmp_path)
    assert account.findings == ("schema: add_table favourite",)


def test_what_a_killed_rehearsal_left_is_stopped_and_removed_by_the_next_one(tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait(60)  # its number is nobody's now
    left = tmp_path / f"trt-restore-{gone.pid}-left"
    left.mkdir()
    postgres = EmbeddedPostgres(left)
    postgres.start()
    no_backup = tmp_path / "no.dump"
    no_backup.write_bytes(b"none")
    ended = run_command(
        *("-m", "app.tools.restore_rehearsal", str(no_backup)),
        folder=tmp_path,
        environment={"TMPDIR": str(tmp_path)},
    )
    assert ended.code == 1
    assert postgres.has_ended
    assert [path.name for path in tmp_path.iterdir()] == [no_backup.name]


SECOND_EFFECT = """
CREATE FUNCTION again() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO person (id, first_name, language) VALUES (1000 + nextval('again_id'), 'x', 'ru'); RETURN NEW; END $$;
CREATE SEQUENCE again_id;
CREATE TRIGGER again AFTER UPDATE ON inbox FOR EACH ROW WHEN (NEW.status = 'done') EXECUTE FUNCTION again();
"""


async def test_an_event_with_an_effect_at_each_replay_and_one_that_fails_are_named(
    database_url: str, tmp_path: Path
) -> None:
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(SECOND_EFFECT)
        connection.execute("ALTER TABLE person ADD CHECK (id <> 777)")
    store(database_url, "kie", "no-token", b'{"data": {"taskId": "t"}}', lane="no-token")
    store(database_url, "telegram", "1", message(1, "/start"))
    account = await look_through(database_url, tmp_path)
    twice, failed = (line for line in account.findings if line.startswith("inbox: "))
    assert twice == "inbox: events that were done had an effect once more"
    assert failed.startswith("inbox: event 2 was given up: ")
