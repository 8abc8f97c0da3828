"""`make restore-rehearsal`: shows on a scratch Postgres that a backup can be gone on from.

Takes the newest file of `.data/backups` (or `FILE=…`), or makes a backup first where there is none. Prints what came
back and how long it took; every finding is a line, and makes it exit with 1.
"""

import asyncio
import logging
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.books import RehearsalRun, Rehearsals
from app.clock import SystemClock
from app.db import Database, UnusableDatabaseError
from app.db.backup import Backup, BackupError, back_up, read_backup, restore
from app.db.embedded import EmbeddedPostgres
from app.db.migration import migrate
from app.db.programs import find_programs
from app.db.schema import current_revision, head_revision
from app.errors import StorageUnavailableError
from app.settings import SettingsError
from app.tools.restoring import Account, look_through
from app.tools.whereabouts import configured_database, new_backup, newest_backup

PREFIX = "trt-restore-"

# Nothing of it has to survive a power cut.
FAST = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}


def main() -> int:
    """Returns the exit code."""
    logging.getLogger().addHandler(logging.NullHandler())  # what handlers log is none of the report
    begun = time.monotonic()
    _clear_up()
    try:
        backup = _chosen([Path(name) for name in sys.argv[1:]])
        print(f"Backup: {backup.path} ({backup.bytes} bytes, Postgres {backup.major})", flush=True)
        with _scratch(backup.major) as (url, folder):
            restore(backup, url)
            migrate(url)
            print(f"Restored in {time.monotonic() - begun:.1f} s", flush=True)
            account = asyncio.run(look_through(url, folder))
    except SettingsError as error:
        print("\n".join(error.problems), file=sys.stderr)
        return 1
    except BackupError as error:
        print(f"❌ RESTORE REHEARSAL FAILED: {error}")
        return 1
    for line in report_lines(account):
        print(line)
    took = time.monotonic() - begun
    print(f"In {took:.1f} s altogether")
    if account.findings:
        return 1
    run = RehearsalRun(SystemClock().now(), backup.bytes, round(took * 1000))
    print(_recorded(run))
    return 0


def _recorded(run: RehearsalRun) -> str:
    """Tells the living bot, whose /metrics show the age; a machine that cannot reach it rehearses all the same."""
    try:
        asyncio.run(_record(configured_database(), run))
    except (SettingsError, StorageUnavailableError, UnusableDatabaseError) as error:
        return f"Not recorded for /metrics: {type(error).__name__}"
    return "Recorded for /metrics"


async def _record(url: str, run: RehearsalRun) -> None:
    database = Database(url, application_name="rehearsal", max_connections=1)
    try:
        if await current_revision(database) != head_revision():
            raise UnusableDatabaseError("its schema is not this release's")
        await Rehearsals(database).passed(run)
    finally:
        await database.close()


def report_lines(account: Account) -> Iterator[str]:
    """What is printed, the verdict last."""
    found, ended = account.counts, account.replayed
    yield (
        f"Rows: {found.people} people, {found.generations} generations, {found.transfers} transfers, "
        f"{found.payments} payments, {found.events} events ({found.dead} dead), {found.jobs} jobs"
    )
    yield f"Unprocessed events: {found.unprocessed}; now done {ended.done}, dead {len(ended.dead)}, left {ended.left}"
    yield from (f"  event {event_id}: {why}" for event_id, why in ended.dead.items())
    yield from account.findings
    if account.findings:
        yield f"❌ RESTORE REHEARSAL FAILED: {len(account.findings)} findings"
    else:
        yield "✅ RESTORE REHEARSED: the books are proven, the inbox is done"


def _chosen(named: list[Path]) -> Backup:
    newest = named[0] if named else newest_backup()
    if newest is not None:
        return read_backup(newest)
    return back_up(configured_database(), new_backup(SystemClock().now()))


@contextmanager
def _scratch(major: int) -> Iterator[tuple[str, Path]]:
    """An empty database of a Postgres of its own, not older than the backup's, and a folder; gone at the end."""
    servers = [it for it in find_programs() if it.has_server and it.major >= major]
    if not servers:
        raise BackupError(
            f"this machine carries no Postgres {major} to restore into: install postgresql-{major}"
        )
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
    folder.chmod(0o711)  # the server's own account passes here
    postgres = EmbeddedPostgres(folder, FAST, servers[0].folder)
    try:
        postgres.start()
        yield postgres.url, folder / "files"
    finally:
        postgres.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _clear_up() -> None:
    """Stops and removes what rehearsals left that were killed: the folder carries the number of its process."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*-*"):
        owner = folder.name.removeprefix(PREFIX).partition("-")[0]
        if owner.isdigit() and not Path(f"/proc/{owner}").exists():
            EmbeddedPostgres(folder).end_orphan()
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the scratch Postgres is stopped
    sys.exit(main())
