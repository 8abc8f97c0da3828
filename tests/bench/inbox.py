"""G1, G2, G5: how much a durable acknowledgement costs: `python -m tests.bench.inbox [rounds] [seconds]`.

Each variant is an aiohttp server in its own process; one load generator in another speaks HTTP on raw sockets
and waits for each answer. Rounds are interleaved, so that a busy machine is busy for all; only ratios of the
medians of one run mean anything.
"""

import asyncio
import itertools
import json
import multiprocessing
import os
import shutil
import socket
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

import asyncpg
import uvloop
from aiohttp import web

from app.db import Database
from app.db.embedded import EmbeddedPostgres
from app.db.migration import migrate
from app.inbox import Inbox, incoming_update
from app.inbox.repository import INSERT
from tests.bench.goals import Row, report

PATH = "/webhook/telegram"
REQUEST = (
    b"POST /webhook/telegram HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n"
    b"Content-Length: %d\r\n\r\n%b"
)
VARIANTS = ("bare", "single", "inbox")
CROWD = 100
GOALS = {32: (0.50, 2.0), CROWD: (0.60, 2.0)}
"""Connections -> least ratio to a server that stores nothing, and to one that commits each update alone."""


@dataclass(frozen=True)
class Result:
    """One round of one variant. `cpu_us` is what the server's process spent on one request."""

    per_second: float
    p50_ms: float
    p99_ms: float
    cpu_us: float = 0.0


@dataclass(frozen=True)
class Server:
    """A running server."""

    port: int
    pid: int

    def cpu_seconds(self) -> float:
        """What it has spent so far, in user and system mode."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _templates() -> tuple[bytes, bytes]:
    person = {"id": 10_000, "is_bot": False, "first_name": "Анна", "language_code": "ru"}
    chat = {"id": 10_000, "type": "private", "first_name": "Анна"}
    message = {"message_id": 7, "from": person, "chat": chat, "date": 1_800_000_000, "text": "кот " * 40}
    tap = {"id": "7", "from": person, "message": message, "chat_instance": "-7", "data": "m:1:2"}
    bodies = ({"message": message}, {"callback_query": tap})
    made = (json.dumps({"update_id": 0, **body}, ensure_ascii=False).encode() for body in bodies)
    first, second = (
        text.replace(b"%", b"%%").replace(b'"update_id": 0', b'"update_id": %d') for text in made
    )
    return first.replace(b"10000", b"%d"), second.replace(b"10000", b"%d")


MESSAGE, TAP = _templates()


def update(number: int) -> bytes:
    """A message or a tap of 0.6 to 0.9 KB, by turns, of one of 5000 people, as Telegram writes them."""
    template = MESSAGE if number % 2 else TAP
    person = 10_000 + number % 5000
    return template % (number, *(person,) * (template.count(b"%d") - 1))


async def bare(_: web.Request) -> web.Response:
    """Answers and forgets."""
    return web.Response()


def durable(inbox: Inbox) -> web.Application:
    """Answers after the group commit."""

    async def accept(request: web.Request) -> web.Response:
        await inbox.accept(incoming_update(await request.read(), 42))
        return web.Response()

    return _application(accept)


def single(pool: "asyncpg.Pool[asyncpg.Record]") -> web.Application:
    """Answers after an INSERT of its own, in a commit of its own."""

    async def accept(request: web.Request) -> web.Response:
        it = incoming_update(await request.read(), 42)
        row = ([it.source], [it.scope], [it.external_id], [it.digest], [it.lane], [it.payload], [it.done])
        await pool.fetch(INSERT, *row)
        return web.Response()

    return _application(accept)


def _application(accept: object) -> web.Application:
    application = web.Application()
    application.router.add_post(PATH, accept)  # type: ignore[arg-type]
    return application


async def _serve(variant: str, url: str, listener: socket.socket) -> None:
    if variant == "bare":
        application = _application(bare)
    elif variant == "inbox":
        database = Database(url, application_name="bench", max_connections=5)
        application = durable(Inbox(database, wake_consumer=lambda: True))
    else:
        application = single(await asyncpg.create_pool(url, min_size=20, max_size=20))
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.SockSite(runner, listener).start()
    await asyncio.Event().wait()


def serve(variant: str, url: str, listener: socket.socket) -> None:
    """The body of a server's process: it has the first core, everything else the last."""
    _pin(first=True)
    uvloop.run(_serve(variant, url, listener))


def generate(port: int, connections: int, seconds: float, first: int, results: object) -> None:
    """The body of the load generator's process."""
    results.put(uvloop.run(_load(port, connections, seconds, first)))  # type: ignore[attr-defined]


class Client(asyncio.Protocol):
    """One connection: the next request leaves as soon as the answer to the last is there."""

    def __init__(self, numbers: Iterator[int], end: float, took: list[float]) -> None:
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._numbers = numbers
        self._end = end
        self._took = took
        self._begun = 0.0
        self._answer = b""
        self._transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.WriteTransport", transport)
        self._send()

    def data_received(self, data: bytes) -> None:
        self._answer += data
        if b"\r\n\r\n" not in self._answer:
            return
        if not self._answer.startswith(b"HTTP/1.1 200") or b"Content-Length: 0\r\n" not in self._answer:
            self.ended.set_exception(RuntimeError(self._answer))
            return
        self._took.append(time.perf_counter() - self._begun)
        self._send()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.ended.done():
            self.ended.set_exception(exc or RuntimeError("the server hung up"))

    def _send(self) -> None:
        assert self._transport is not None
        self._answer = b""
        self._begun = time.perf_counter()
        if self._begun >= self._end:
            self.ended.set_result(None)
            self._transport.close()
            return
        body = update(next(self._numbers))
        self._transport.write(REQUEST % (len(body), body))


