"""How much a durable acknowledgement costs: `python -m tests.bench.inbox [rounds] [seconds]`.

Each variant is an aiohttp server in its own process; one load generator in another speaks HTTP on raw sockets
and waits for each answer. Rounds are interleaved, so that a busy machine is busy for all; only ratios of the
medians of one run mean anything.
"""

import asyncio
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
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import uvloop
from aiohttp import web

from app.db import Database
from app.db.embedded import EmbeddedPostgres
from app.db.migration import migrate
from app.inbox import Inbox, incoming_update
from app.inbox.repository import INSERT

PATH = "/webhook/telegram"
CONNECTIONS = (32, 100)
GOALS = {  # ratio -> (at 32 connections, at 100)
    "inbox / bare": (0.50, 0.60),
    "inbox / single": (2.0, 2.0),
}


@dataclass(frozen=True)
class Result:
    """One round of one variant."""

    per_second: float
    p50_ms: float
    p99_ms: float


def update(number: int) -> bytes:
    """A message or a tap of 0.6 to 0.9 KB, by turns, as Telegram writes them."""
    person = {"id": 10_000 + number % 5000, "is_bot": False, "first_name": "Анна", "language_code": "ru"}
    chat = {"id": person["id"], "type": "private", "first_name": "Анна"}
    message = {"message_id": number, "from": person, "chat": chat, "date": 1_800_000_000, "text": "кот " * 40}
    tap = {"id": str(number), "from": person, "message": message, "chat_instance": "-7", "data": "m:1:2"}
    body = {"message": message} if number % 2 else {"callback_query": tap}
    return json.dumps({"update_id": number, **body}, ensure_ascii=False).encode()


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
    """The body of a server's process, on the first core as far as there is a choice."""
    _pin(first=True)
    uvloop.run(_serve(variant, url, listener))


def generate(port: int, connections: int, seconds: float, first: int, results: object) -> None:
    """The body of the load generator's process."""
    _pin(first=False)
    results.put(uvloop.run(_load(port, connections, seconds, first)))  # type: ignore[attr-defined]


async def _load(port: int, connections: int, seconds: float, first: int) -> Result:
    took: list[float] = []
    end = time.perf_counter() + seconds
    numbers = iter(range(first, first + 10_000_000))

    async def one() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while (begun := time.perf_counter()) < end:
            body = update(next(numbers))
            writer.write(
                b"POST %b HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n"
                b"Content-Length: %d\r\n\r\n%b" % (PATH.encode(), len(body), body)
            )
            head = await reader.readuntil(b"\r\n\r\n")
            if not head.startswith(b"HTTP/1.1 200"):
                raise RuntimeError(head)
            await reader.readexactly(_length(head))
            took.append(time.perf_counter() - begun)
        writer.close()

    await asyncio.gather(*(one() for _ in range(connections)))
    took.sort()
    return Result(len(took) / seconds, took[len(took) // 2] * 1000, took[int(len(took) * 0.99)] * 1000)


def _length(head: bytes) -> int:
    _, _, rest = head.lower().partition(b"content-length:")
    return int(rest.split(b"\r\n", 1)[0] or 0)


def _pin(*, first: bool) -> None:
    cores = sorted(os.sched_getaffinity(0))
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
def server(variant: str, url: str) -> Iterator[int]:
    """A running server; its port."""
    with socket.create_server(("127.0.0.1", 0), backlog=256) as listener:
        process = multiprocessing.get_context("spawn").Process(target=serve, args=(variant, url, listener))
        process.start()
        try:
            yield listener.getsockname()[1]
        finally:
            process.terminate()
            process.join()


def measure(port: int, connections: int, seconds: float, first: int) -> Result:
    """One round."""
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    process = context.Process(target=generate, args=(port, connections, seconds, first, results))
    process.start()
    result: Result = results.get(timeout=seconds + 60)
    process.join()
    return result


def compare(url: str, rounds: int, seconds: float) -> dict[tuple[str, int], list[Result]]:
    """Every variant at every number of connections, round after round."""
    found: dict[tuple[str, int], list[Result]] = {}
    first = 1
    with server("bare", url) as bare_port, server("single", url) as single_port, server("inbox", url) as port:
        ports = {"bare": bare_port, "single": single_port, "inbox": port}
        for it in ports.values():  # connections, caches and imports are warm after this
            measure(it, 8, 0.5, first := first + 10_000_000)
        for _ in range(rounds):
            for connections in CONNECTIONS:
                for variant, it in ports.items():
                    result = measure(it, connections, seconds, first := first + 10_000_000)
                    found.setdefault((variant, connections), []).append(result)
    return found


def report(found: dict[tuple[str, int], list[Result]]) -> bool:
    """Prints medians and ratios; True when every goal is reached."""
    medians = {key: statistics.median(it.per_second for it in results) for key, results in found.items()}
    for (variant, connections), results in found.items():
        p50, p99 = (
            statistics.median(values)
            for values in zip(*((it.p50_ms, it.p99_ms) for it in results), strict=True)
        )
        speed = medians[variant, connections]
        print(
            f"{connections:>4} connections  {variant:<7} {speed:>8.0f}/s  p50 {p50:>6.2f} ms  p99 {p99:>6.2f} ms"
        )
    reached = True
    for name, goals in GOALS.items():
        over, under = name.split(" / ")
        for connections, goal in zip(CONNECTIONS, goals, strict=True):
            ratio = medians[over, connections] / medians[under, connections]
            reached = reached and ratio >= goal
            print(f"{connections:>4} connections  {name:<14} {ratio:.2f}  (goal {goal:.2f})")
    return reached


def main(rounds: int = 5, seconds: float = 3.0) -> int:
    """0 when every goal is reached."""
    with scratch_postgres() as url:
        return 0 if report(compare(url, rounds, seconds)) else 1


if __name__ == "__main__":
    words = sys.argv[1:]
    sys.exit(main(int(words[0]), float(words[1])) if len(words) == 2 else main())
