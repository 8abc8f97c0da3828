"""The queue and the worker on a real Postgres."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from app.db import Database, Epoch
from app.errors import FencedOutError
from app.jobs import JobCensus, JobQueue, Periodic, RetryPolicy, Worker, WorkerLimits
from tests.fakes import until
from tests.fixtures.stalling_proxy import stalling_proxy

LIMITS = WorkerLimits("test-jobs", concurrency=4, polling_interval=0.05, reconnect_delay=0.05)
JobFunction = Callable[[Epoch, int], Awaitable[None]]


class Jobs:
    """A queue, and workers for it."""

    def __init__(self, url: str, database: Database, epoch: Epoch) -> None:
        self.url = url
        self.database = database
        self.epoch = epoch

    async def enqueue(self, job: str, subject: int, *, at: datetime | None = None, priority: int = 0) -> None:
        """One wake-up in a unit of its own."""
        async with self.database.unit_of_work(self.epoch) as session:
            await JobQueue().enqueue(session, job, subject, at=at, priority=priority)

    def worker(
        self,
        functions: Mapping[str, JobFunction],
        policies: Mapping[str, RetryPolicy] | None = None,
        limits: WorkerLimits = LIMITS,
        periodic: Sequence[Periodic] = (),
    ) -> Worker:
        """A worker that is not running."""
        return Worker(self.database, self.url, functions, policies or {}, limits, periodic)

    @asynccontextmanager
    async def running(self, worker: Worker, epoch: Epoch | None = None) -> AsyncIterator[None]:
        """The worker at work; what it raises comes out at the end."""
        async with asyncio.TaskGroup() as group:
            group.create_task(worker.run(epoch or self.epoch))
            yield
            await worker.stop(drain=2.0)

    async def rows(self) -> list[tuple[str, str, int]]:
        """(job, status, attempts) of every row of the queue."""
        async with self.database.snapshot() as session:
            found = await session.execute(
                text("SELECT task_name, status::text, attempts FROM procrastinate_jobs ORDER BY id")
            )
            return [(str(row[0]), str(row[1]), int(row[2])) for row in found]

    async def until_rows(self, expected: list[tuple[str, str, int]]) -> None:
        """Waits until the queue looks like this."""

        async def as_expected() -> bool:
            return await self.rows() == expected

        await until(as_expected)


@pytest.fixture
def jobs(database_url: str, database: Database, epoch: Epoch) -> Jobs:
    """A queue on a fresh database."""
    return Jobs(database_url, database, epoch)


class Recorder:
    """A job function that remembers, and may be held up or made to fail."""

    def __init__(self, failures: int = 0) -> None:
        self.calls: list[tuple[int, int]] = []
        self.called = asyncio.Event()
        self.released = asyncio.Event()
        self.released.set()
        self._failures = failures

    async def __call__(self, epoch: Epoch, subject: int) -> None:
        self.calls.append((epoch, subject))
        self.called.set()
        if len(self.calls) <= self._failures:
            raise ValueError("made to fail")
        await self.released.wait()


async def test_a_job_runs_after_its_unit_of_work_is_committed_and_leaves_no_row(jobs: Jobs) -> None:
    record = Recorder()
    async with jobs.running(jobs.worker({"a.job": record})):
        await jobs.enqueue("a.job", 2**40)
        async with asyncio.timeout(60):
            await record.called.wait()
        await jobs.until_rows([])
    assert record.calls == [(1, 2**40)]


async def test_a_job_of_a_unit_that_fails_was_never_there(jobs: Jobs) -> None:
    async def fail() -> None:
        async with jobs.database.unit_of_work(jobs.epoch) as session:
            await JobQueue().enqueue(session, "a.job", 1)
            raise ValueError("after all not")

    with pytest.raises(ValueError, match="after all not"):
        await fail()
    assert await jobs.rows() == []


async def test_a_new_job_is_heard_of_long_before_the_next_poll(jobs: Jobs) -> None:
    record = Recorder()
    slow = WorkerLimits("test-jobs", polling_interval=3600.0)
    async with jobs.running(jobs.worker({"a.job": record}, limits=slow)):
        async with asyncio.timeout(60):
            while not record.called.is_set():
                await jobs.enqueue("a.job", 1)
                await asyncio.wait([asyncio.create_task(record.called.wait())], timeout=0.5)
    assert record.calls


async def test_a_job_for_later_waits_for_its_time(jobs: Jobs) -> None:
    record = Recorder()
    loop = asyncio.get_running_loop()
    async with jobs.running(jobs.worker({"a.job": record})):
        began = loop.time()
        await jobs.enqueue("a.job", 1, at=datetime.now(UTC) + timedelta(seconds=0.4))
        async with asyncio.timeout(60):
            await record.called.wait()
        assert loop.time() - began > 0.3


async def test_jobs_of_higher_priority_go_first(jobs: Jobs) -> None:
    record = Recorder()
    await jobs.enqueue("a.job", 1)
    await jobs.enqueue("a.job", 2, priority=5)
    one_by_one = WorkerLimits("test-jobs", concurrency=1, polling_interval=0.05)
    async with jobs.running(jobs.worker({"a.job": record}, limits=one_by_one)):
        await jobs.until_rows([])
    assert [subject for _, subject in record.calls] == [2, 1]


async def test_a_failing_job_is_tried_again_as_its_policy_says(jobs: Jobs) -> None:
    record = Recorder(failures=2)
    policies = {"a.job": RetryPolicy(attempts=3, first_delay=0.02)}
    await jobs.enqueue("a.job", 1)
    async with jobs.running(jobs.worker({"a.job": record}, policies)):
        await jobs.until_rows([])
    assert len(record.calls) == 3


async def test_a_job_that_failed_for_good_stays_to_be_seen(jobs: Jobs) -> None:
    record = Recorder(failures=99)
    await jobs.enqueue("a.job", 1)
    async with jobs.running(
        jobs.worker({"a.job": record}, {"a.job": RetryPolicy(attempts=2, first_delay=0.02)})
    ):
        await jobs.until_rows([("a.job", "failed", 2)])
    await jobs.enqueue("a.job", 2)
    assert await JobCensus(jobs.database).by_status() == {"todo": 1, "doing": 0, "failed": 1}


@pytest.mark.proves("X43")
async def test_what_a_killed_worker_left_behind_runs_again_before_anything_else(jobs: Jobs) -> None:
    await jobs.enqueue("a.job", 1)
    async with jobs.database.unfenced_unit_of_work() as session:
        await session.execute(text("UPDATE procrastinate_jobs SET status = 'doing'"))
    record = Recorder()
    async with jobs.running(jobs.worker({"a.job": record})):
        await jobs.until_rows([])
    assert record.calls == [(1, 1)]


@pytest.mark.proves("X16", "X43")
async def test_stopping_lets_jobs_in_flight_finish_within_the_drain(jobs: Jobs) -> None:
    record = Recorder()
    record.released.clear()
    await jobs.enqueue("a.job", 1)
    worker = jobs.worker({"a.job": record})
    async with asyncio.timeout(60), asyncio.TaskGroup() as group:
        group.create_task(worker.run(jobs.epoch))
        await record.called.wait()
        stopping = group.create_task(worker.stop(drain=5.0))
        record.released.set()
        await stopping
    assert await jobs.rows() == []


@pytest.mark.proves("X16", "X43")
async def test_a_job_that_outlives_the_drain_goes_back_to_the_queue(jobs: Jobs) -> None:
    record = Recorder()
    record.released.clear()
    await jobs.enqueue("a.job", 1)
    await jobs.enqueue("b.job", 2)
    worker = jobs.worker({"a.job": record, "b.job": Recorder()}, {"a.job": RetryPolicy(attempts=1)})
    async with asyncio.timeout(60), asyncio.TaskGroup() as group:
        group.create_task(worker.run(jobs.epoch))
        await record.called.wait()
        await worker.stop(drain=0.05)
    assert ("a.job", "todo", 1) in await jobs.rows()


async def test_a_cancelled_worker_puts_its_jobs_back(jobs: Jobs) -> None:
    record = Recorder()
    record.released.clear()
    await jobs.enqueue("a.job", 1)
    worker = jobs.worker({"a.job": record}, limits=WorkerLimits("test-jobs", drain=0.05))
    running = asyncio.create_task(worker.run(jobs.epoch))
    async with asyncio.timeout(60):
        await record.called.wait()
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
    assert [row[:2] for row in await jobs.rows()] == [("a.job", "todo")]


@pytest.mark.proves("X10")
async def test_a_worker_of_a_reign_that_is_over_starts_nothing(jobs: Jobs) -> None:
    await jobs.enqueue("a.job", 1)
    async with jobs.database.unfenced_unit_of_work() as session:
        await session.execute(text("UPDATE leader SET epoch = 2"))
    record = Recorder()
    with pytest.raises(FencedOutError):
        await jobs.worker({"a.job": record}).run(jobs.epoch)
    assert record.calls == []


@pytest.mark.proves("X17")
async def test_the_worker_comes_back_after_its_connections_were_cut(jobs: Jobs) -> None:
    record = Recorder()
    async with jobs.running(jobs.worker({"a.job": record})):
        await jobs.enqueue("a.job", 1)
        async with asyncio.timeout(60):
            await record.called.wait()
        async with jobs.database.unfenced_unit_of_work() as session:
            await session.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'test-jobs'"
                )
            )
        record.called.clear()
        await jobs.enqueue("a.job", 2)

        async def done() -> bool:
            return (1, 2) in record.calls

        await until(done)


@pytest.mark.proves("X17")
async def test_a_worker_that_cannot_reach_the_database_stops_at_once_when_asked(jobs: Jobs) -> None:
    nowhere = Worker(jobs.database, "postgresql://nobody@127.0.0.1:9/nothing", {}, {}, LIMITS)
    async with asyncio.timeout(60):
        running = asyncio.create_task(nowhere.run(jobs.epoch))
        await asyncio.wait({running}, timeout=0.3)
        await nowhere.stop(drain=1.0)
        await running


@pytest.mark.proves("X12")
async def test_a_worker_behind_a_network_that_fell_silent_stops_all_the_same(jobs: Jobs) -> None:
    record = Recorder()
    quick = WorkerLimits("test-jobs", polling_interval=0.05, last_words=0.2)
    async with stalling_proxy(jobs.url) as (proxy, through), asyncio.timeout(60):
        worker = Worker(jobs.database, through, {"a.job": record}, {}, quick)
        running = asyncio.create_task(worker.run(jobs.epoch))
        await jobs.enqueue("a.job", 1)
        await record.called.wait()
        proxy.stall()
        record.released.clear()
        await worker.stop(drain=0.0)
        await running


async def test_a_worker_takes_three_connections_at_most_and_they_carry_its_name(jobs: Jobs) -> None:
    record = Recorder()
    async with jobs.running(jobs.worker({"a.job": record})):
        for subject in range(30):
            await jobs.enqueue("a.job", subject)
        await jobs.until_rows([])
        async with jobs.database.snapshot() as session:
            named = await session.execute(
                text("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'test-jobs'")
            )
            assert 1 <= named.scalar_one() <= 3


async def test_a_worker_can_be_run_again_after_it_was_stopped(jobs: Jobs) -> None:
    record = Recorder()
    worker = jobs.worker({"a.job": record})
    for subject in (1, 2):
        async with jobs.running(worker):
            await jobs.enqueue("a.job", subject)
            await jobs.until_rows([])
    assert [subject for _, subject in record.calls] == [1, 2]


async def test_what_runs_by_the_clock_runs_once_for_its_moment_whoever_reigns(jobs: Jobs) -> None:
    moments: list[int] = []
    noted, settled = asyncio.Event(), asyncio.Event()

    async def note(_epoch: Epoch, moment: int) -> None:
        moments.append(moment)
        noted.set()

    async def settle(_epoch: Epoch, _id: int) -> None:
        settled.set()

    async def reign(cron: str, *, notes: bool) -> None:
        settled.clear()
        worker = jobs.worker({"note": note, "settle": settle}, periodic=[Periodic("note", cron)])
        async with jobs.running(worker):
            if notes:
                await noted.wait()
            await jobs.enqueue("settle", 1)
            await settled.wait()

    half_a_year_ago = (datetime.now(UTC).month + 5) % 12 + 1
    await reign(f"0 0 1 {half_a_year_ago} *", notes=False)
    assert moments == []
    twelve_hours_ago = datetime.now(UTC) - timedelta(hours=12)  # far from the next one, whatever time it is
    for _ in range(3):
        await reign(f"{twelve_hours_ago.minute} {twelve_hours_ago.hour} * * *", notes=True)
    last = datetime.fromtimestamp(moments[0], UTC)
    assert (last.hour, last.minute) == (twelve_hours_ago.hour, twelve_hours_ago.minute)
    assert timedelta(0) <= datetime.now(UTC) - last < timedelta(days=1, minutes=1)
    assert len(moments) == 1


async def test_a_job_that_fails_is_said_in_the_log_with_its_reason(
    jobs: Jobs, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(epoch: Epoch, subject: int) -> None:
        raise RuntimeError("nobody thought of this")

    await jobs.enqueue("recorded", 1)
    async with jobs.running(jobs.worker({"recorded": fail}, {"recorded": RetryPolicy(attempts=1)})):
        await jobs.until_rows([("recorded", "failed", 1)])
    (said,) = [it for it in caplog.records if it.message == "a job failed"]
    assert (said.levelname, said.job) == ("WARNING", "recorded")  # type: ignore[attr-defined]
    assert "nobody thought of this" in str(said.exc_text or said.exc_info)
