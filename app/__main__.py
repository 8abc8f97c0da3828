"""The launcher behind `make run`: checks the settings, then owns Postgres, the sandbox and the server.

With no TELEGRAM_BOT_TOKEN it starts the sandbox, whose address is the only URL it prints. It ends when a signal
says so or when one of its children ends; each child is told to end if the launcher dies.
"""

import asyncio
import ctypes
import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import psycopg

from app.db import (
    Database,
    PooledConnectionError,
    UnusableDatabaseError,
    claim_installation,
    require_sessions,
)
from app.db.embedded import EmbeddedPostgres, EmbeddedPostgresError, MissingPostgresError
from app.db.migration import migrate
from app.errors import StorageUnavailableError
from app.launch import SandboxKeys, sandbox_environment
from app.settings import Settings, SettingsError, in_url, load_settings

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(".data")
READY_SECONDS = 90.0
ATTENDED_SECONDS = 20.0
PORT_SECONDS = 4.0
# gunicorn's graceful time-out is 27 seconds; the launcher gives it two more.
STOP_SECONDS = 29.0
PR_SET_PDEATHSIG = 1


def main() -> int:
    """Returns 0 after a stop that was asked for, 2 for settings that cannot work, 1 for anything else."""
    try:
        settings = load_settings()
    except SettingsError as error:
        return _refuse(error.problems)
    if not _port_is_free(settings.listen_host, settings.port):
        return _refuse((f"PORT: {settings.port} is taken by another program",))
    launcher = _Launcher(settings)
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    try:
        return _run(launcher)
    except _Stopped:
        return 0
    finally:
        # Nothing interrupts the stopping, not even a signal that comes while a child's end is answered.
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        launcher.stop()


def _run(launcher: "_Launcher") -> int:
    try:
        return launcher.run()
    except MissingPostgresError:
        return _refuse(("DATABASE_URL: is required, this install carries no Postgres",))
    except PooledConnectionError as error:
        direct = launcher.settings.database_direct_url is not None
        return _refuse((f"{'DATABASE_DIRECT_URL' if direct else 'DATABASE_URL'}: {error}",))
    except (EmbeddedPostgresError, UnusableDatabaseError) as error:
        return _refuse((f"DATABASE_URL: {type(error).__name__}: {error}".split("\n", maxsplit=1)[0],))
    except (StorageUnavailableError, psycopg.OperationalError):
        return _refuse(("DATABASE_URL: the database cannot be reached, or it refuses us",))
    except BlockingIOError:
        return _refuse((f"{DATA}: another launcher runs in this folder",))


class _Stopped(BaseException):
    """A signal asked the launcher to end."""


def _stop(_number: int, _frame: object) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    raise _Stopped


def _refuse(problems: Sequence[str]) -> int:
    for problem in problems:
        print(problem, file=sys.stderr)
    return 2


