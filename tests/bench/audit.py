"""How long the audit takes over a million transfers: `python -m tests.bench.audit [transfers]`.

One household lives through everything once, by the real services; then the whole database is copied with other
numbers until there are enough transfers, so that every rule has rows to join. Everything is audited twice.
"""

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import psycopg
from sqlalchemy import text

from app.books import Auditor
from app.db import Database, Epoch
from app.ledger import Ledger
from tests.fixtures.crowd import TABLES, multiply
from tests.fixtures.postgres import fresh_database, make_template, running_server
from tests.integration.books.conftest import furnish, open_shop

GOAL_SECONDS = 30
COUNT = "SELECT count(*) FROM {}"


def main(transfers: int = 1_000_000) -> int:
    """Prints how long it took; 1 when the books did not fit or the goal was missed."""
    with running_server() as server, fresh_database(server, make_template(server)) as url:
        asyncio.run(_furnish(url))
        begun = time.monotonic()
        multiply(url, -(-transfers // _rows(url, "ledger_transfer")) - 1)
        print(f"written in {time.monotonic() - begun:.0f} s", flush=True)
        for table in (*TABLES, "ledger_transfer", "ledger_entry", "ledger_wallet"):
            print(f"  {table:<16}{_rows(url, table):>10}")
        return asyncio.run(_audit(url))


@asynccontextmanager
async def _opened(url: str) -> AsyncIterator[Database]:
    database = Database(url, application_name="bench", max_connections=10)
    yield database
    await database.close()


async def _furnish(url: str) -> None:
    async with _opened(url) as database:
        async with database.unfenced_unit_of_work() as session:
            await session.execute(text("UPDATE leader SET epoch = 1, holder = 'bench', renewed_at = now()"))
        await furnish(open_shop(url, database, Epoch(1)))


def _rows(url: str, table: str) -> int:
    with psycopg.connect(url) as connection:
        (rows,) = connection.execute(COUNT.format(table).encode()).fetchone() or (0,)
        return int(rows)


async def _audit(url: str) -> int:
    missed = 0
    async with _opened(url) as database:
        for turn in ("first", "second"):
            begun = time.monotonic()
            async with database.snapshot() as session:
                pid = (await session.execute(text("SELECT pg_backend_pid()"))).scalar_one()
                findings = await Auditor(Ledger()).audit(session)
                peak, cpu = _peak_mb(pid), _cpu_seconds(pid)
            seconds = time.monotonic() - begun
            verdict = "ok" if seconds <= GOAL_SECONDS and not findings else "MISSED"
            print(
                f"{turn} audit: {seconds:.1f} s (goal {GOAL_SECONDS} s: {verdict}), {len(findings)} findings, "
                f"CPU of its Postgres process so far {cpu:.1f} s, its peak {peak:.0f} MB, shared buffers included",
                flush=True,
            )
            print(*findings[:3], sep="\n")
            missed += verdict != "ok"
    return min(missed, 1)


def _peak_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    sys.exit(main(*(int(argument) for argument in sys.argv[1:2])))
