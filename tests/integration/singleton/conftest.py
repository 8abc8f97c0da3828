"""What the tests of the election share."""

import asyncio
import contextlib
import json
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import pytest
from sqlalchemy import text

from app.db import Database, Epoch
from app.db.direct import Connection, connect_direct
from app.singleton import Role, Singleton, SingletonConfig, Timing, holder_name

ROOT = Path(__file__).parents[3]
RUNNER = ROOT / "tests" / "fixtures" / "singleton_process.py"
QUICK = Timing(
    beat=0.3,
    beat_limit=1.0,
    lease=3.0,
    trust=2.7,
    watch=0.1,
    reconnect=0.1,
    unit_wait=0.2,
    drain=5.0,
    head_start=1.0,
    silence=2.0,
    tick=0.1,
)

"""Leases that run out while a test waits for it."""

PATIENT = replace(QUICK, beat_limit=30.0, lease=90.0, trust=80.0, silence=60.0)
"""Leases that never run out while a test looks on, however slow the machine: what happens has another reason."""

NEVER_LOOKS = replace(PATIENT, watch=3600.0, reconnect=3600.0)
"""A standby that is told of a free lock by the lock alone, which takes milliseconds; else it waits for an hour."""


@dataclass
class Member:
    """One process of the election, run inside the test."""

    singleton: Singleton = field(init=False)
    config: SingletonConfig
    timing: Timing = PATIENT
    story: list[str] = field(default_factory=list)
    news: asyncio.Condition = field(default_factory=asyncio.Condition)
    exits: list[int] = field(default_factory=list)
    start: Callable[[Epoch], object] = lambda _: None
    drain: Callable[[float], object] = lambda _: None

    def __post_init__(self) -> None:
        self.singleton = Singleton(self.config, self, timing=self.timing, exit_process=self.exits.append)

    async def on_active(self, epoch: Epoch) -> None:
        await self._tell(f"active {epoch}", self.start(epoch))

    async def on_passive(self, drain: float) -> None:
        assert self.singleton.role is Role.ACTIVE, "it stops processing before it becomes PASSIVE"
        await self._tell(f"passive {drain:g}", self.drain(drain))

    async def _tell(self, words: str, outcome: object) -> None:
        async with self.news:
            self.story.append(words)
            self.news.notify_all()
        if asyncio.iscoroutine(outcome):
            await outcome

    async def until(self, words: str, *, seconds: float = 60) -> None:
        async with asyncio.timeout(seconds), self.news:
            await self.news.wait_for(lambda: words in self.story)

    @property
    def is_active(self) -> bool:
        return self.singleton.role is Role.ACTIVE


class Election:
    """Members on one database; all resign at the end."""

    def __init__(self, url: str, stack: AsyncExitStack) -> None:
        self._url = url
        self._stack = stack

    async def join(
        self, instance: str = "a", *, release: str = "r1", url: str = "", timing: Timing = PATIENT
    ) -> Member:
        config = SingletonConfig(url or self._url, 42, instance, release, holder_name(instance))
        member = Member(config, timing)
        await self._stack.enter_async_context(_running(member))
        return member

    async def session(self, application_name: str) -> Connection:
        """A connection that the test plays somebody with."""
        connection = await connect_direct(self._url, application_name=application_name)
        self._stack.callback(connection.terminate)
        return connection


@asynccontextmanager
async def _running(member: Member) -> AsyncIterator[None]:
    running = asyncio.create_task(member.singleton.run())
    try:
        yield
    finally:
        async with asyncio.timeout(60):
            await member.singleton.resign()
            await asyncio.gather(running, return_exceptions=True)


@pytest.fixture
async def election(database_url: str) -> AsyncIterator[Election]:
    async with AsyncExitStack() as stack:
        yield Election(database_url, stack)


async def first_active(*members: Member) -> Member:
    async with asyncio.timeout(60):
        while True:
            for member in members:
                if member.is_active:
                    return member
            await asyncio.sleep(0.01)


async def until_waiting(session: Connection, count: int = 1) -> None:
    """Polls until so many sessions wait for the advisory lock."""
    query = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
    async with asyncio.timeout(60):
        while await session.fetchval(query) < count:  # noqa: ASYNC110 - the server cannot call us
            await asyncio.sleep(0.01)


async def longer_than_a_lease(session: Connection) -> None:
    """Waits until the holder has renewed so often that an unrenewed lease would have run out."""
    seen: set[object] = set()
    async with asyncio.timeout(60):
        while len(seen) * QUICK.beat < 1.5 * QUICK.lease:
            seen.add(await session.fetchval("SELECT renewed_at FROM leader"))
            await asyncio.sleep(0.02)


async def end_lock_session(session: Connection, application_name: str) -> None:
    """Cuts the one session of that name that has the advisory lock."""
    ended = await session.fetchval(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_locks JOIN pg_stat_activity USING (pid) "
        "WHERE locktype = 'advisory' AND granted AND application_name = $1",
        application_name,
    )
    assert ended == 1


class Process:
    """A member in a process of its own, which can be frozen and killed."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.said: list[str] = []

    async def until(self, words: str, *, seconds: float = 60) -> str:
        """Reads on until a line begins with `words`; the line. Where it never comes, it tells why."""
        if (line := await self._line(words, seconds)) is not None:
            return line
        self.signal(signal.SIGUSR1)
        await self._line("confessed", 5.0)
        raise AssertionError(f"it did not say {words!r}: {'; '.join(self.said[-30:])}")

    async def _line(self, words: str, seconds: float) -> str | None:
        assert self._process.stdout is not None
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while line := (await self._process.stdout.readline()).decode().strip():
                    self.said.append(line)
                    if line.startswith(words):
                        return line
        return None

    def signal(self, number: signal.Signals) -> None:
        self._process.send_signal(number)

    async def ended(self) -> int:
        async with asyncio.timeout(60):
            return await self._process.wait()

    async def resign(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()


@asynccontextmanager
async def process(
    url: str, instance: str = "a", *, release: str = "r1", mode: str = "write", timing: Timing = PATIENT
) -> AsyncIterator[Process]:
    """A running process of tests/fixtures/singleton_process.py; killed at the end."""
    started = await asyncio.create_subprocess_exec(
        sys.executable,
        *(str(RUNNER), url, instance, release, mode, json.dumps(asdict(timing))),
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=2**20,
    )
    try:
        yield Process(started)
    finally:
        if started.returncode is None:
            started.kill()
        await started.wait()


@pytest.fixture
async def written(database: Database) -> Database:
    """The database with the table that the processes write to."""
    async with database.unfenced_unit_of_work() as session:
        await session.execute(text("CREATE TABLE written (epoch bigint)"))
        await session.execute(
            text("CREATE TABLE effect (place bigint GENERATED ALWAYS AS IDENTITY, number bigint)")
        )
    return database


async def rows_of(database: Database, epoch: int) -> int:
    async with database.snapshot() as session:
        query = text("SELECT count(*) FROM written WHERE epoch = :epoch")
        return int((await session.execute(query, {"epoch": epoch})).scalar_one())