@dataclass
class _Launcher:
    settings: Settings
    _postgres: EmbeddedPostgres | None = None
    _children: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    _claim_on_data: BinaryIO | None = None

    def run(self) -> int:
        """Starts everything in order, says where it is, and waits."""
        if not self.settings.is_real or self.settings.database_url is None:
            self._claim_data()
        environment = dict(os.environ)
        inner_port = self.settings.port
        if not self.settings.is_real:
            keys = SandboxKeys.of(DATA)
            inner_port = _free_port()
            self._start_sandbox(keys, inner_port)
            environment = dict(sandbox_environment(environment, keys, self.settings, inner_port))
        environment["DATABASE_URL"] = self._database_url()
        self._prepare_database(environment)
        self._children["server"] = _child(server_command(), environment)
        self._wait_until_ready(inner_port)
        if not self.settings.is_real:
            self._wait_until_attended()
        print(self._greeting(), flush=True)
        return self._watch()

    def stop(self) -> None:
        """Ends the children in the order that loses nothing: server, sandbox, Postgres."""
        for name in ("server", "sandbox"):
            child = self._children.get(name)
            if child is None or child.poll() is not None:
                continue
            child.terminate()
            try:
                child.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        if self._postgres:
            self._postgres.stop()

    def _claim_data(self) -> None:
        """Raises BlockingIOError where another launcher lives: its Postgres would be taken for an orphan."""
        DATA.mkdir(parents=True, exist_ok=True)
        self._claim_on_data = (DATA / "launcher.lock").open("wb")  # the kernel lets go of it when we die
        fcntl.flock(self._claim_on_data, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _start_sandbox(self, keys: SandboxKeys, inner_port: int) -> None:
        command = [sys.executable, "-m", "app.sandbox", "--port", str(self.settings.port)]
        command += [
            "--host",
            self.settings.listen_host,
            "--data",
            str(DATA / "sandbox"),
            "--token",
            keys.token,
        ]
        command += [
            "--kie-key",
            keys.kie_key,
            "--kie-hmac-key",
            keys.kie_key,
            "--server-url",
            f"http://127.0.0.1:{inner_port}",
        ]
        self._children["sandbox"] = _child(command, dict(os.environ))

    def _database_url(self) -> str:
        if self.settings.database_url is not None:
            return self.settings.database_url.get_secret_value()
        self._postgres = EmbeddedPostgres(DATA)
        self._postgres.start()
        return self._postgres.url

    def _prepare_database(self, environment: Mapping[str, str]) -> None:
        # Its lock is one of a session, which a transaction pooler does not keep.
        direct = environment.get("DATABASE_DIRECT_URL") or environment["DATABASE_URL"]
        asyncio.run(require_sessions(direct))
        migrate(direct)
        bot_id = int(environment["TELEGRAM_BOT_TOKEN"].partition(":")[0])
        asyncio.run(_claim(environment["DATABASE_URL"], bot_id, sandbox=not self.settings.is_real))

    def _wait_until_ready(self, port: int) -> None:
        host = self._reachable if self.settings.is_real else "127.0.0.1"
        address = f"http://{in_url(host)}:{port}/ready"
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline and not self._ended():
            if _answers(address):
                return
            time.sleep(0.05)
        print("The server did not become ready; its log above says why.", file=sys.stderr)
        raise SystemExit(1)

    def _wait_until_attended(self) -> None:
        """Whoever opens the page in the first second shall be answered; the page itself tells of a longer wait."""
        address = f"http://{in_url(self._reachable)}:{self.settings.port}/sandbox/telegram/bot"
        deadline = time.monotonic() + ATTENDED_SECONDS
        while time.monotonic() < deadline and not self._ended() and not _attended(address):
            time.sleep(0.05)

    @property
    def _reachable(self) -> str:
        host = self.settings.listen_host
        return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared only

    def _greeting(self) -> str:
        if self.settings.is_real:
            return f"The bot runs ({self.settings.mode}) on port {self.settings.port}."
        return f"Open http://{in_url(self.settings.listen_host)}:{self.settings.port}/"

    def _ended(self) -> str | None:
        if self._postgres is not None and self._postgres.has_ended:
            return "database"
        return next((name for name, child in self._children.items() if child.poll() is not None), None)

    def _watch(self) -> int:
        while (name := self._ended()) is None:
            time.sleep(0.2)
        print(f"The {name} ended unexpectedly.", file=sys.stderr)
        return 1


async def _claim(url: str, bot_id: int, *, sandbox: bool) -> None:
    database = Database(url, application_name="launcher", max_connections=1)
    try:
        await claim_installation(database, bot_id=bot_id, kind="sandbox" if sandbox else "real")
    finally:
        await database.close()


def server_command() -> list[str]:
    """What starts the server; a platform's blueprint starts the same."""
    return [
        sys.executable,
        "-m",
        "gunicorn",
        "--config",
        str(ROOT / "gunicorn.conf.py"),
        "app.main:create_app",
    ]


def _child(command: Sequence[str], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        env={**environment, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C reaches the launcher alone, which stops the children in order
        preexec_fn=_end_with_parent,  # noqa: PLW1509 - the launcher has one thread
    )


def _end_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2):  # noqa: S310 - our own loopback address
            return True
    except OSError:
        return False


def _attended(address: str) -> bool:
    """The stand-in says whether the bot has asked it for updates."""
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:  # noqa: S310 - our own loopback address
            return bool(json.load(answer)["attended"])
    except OSError:
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _port_is_free(host: str, port: int) -> bool:
    """Waits a little: the server of a launcher that was killed just now is still closing its port."""
    deadline = time.monotonic() + PORT_SECONDS
    while not _can_bind(host, port):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def _can_bind(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


if __name__ == "__main__":
    sys.exit(main())
