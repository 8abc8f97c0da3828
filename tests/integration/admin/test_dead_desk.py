"""Events and jobs that died: seen with why, tried again once, told of once."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import text

from app.admin import Action, AlertKind, AlertWatch, DeadDesk, NotAllowedError, Role, Sort, Trouble
from app.db import Database, Epoch
from app.jobs import JobQueue, RetryPolicy, Worker, WorkerLimits
from app.users import User
from tests.fakes import until
from tests.integration.admin.test_alerts import Heard, execute
from tests.integration.users.steps import NextStep
from tests.unit.bot.house import OWNERS, House

ONCE = {"generation.check": RetryPolicy(attempts=1), "a.job": RetryPolicy(attempts=1)}
WHY = "mended"


class Work:
    """A job function that fails until it is mended."""

    def __init__(self) -> None:
        self.mended = False
        self.done: list[int] = []

    async def run(self, _epoch: Epoch, subject: int) -> None:
        if not self.mended:
            raise TimeoutError("words of a person")
        self.done.append(subject)


@asynccontextmanager
async def working(url: str, database: Database, epoch: Epoch, work: Work) -> AsyncIterator[None]:
    """A worker beside the test."""
    limits = WorkerLimits("test-dead", concurrency=4, polling_interval=0.05)
    worker = Worker(database, url, dict.fromkeys(ONCE, work.run), ONCE, limits)
    async with asyncio.TaskGroup() as group:
        group.create_task(worker.run(epoch))
        yield
        await worker.stop(drain=1.0)


@pytest.fixture
def desk(house: House) -> DeadDesk:
    """The desk."""
    return house.desks.dead


async def enqueue(database: Database, epoch: Epoch, job: str, *subjects: int) -> None:
    async with database.unit_of_work(epoch) as session:
        for subject in subjects:
            await JobQueue().enqueue(session, job, subject)


async def until_dead(desk: DeadDesk, count: int) -> None:
    """Waits until there is so much."""

    async def there() -> bool:
        return (await desk.page(0, 10))[1] == count

    await until(there)


async def kill_event(database: Database, number: int, lane: str = "7", error: str = "x") -> int:
    """A parked event of this lane."""
    statement = text(
        "INSERT INTO inbox (source, scope, external_id, digest, lane, payload, status, error, attempts, done_at)"
        " VALUES ('telegram', '1', :number, sha256('x'), :lane, 'x', 'dead', :error, 1, now()) RETURNING id"
    )
    values = {"number": f"dead-{number}", "lane": lane, "error": error}
    async with database.unfenced_unit_of_work() as session:
        return int((await session.execute(statement, values)).scalar_one())


async def test_a_job_that_failed_for_good_is_seen_with_why_and_runs_again(
    house: House,
    desk: DeadDesk,
    database_url: str,
    database: Database,
    epoch: Epoch,
    next_step: NextStep,
    people: Sequence[User],
) -> None:
    work = Work()
    async with working(database_url, database, epoch, work):
        await enqueue(database, epoch, "a.job", 1, 2)
        await enqueue(database, epoch, "generation.check", 3)
        await until_dead(desk, 3)
        found, _ = await desk.page(0, 10)
        one = next(it for it in found if it.about == 1)
        assert (one.sort, one.kind, one.error, one.trouble) == (
            Sort.JOB,
            "a.job",
            "TimeoutError",
            Trouble.TIME,
        )
        work.mended = True
        step = await next_step()
        assert await desk.replay(step, OWNERS[0], Sort.JOB, one.id, WHY) == 1
        assert await desk.replay(step, OWNERS[0], Sort.JOB, one.id, WHY) == 0
        assert await desk.replay(await next_step(), OWNERS[1], Sort.JOB, one.id, WHY) == 0
        await until_dead(desk, 2)
        assert await desk.replay_kind(await next_step(), OWNERS[0], Sort.JOB, "a.job", WHY) == 1
        await until_dead(desk, 1)

        async def through() -> bool:
            return sorted(work.done) == [1, 2]

        await until(through)
    acts = [it for it in await house.desks.crew.log(None, 10) if it.action is Action.WORK_REPLAYED]
    assert [(it.actor_id, it.facts["count"], it.reason) for it in acts] == [(OWNERS[0], "1", WHY)] * 2


async def test_two_operators_at_once_replay_an_event_once_and_its_mark_stays(
    house: House,
    desk: DeadDesk,
    database: Database,
    next_step: NextStep,
    people: Sequence[User],
) -> None:
    number = await kill_event(database, 1, error="Traceback\napp.errors.StorageUnavailableError: gone\n")
    await execute(database, f"UPDATE inbox SET applied_at = now() WHERE id = {number}")
    found = await desk.find(Sort.EVENT, number)
    assert found is not None
    assert (found.user_id, found.error_type, found.trouble) == (
        7,
        "StorageUnavailableError",
        Trouble.STORAGE,
    )
    steps = [await next_step() for _ in range(4)]
    counts = await asyncio.gather(
        *(desk.replay(step, OWNERS[place % 2], Sort.EVENT, number, WHY) for place, step in enumerate(steps))
    )
    assert sorted(counts) == [0, 0, 0, 1]
    assert await desk.find(Sort.EVENT, number) is None
    async with database.snapshot() as session:
        row = (await session.execute(text(f"SELECT * FROM inbox WHERE id = {number}"))).one()
    assert (row.status, row.attempts, row.applied_at is None) == ("new", 0, False)
    acts = [it for it in await house.desks.crew.log(None, 10) if it.action is Action.WORK_REPLAYED]
    assert len(acts) == 1


@pytest.mark.parametrize("role", [Role.SUPPORT, Role.READ_ONLY, None])
async def test_who_may_only_look_replays_nothing(
    house: House,
    desk: DeadDesk,
    database: Database,
    next_step: NextStep,
    people: Sequence[User],
    role: Role | None,
) -> None:
    if role is not None:
        await house.desks.crew.grant(await next_step(), OWNERS[0], 8, role)
    number = await kill_event(database, 1)
    with pytest.raises(NotAllowedError):
        await desk.replay(await next_step(), 8, Sort.EVENT, number, WHY)
    with pytest.raises(NotAllowedError):
        await desk.replay_kind(await next_step(), 8, Sort.EVENT, "telegram", WHY)
    assert await desk.find(Sort.EVENT, number) is not None


async def test_what_died_is_told_once_and_once_more_when_it_dies_again(
    desk: DeadDesk,
    database: Database,
    epoch: Epoch,
    next_step: NextStep,
    people: Sequence[User],
) -> None:
    heard = Heard()
    watch = AlertWatch(database, heard)
    number = await kill_event(database, 1)
    for name, of, value in (("a.job", "id", 5), ("a.job", "id", 5), ("a.clock", "timestamp", 9)):
        await execute(
            database,
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status)"
            f" VALUES ('default', '{name}', jsonb_build_object('{of}', {value}), 'failed')",
        )
    for _ in range(2):
        await watch.look(epoch, 0)
    assert heard.told == [(AlertKind.DEAD_WORK, sorted([number, 5, 0]))]
    assert await desk.replay(await next_step(), OWNERS[0], Sort.EVENT, number, WHY) == 1
    await watch.look(epoch, 0)
    assert len(heard.told) == 1
    await execute(database, f"UPDATE inbox SET status = 'dead' WHERE id = {number}")
    await watch.look(epoch, 0)
    assert heard.told[1:] == [(AlertKind.DEAD_WORK, [number])]


async def test_a_wake_up_that_dies_again_and_again_is_listed_once(
    desk: DeadDesk, database_url: str, database: Database, epoch: Epoch, people: Sequence[User]
) -> None:
    async with working(database_url, database, epoch, Work()):
        await enqueue(database, epoch, "a.job", 1)
        await until_dead(desk, 1)
        (before,), _ = await desk.page(0, 10)
        await enqueue(database, epoch, "a.job", 1)

        async def replaced() -> bool:
            found, count = await desk.page(0, 10)
            return count == 1 and found[0].id > before.id

        await until(replaced)
    async with database.snapshot() as session:
        assert (await session.execute(text("SELECT count(*) FROM job_death"))).scalar_one() == 1
