"""A database in a file, and a file in a database again.

The programs of Postgres do it. They get where to connect, and with which password, by the environment: what stands
on a command line is read by everybody on the machine.
"""

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.pq import Conninfo

from app.db.direct import CLIENT_KEEPALIVE, as_libpq_url
from app.db.programs import Programs, find_programs
from app.errors import AppError

CONNECT_SECONDS = 10
LOCK_WAIT = "--lock-wait-timeout=30s"

# The scratch cluster has none of the roles that own tables and rights elsewhere.
RESTORE = ("--no-owner", "--no-acl", "--exit-on-error", "--single-transaction")

TABLES = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"

# Twice what was used, and not less than a hundred thousand: further than anything ran on after the backup.
LEAP = """
SELECT count(setval(
    format('%I.%I', schemaname, sequencename)::regclass,
    coalesce(last_value, 0) + greatest(coalesce(last_value, 0), 100000)
)) FROM pg_sequences WHERE schemaname = 'public'
"""
RAISE_EPOCH = "UPDATE leader SET epoch = epoch + greatest(epoch, 100000), holder = NULL, renewed_at = NULL"


class BackupError(AppError):
    """No backup was made or brought back; the message says why, without any password."""


@dataclass(frozen=True)
class Backup:
    """A file in pg_dump's custom format; `major` is the Postgres whose database it was, `bytes` its size."""

    path: Path
    major: int
    bytes: int


def back_up(url: str, target: Path) -> Backup:
    """Dumps the database into `target`, which nobody but us may read.

    Until it is whole it has another name; an existing file is never written over. Raises BackupError.
    """
    major = _server(url)
    programs = _fitting(find_programs(), major)
    if target.exists():
        raise BackupError(f"{target} is there already")
    _remove_halves(target.parent)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with os.fdopen(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            environment = _environment(url)
            command = [programs.path("pg_dump"), "--format=custom", "--no-password", LOCK_WAIT]
            _run([*command, _way(environment)], environment, output=file.fileno())
            os.fsync(file.fileno())
        made = read_backup(part, programs)
        os.link(part, target)  # fails where a rename would write over
    except FileExistsError as error:
        raise BackupError(f"{target} is there already") from error
    finally:
        part.unlink(missing_ok=True)
    return Backup(target, made.major, made.bytes)


def _remove_halves(folder: Path) -> None:
    """What a backup left that was killed: the name carries the number of its process."""
    for part in folder.glob(".*.part"):
        owner = part.name.removesuffix(".part").rpartition(".")[2]
        if owner.isdigit() and not Path(f"/proc/{owner}").exists():
            part.unlink(missing_ok=True)


def read_backup(path: Path, programs: Programs | None = None) -> Backup:
    """What the file says of itself; raises BackupError when it is no backup, or half of one."""
    found = (programs,) if programs else find_programs()[-1:]
    if not found:
        raise BackupError("there is no pg_restore on this machine")
    listed = _run([found[0].path("pg_restore"), "--list", str(path)], {})
    version = re.search(r"Dumped from database version: (\d+)", listed)
    if version is None:
        raise BackupError(f"{path} does not say which Postgres it is of")
    return Backup(path, int(version[1]), path.stat().st_size)


def restore(backup: Backup, url: str) -> None:
    """Brings it back into an empty database, all of it or nothing; raises BackupError.

    What was made after the backup is lost here, but not in the chats of people, at Telegram and at KIE. So ids go
    on far behind those that were given out since, and no old button or callback names something new.
    """
    major = _server(url)
    programs = _fitting(find_programs(), backup.major)
    with psycopg.connect(as_libpq_url(url), connect_timeout=CONNECT_SECONDS) as connection:
        tables = connection.execute(TABLES).fetchone()
    if tables != (0,):
        raise BackupError("the database is not empty")
    if major < backup.major:
        raise BackupError(f"this is a Postgres {major}, the backup is of a Postgres {backup.major}")
    environment = _environment(url)
    command = [programs.path("pg_restore"), *RESTORE, _way(environment), "--no-password"]
    _run([*command, str(backup.path)], environment)
    try:
        with psycopg.connect(as_libpq_url(url), connect_timeout=CONNECT_SECONDS) as connection:
            connection.execute(LEAP)
            connection.execute(RAISE_EPOCH)
    except psycopg.errors.UndefinedTable as error:
        raise BackupError(f"{backup.path} is a backup of something else") from error


def _server(url: str) -> int:
    """The release of the server."""
    try:
        with psycopg.connect(as_libpq_url(url), connect_timeout=CONNECT_SECONDS) as connection:
            return connection.info.server_version // 10_000
    except psycopg.OperationalError as error:
        raise BackupError("the database cannot be reached, or it refuses us") from error


def _fitting(found: Sequence[Programs], major: int) -> Programs:
    """The oldest release that is not older than the server: what it writes is read by the most others."""
    fitting = [it for it in found if it.major >= major]
    if not fitting:
        here = ", ".join(str(it.major) for it in found) or "none"
        raise BackupError(
            f"the database is of a Postgres {major}, pg_dump and pg_restore on this machine are of: {here}; "
            f"install postgresql-client-{major}"
        )
    return fitting[0]


def _environment(url: str) -> Mapping[str, str]:
    """The parts of the address, by the names that libpq reads in the environment."""
    names = {
        option.keyword.decode(): option.envvar.decode() for option in Conninfo.get_defaults() if option.envvar
    }
    parts = conninfo_to_dict(as_libpq_url(url), connect_timeout=CONNECT_SECONDS)
    told = {names[part]: str(value) for part, value in parts.items() if part in names and value is not None}
    return {"PGDATABASE": "postgres", **told}


def _way(environment: Mapping[str, str]) -> str:
    """Which database, and how long a silent network is believed in: as long as it takes, a dump has no other limit."""
    return f"--dbname={make_conninfo(dbname=environment['PGDATABASE'], **CLIENT_KEEPALIVE)}"


def _run(command: Sequence[str], environment: Mapping[str, str], *, output: int = subprocess.PIPE) -> str:
    ran = subprocess.run(
        command,
        env={"PATH": os.defpath, "LC_ALL": "C", **environment},
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.PIPE,
        check=False,
    )
    if ran.returncode:
        said = ran.stderr.decode(errors="replace").strip().splitlines() or [f"exit code {ran.returncode}"]
        raise BackupError("; ".join(said[:3]))
    return (ran.stdout or b"").decode(errors="replace")