async def _load(port: int, connections: int, seconds: float, first: int) -> Result:
    took: list[float] = []
    numbers = itertools.count(first)
    end = time.perf_counter() + seconds
    loop = asyncio.get_running_loop()
    opened = [
        await loop.create_connection(lambda: Client(numbers, end, took), "127.0.0.1", port)
        for _ in range(connections)
    ]
    await asyncio.gather(*(client.ended for _, client in opened))
    took.sort()
    return Result(len(took) / seconds, took[len(took) // 2] * 1000, took[int(len(took) * 0.99)] * 1000)


def _pin(*, first: bool) -> None:
    cores = range(os.cpu_count() or 1)
    os.sched_setaffinity(0, {cores[0] if first else cores[-1]})


@contextmanager
def scratch_postgres() -> Iterator[str]:
    """A migrated cluster of its own with full durability."""
    folder = Path(tempfile.mkdtemp(prefix="trt-bench-"))
    folder.chmod(0o711)
    postgres = EmbeddedPostgres(folder, {"max_wal_size": "4GB", "shared_buffers": "256MB"})
    try:
        postgres.start()
        migrate(postgres.url)
        yield postgres.url
    finally:
        postgres.stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def server(variant: str, url: str) -> Iterator[Server]:
    """Runs one variant in a process of its own."""
    with socket.create_server(("127.0.0.1", 0), backlog=256) as listener:
        process = multiprocessing.get_context("spawn").Process(target=serve, args=(variant, url, listener))
        process.start()
        try:
            yield Server(listener.getsockname()[1], process.pid or 0)
        finally:
            process.terminate()
            process.join()


def measure(server: Server, connections: int, seconds: float, first: int) -> Result:
    """One round."""
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    process = context.Process(target=generate, args=(server.port, connections, seconds, first, results))
    spent = server.cpu_seconds()
    process.start()
    result: Result = results.get(timeout=seconds + 60)
    process.join()
    requests = result.per_second * seconds
    return replace(result, cpu_us=(server.cpu_seconds() - spent) / requests * 1e6)


def compare(url: str, rounds: int, seconds: float) -> dict[tuple[str, int], list[Result]]:
    """Every variant at every number of connections, round after round."""
    found: dict[tuple[str, int], list[Result]] = {}
    first = 1
    with ExitStack() as stack:
        servers = {variant: stack.enter_context(server(variant, url)) for variant in VARIANTS}
        for it in servers.values():  # connections, caches and imports are warm after this
            measure(it, 8, 0.5, first := first + 10_000_000)
        for _ in range(rounds):
            for connections in GOALS:
                for variant, it in servers.items():
                    result = measure(it, connections, seconds, first := first + 10_000_000)
                    found.setdefault((variant, connections), []).append(result)
    return found


def rows(found: dict[tuple[str, int], list[Result]]) -> list[Row]:
    """The goals, each number beside its baseline."""
    rows = []
    for connections, (over_bare, over_single) in GOALS.items():
        bare, single, ours = (
            statistics.median(it.per_second for it in found[variant, connections]) for variant in VARIANTS
        )
        beside = f"answered and forgotten, {connections} connections"
        rows.append(Row("G1", "updates acknowledged when on disk", ours, bare, beside, "/s", goal=over_bare))
        beside = f"each with a commit of its own, {connections} connections"
        rows.append(Row("G2", "the same", ours, single, beside, "/s", goal=over_single))
    p99 = statistics.median(it.p99_ms for it in found["inbox", CROWD])
    rows.append(Row("G5", f"p99 of it at {CROWD} connections", p99, 0, "", "ms", most=25))
    return rows


def print_details(found: dict[tuple[str, int], list[Result]]) -> None:
    """What each variant did: for whoever looks for the reason of a ratio."""
    for (variant, connections), results in found.items():
        columns = zip(*((it.per_second, it.p50_ms, it.p99_ms, it.cpu_us) for it in results), strict=True)
        speed, p50, p99, cpu = (statistics.median(column) for column in columns)
        print(
            f"{connections:>4} connections  {variant:<7} {speed:>8.0f}/s"
            f"  p50 {p50:>6.2f} ms  p99 {p99:>6.2f} ms  CPU {cpu:>4.0f} us a request"
        )


def measure_inbox(rounds: int = 5, seconds: float = 1.0) -> list[Row]:
    """All rounds on a scratch server; Postgres and the load generator inherit the core."""
    cores = os.sched_getaffinity(0)
    _pin(first=False)
    try:
        with scratch_postgres() as url:
            found = compare(url, rounds, seconds)
    finally:
        os.sched_setaffinity(0, cores)
    print_details(found)
    return rows(found)


def main() -> int:
    """0 when every goal is reached."""
    words = sys.argv[1:]
    return 0 if report(measure_inbox(int(words[0]), float(words[1])) if words else measure_inbox()) else 1


if __name__ == "__main__":
    sys.exit(main())
