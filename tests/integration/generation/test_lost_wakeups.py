"""The domain's rows are the truth: the queue may lose everything."""

import asyncio

import pytest

from app.generation import FailureClass, Generation, RefusedError, State
from app.jobs import Worker, WorkerLimits
from tests.fakes import until
from tests.integration.generation.world import PRICE, World


@pytest.mark.proves("X43")
async def test_deleting_every_row_of_the_queue_by_hand_loses_nothing(world: World) -> None:
    await world.person()
    held = await world.submitted()
    submitted = await world.started()
    captured = await world.captured()
    world.provider.refusals.append(RefusedError(FailureClass.BAD_INPUT))
    failed = await world.started()
    await world.empty_the_queue()
    async with world.working():
        for generation in (held, submitted):
            current = await world.reach_state(generation, State.SUBMITTED, State.RUNNING)
            assert current.task_id is not None
            world.provider.succeed(current.task_id)
        await world.empty_the_queue()
        for generation in (held, submitted, captured):
            await world.reach_state(generation, State.DELIVERED)
        await until(lambda: _is_told(world))
    assert (await world.now(failed)).told_at is not None
    assert len(world.notifier.delivered) == 3
    assert (await world.balance()).cash == 100_000 - 3 * PRICE
    assert await world.findings() == []


@pytest.mark.proves("X43")
async def test_a_worker_that_is_killed_over_and_over_again_still_gets_everything_done(world: World) -> None:
    await world.person()
    generations = [await world.submitted() for _ in range(5)]
    for number in range(1, 9):
        limits = WorkerLimits("dying-worker", concurrency=4, polling_interval=0.02, drain=0.0)
        worker = Worker(world.database, world.url, world.functions, {}, limits)
        running = asyncio.create_task(worker.run(world.epoch))
        await until(lambda: _something_happens(world))
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        if number % 3 == 0:
            await world.take_over()
    await world.take_over()
    async with world.working():
        await until(lambda: _all_settled(world, generations))
    named_once = [creation.callback_url for creation in world.provider.creations]
    assert len(named_once) == len(set(named_once)), "a generation was sent twice"
    assert await world.findings() == []


async def test_the_sweeper_leaves_alone_what_is_not_overdue(world: World) -> None:
    await world.person()
    await world.started()
    await world.execute("UPDATE generation SET next_check_at = now() + interval '1 minute'")
    assert await world.sweeper.sweep(world.epoch) == 0


async def test_what_was_swept_is_not_swept_again_at_once(world: World) -> None:
    await world.person()
    generation = await world.submitted()
    await world.execute("UPDATE generation SET next_check_at = now() - interval '1 minute'")
    assert await world.sweeper.sweep(world.epoch) == 1
    assert await world.sweeper.sweep(world.epoch) == 0
    jobs = "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'generation.start'"
    assert await world.count(jobs) == 2
    await world.starter.start(world.epoch, generation.id)
    assert (await world.now(generation)).state is State.SUBMITTED


async def _is_told(world: World) -> bool:
    return bool(world.notifier.told)


async def _something_happens(world: World) -> bool:
    """A job is being done, or none is due: whoever died with a claim left it to the sweeper, which is not there."""
    due = "status = 'todo' AND coalesce(scheduled_at, now()) <= now()"
    return (
        await world.count("SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing'") > 0
        or await world.count(f"SELECT count(*) FROM procrastinate_jobs WHERE {due}") == 0
    )


async def _all_settled(world: World, generations: list[Generation]) -> bool:
    """Lets every accepted task succeed and be reported; true when each is delivered or was never accepted."""
    accepted = {}
    for creation in world.provider.creations:
        world.provider.succeed(creation.task_id)
        accepted[world.tokens.read((creation.callback_url or "").rpartition("/")[2])] = creation.task_id
    settled = 0
    for generation in generations:
        state = (await world.now(generation)).state
        waits = state is State.SUBMITTING
        if waits and generation.id in accepted:
            await world.callback(generation, accepted[generation.id])
        settled += state is State.DELIVERED or (waits and generation.id not in accepted)
    return settled == len(generations)
