"""G7 to G12: the ledger beside what pgbench can do on the same server, and what each thing around it costs.

Every round runs each way once, in turn; what is printed are the medians. A pair is one hold and its capture, each a
commit of its own; a `unit of work` is one commit around both, with fence and errors. One process with one event loop,
as in production, speaks for all clients; pgbench has two threads of C.
"""

import asyncio
import os
import statistics
import sys
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from itertools import count

import uvloop

from app.db import Connection, Database, Epoch, connect_direct
from app.ledger import Ledger
from app.money import Kopecks
from tests.bench.goals import Row, report
from tests.bench.inbox import scratch_postgres
from tests.bench.pgbench import CLIENTS, fill, scripted, simple_update

PEOPLE = 1000
SECONDS = float(os.environ.get("BENCH_SECONDS", "1"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))

HOLD = "SELECT * FROM ledger_hold($1, 1, $2, 'wallet')"
CAPTURE = "SELECT * FROM ledger_resolve('capture', $1, $2, 'revenue')"
RELEASE = "SELECT * FROM ledger_resolve('release', $1, $2, 'wallet')"
OUTBOX = "CREATE TABLE bench_outbox (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, subject text)"
HOLD_AND_ROW = """
WITH kept AS (INSERT INTO bench_outbox (subject) VALUES ($2) RETURNING id)
SELECT ledger_hold($1, 1, $2, 'wallet'), kept.id FROM kept
"""
HOLD_AND_JOB = """
SELECT ledger_hold($1, 1, $2, 'wallet'), procrastinate_defer_jobs_v1(ARRAY[
    ROW('bench', 'bench', 0, NULL, NULL, '{}'::jsonb, NULL)]::procrastinate_job_to_defer_v1[])
"""
PAIR_FOR_PGBENCH = """\
\\set number random(1, 9000000000000000000)
SELECT * FROM ledger_hold({person}, 1, 'h' || :number::bigint, 'wallet');
SELECT * FROM ledger_resolve('capture', 'h' || :number::bigint, 'c' || :number::bigint, 'revenue');
"""
ANYBODY = "\\set person random(1, 1000)\n" + PAIR_FOR_PGBENCH.format(person=":person")
ONE_PERSON = PAIR_FOR_PGBENCH.format(person="1")


@dataclass
class Paces:
    """How many of a thing a second, round by round, and how long each took, in seconds."""

    per_second: list[float] = field(default_factory=list)
    took: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        return statistics.median(self.per_second)

    @property
    def p99_ms(self) -> float:
        return statistics.quantiles(self.took, n=100)[98] * 1000


class Clients:
    """Sixteen who do the same thing over and over, each on a connection of its own or out of the product's pool."""

    def __init__(self, connections: Sequence[Connection], database: Database) -> None:
        self._connections = connections
        self._database = database
        self._ledger = Ledger()
        self._numbers = count(1)

    @property
    def ways(self) -> Mapping[str, Callable[[int], Awaitable[None]]]:
        """What can be done, by name; the argument is the client's number."""
        return {
            "asyncpg": lambda client: self._pair(client, self._person(), CAPTURE),
            "one person": lambda client: self._pair(client, 1, CAPTURE),
            "release": lambda client: self._pair(client, self._person(), RELEASE),
            "hold": lambda client: self._single(client, HOLD),
            "hold and row": lambda client: self._single(client, HOLD_AND_ROW),
            "hold and job": lambda client: self._single(client, HOLD_AND_JOB),
            "pool": self._from_pool,
            "unit of work": self._unit_of_work,
            "unfenced": self._unfenced,
        }

    def _person(self) -> int:
        return next(self._numbers) % PEOPLE + 1

    async def _pair(self, client: int, person: int, resolve: str) -> None:
        number = next(self._numbers)
        await self._connections[client].fetchrow(HOLD, person, f"hold:{number}")
        await self._connections[client].fetchrow(resolve, f"hold:{number}", f"end:{number}")

    async def _single(self, client: int, statement: str) -> None:
        await self._connections[client].fetchrow(statement, self._person(), f"hold:{next(self._numbers)}")

    async def _from_pool(self, _: int) -> None:
        number = next(self._numbers)
        async with self._database.single_statements() as connection:
            await connection.fetchrow(HOLD, self._person(), f"hold:{number}")
        async with self._database.single_statements() as connection:
            await connection.fetchrow(CAPTURE, f"hold:{number}", f"end:{number}")

    async def _unit_of_work(self, _: int) -> None:
        number = next(self._numbers)
        async with self._database.unit_of_work(Epoch(1)) as session:
            hold = f"hold:{number}"
            await self._ledger.hold(session, user_id=self._person(), amount=Kopecks(1), key=hold)
            await self._ledger.capture(session, hold_key=hold, key=f"end:{number}")

    async def _unfenced(self, _: int) -> None:
        number = next(self._numbers)
        async with self._database.unfenced_unit_of_work() as session:
            hold = f"hold:{number}"
            await self._ledger.hold(session, user_id=self._person(), amount=Kopecks(1), key=hold)
            await self._ledger.capture(session, hold_key=hold, key=f"end:{number}")


async def measure(dsn: str) -> list[Row]:
    """Runs the rounds on a migrated database at `dsn`, which is filled with people and pgbench's tables."""
    found: dict[str, Paces] = {}
    async with AsyncExitStack() as stack:
        connections = [await connect_direct(dsn, application_name="bench") for _ in range(CLIENTS)]
        for it in connections:
            stack.push_async_callback(it.close)
        database = Database(dsn, application_name="bench", max_connections=CLIENTS)
        stack.push_async_callback(database.close)
        await _fill(connections[0], dsn)
        clients = Clients(connections, database)
        for _ in range(ROUNDS):
            for name, speed in _by_pgbench(dsn).items():
                found.setdefault(name, Paces()).per_second.append(speed)
            for name, way in clients.ways.items():
                await _run(way, found.setdefault(name, Paces()))
    return rows(found)


def rows(found: Mapping[str, Paces]) -> list[Row]:
    """The goals, each number beside its baseline."""
    paces = {name: it.median for name, it in found.items()}
    pairs, simple, functions = paces["asyncpg"], paces["simple-update"], paces["pgbench"]
    hot, hold = "the same functions by pgbench", "the hold alone"
    return [
        Row("G7", "commits of pairs, asyncpg", 2 * pairs, simple, "pgbench -N", "/s", goal=0.90),
        Row("G7", "pairs, asyncpg", pairs, functions, "pgbench, the same functions", "/s", goal=0.60),
        Row("G8", "pairs from the product's pool", paces["pool"], pairs, "asyncpg alone", "/s", goal=0.65),
        Row(
            "G8", "commits from the product's pool", 2 * paces["pool"], simple, "pgbench -N", "/s", goal=0.75
        ),
        Row("G9", "pairs of one person", paces["one person"], paces["pgbench, hot"], hot, "/s", goal=0.75),
        Row("G9", "pairs of one person, p99", found["one person"].p99_ms, 0, "", "ms", most=100),
        Row(
            "G10",
            "pairs with a house account's entry",
            pairs,
            paces["release"],
            "without one",
            "/s",
            goal=0.90,
        ),
        Row("G11", "hold and a row, no NOTIFY", paces["hold and row"], paces["hold"], hold, "/s", goal=0.75),
        Row("G11", "hold and a job", paces["hold and job"], paces["hold"], hold, "/s", goal=0.20, least=500),
        Row(
            "G12",
            "units of work, fenced",
            paces["unit of work"],
            paces["unfenced"],
            "no fence",
            "/s",
            goal=0.85,
        ),
    ]


async def _fill(connection: Connection, dsn: str) -> None:
    await connection.execute("UPDATE leader SET epoch = 1, holder = 'bench', renewed_at = now()")
    await connection.execute(
        "SELECT ledger_give('credit', p, 1000000000, 'payments:bench', 'cash', 'in' || p, NULL, NULL, NULL)"
        f" FROM generate_series(1, {PEOPLE}) p"
    )
    await connection.execute(OUTBOX)
    fill(dsn)


def _by_pgbench(dsn: str) -> dict[str, float]:
    return {
        "simple-update": simple_update(dsn, SECONDS),
        "pgbench": scripted(dsn, ANYBODY, SECONDS),
        "pgbench, hot": scripted(dsn, ONE_PERSON, SECONDS),
    }


async def _run(way: Callable[[int], Awaitable[None]], paces: Paces) -> None:
    async def client(number: int, deadline: float) -> list[float]:
        took: list[float] = []
        while (begun := time.perf_counter()) < deadline:
            await way(number)
            took.append(time.perf_counter() - begun)
        return took

    await asyncio.gather(
        *(way(number) for number in range(CLIENTS))
    )  # statements are prepared, pools are warm
    deadline = time.perf_counter() + SECONDS
    took = await asyncio.gather(*(client(number, deadline) for number in range(CLIENTS)))
    paces.per_second.append(sum(map(len, took)) / SECONDS)
    paces.took.extend(second for each in took for second in each)


def main() -> int:
    """0 when every goal is reached. On a scratch server with Postgres's own durability."""
    with scratch_postgres() as url:
        return 0 if report(uvloop.run(measure(url))) else 1


if __name__ == "__main__":
    sys.exit(main())
