"""From HELD to SUBMITTED: the provider is asked once."""

import asyncio
from dataclasses import replace

import pytest

from app.db import Database, Epoch
from app.generation import FailureClass, RefusedError, Stage, State, TaskState, TryLaterError
from tests.fakes import until
from tests.integration.generation.world import PRICE, UNHURRIED, World, make_world


async def test_the_provider_gets_the_frozen_request_and_a_callback_url_of_this_generation(
    world: World,
) -> None:
    await world.person()
    generation = await world.started()
    (creation,) = world.provider.creations
    assert creation.model_id == "maker/clip"
    assert creation.inputs == {"prompt": "a cat", "duration": "5"}
    assert creation.callback_url is not None
    assert creation.callback_url.startswith("https://bot.example/webhook/kie/")
    assert world.tokens.read(creation.callback_url.rpartition("/")[2]) == generation.id
    assert (generation.state, generation.task_id) == (State.SUBMITTED, "task-1")
    assert world.notifier.shown == [(generation.id, Stage.SENT)]


@pytest.mark.proves("X44")
async def test_starting_twice_at_once_asks_the_provider_once(world: World) -> None:
    await world.person()
    generation = await world.submitted()
    await asyncio.gather(*(world.starter.start(world.epoch, generation.id) for _ in range(10)))
    assert len(world.provider.creations) == 1


async def test_a_refusal_gives_the_money_back_in_the_same_unit_and_queues_the_news(world: World) -> None:
    await world.person()
    world.provider.refusals.append(RefusedError(FailureClass.CONTENT_POLICY, "sensitive"))
    generation = await world.started()
    assert (generation.state, generation.failure) == (State.FAILED, FailureClass.CONTENT_POLICY)
    assert generation.failure_detail == "sensitive"
    balance = await world.balance()
    assert (balance.held, balance.free) == (0, 100_000)
    assert (
        await world.count("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'generation.tell'") == 1
    )
    assert await world.findings() == []


@pytest.mark.proves("F73", "X29")
async def test_a_busy_provider_is_asked_again_after_the_time_it_named(world: World) -> None:
    await world.person()
    world.provider.refusals.append(TryLaterError(45))
    generation = await world.started()
    assert generation.state is State.HELD
    assert (await world.balance()).held == PRICE
    await world.starter.start(world.epoch, generation.id)
    assert world.provider.creations == [], "asked before its time"
    assert generation.next_check_at is not None
    assert (generation.next_check_at - generation.seen_at).total_seconds() == pytest.approx(45, abs=30)
    await world.execute("UPDATE generation SET next_check_at = now()")
    await world.starter.start(world.epoch, generation.id)
    assert (await world.now(generation)).state is State.SUBMITTED
    assert len(world.provider.creations) == 1


@pytest.mark.proves("X29")
async def test_a_provider_that_stays_away_costs_nobody_anything(quick_world: World) -> None:
    world = quick_world
    await world.person()
    world.provider.down = True
    async with world.working():
        generation = await world.reach_state(await world.submitted(), State.FAILED)
        await until(lambda: _is_told(world))
    assert generation.failure is FailureClass.PROVIDER_DOWN
    assert world.notifier.told[0].returned == PRICE
    assert world.notifier.told[0].balance.free == 100_000
    assert world.provider.creations == []
    assert await world.findings() == []


@pytest.mark.proves("F71", "X25")
async def test_an_unanswered_creation_is_never_sent_twice_and_its_callback_finds_it(world: World) -> None:
    await world.person()
    world.provider.answers_lost = 1
    async with world.working():
        generation = await world.reach_state(await world.submitted(), State.SUBMITTING)
        await until(lambda: _has_creations(world, 1))
        world.provider.succeed("task-1")
        await world.callback(generation, "task-1")
        await world.reach_state(generation, State.DELIVERED)
    assert len(world.provider.creations) == 1
    assert (await world.balance()).cash == 100_000 - PRICE
    assert await world.findings() == []


@pytest.mark.proves("F71", "X25", "X23")
async def test_an_unanswered_creation_without_a_callback_is_lost_after_the_grace_and_refunded(
    quick_world: World,
) -> None:
    world = quick_world
    await world.person()
    world.provider.answers_lost = 1
    async with world.working():
        generation = await world.reach_state(await world.submitted(), State.FAILED)
        await until(lambda: _is_told(world))
    assert generation.failure is FailureClass.LOST
    assert generation.submitting_at is not None
    waited = (generation.seen_at - generation.submitting_at).total_seconds()
    assert waited >= world.timings.callback_grace
    assert len(world.provider.creations) == 1
    assert (await world.balance()).free == 100_000
    assert await world.findings() == []


async def test_where_no_callback_can_come_the_shorter_grace_counts(
    database_url: str, database: Database, epoch: Epoch
) -> None:
    timings = replace(UNHURRIED, blind_grace=60.0, callback_grace=3600.0)
    world = make_world(database_url, database, epoch, timings=timings, public=False)
    await world.person()
    world.provider.answers_lost = 1
    generation = await world.started()
    assert world.provider.creations[0].callback_url is None
    assert generation.submitting_at is not None
    assert generation.next_check_at is not None
    wait = (generation.next_check_at - generation.submitting_at).total_seconds()
    assert wait == pytest.approx(60, abs=30)


@pytest.mark.proves("X24")
async def test_after_a_crash_between_acceptance_and_record_the_callback_finds_the_task(world: World) -> None:
    await world.person()
    world.provider.answering.clear()
    generation = await world.submitted()
    dying = asyncio.create_task(world.starter.start(world.epoch, generation.id))
    await world.provider.accepting.wait()
    dying.cancel()
    await asyncio.gather(dying, return_exceptions=True)
    await world.take_over()
    async with world.working():
        await world.callback(generation, "task-1")
        await world.reach_state(generation, State.SUBMITTED, State.RUNNING)
        world.provider.succeed("task-1")
        await world.reach_state(generation, State.DELIVERED)
    assert len(world.provider.creations) == 1
    assert await world.findings() == []


@pytest.mark.proves("F17", "X26")
async def test_a_callback_that_overtakes_the_answer_of_the_creation_is_reconciled(world: World) -> None:
    await world.person()
    world.provider.answering.clear()
    generation = await world.submitted()
    creating = asyncio.create_task(world.starter.start(world.epoch, generation.id))
    await world.provider.accepting.wait()
    world.provider.succeed("task-1")
    for number in range(10):
        await world.callback(generation, "task-1", event_id=number + 1)
    await asyncio.gather(*(world.checker.check(world.epoch, generation.id) for _ in range(10)))
    world.provider.answering.set()
    await creating
    assert (await world.now(generation)).task_id == "task-1"
    async with world.working():
        await world.reach_state(generation, State.DELIVERED)
    assert len(world.notifier.delivered) == 1
    assert len(world.provider.creations) == 1
    assert await world.findings() == []


@pytest.mark.proves("F74", "X27", "S7")
async def test_a_forged_callback_has_no_effect_without_the_providers_own_record(world: World) -> None:
    await world.person()
    other = await world.started()
    world.provider.answers_lost = 1
    generation = await world.started()
    assert other.task_id == "task-1"
    for claimed in ("task-1", "no-such-task"):
        await world.callback(generation, claimed)
        await world.checker.check(world.epoch, generation.id)
        current = await world.now(generation)
        assert (current.state, current.task_id) == (State.SUBMITTING, None)
    await world.callback(generation, "task-2")
    await world.checker.check(world.epoch, generation.id)
    assert (await world.now(generation)).task_id == "task-2"


@pytest.mark.proves("F74", "X27", "S7")
async def test_a_callback_with_a_success_in_its_body_is_not_believed(world: World) -> None:
    await world.person()
    generation = await world.started()
    await world.callback(generation, "task-1")
    await world.checker.check(world.epoch, generation.id)
    assert (await world.now(generation)).state is State.SUBMITTED
    assert world.store.fetched == []


async def test_senseless_callbacks_are_swallowed(world: World) -> None:
    await world.person()
    generation = await world.started()
    before = await world.count("SELECT count(*) FROM procrastinate_jobs")
    await world.callback(generation, None)
    await world.callback(generation, "another-task")
    assert await world.count("SELECT count(*) FROM procrastinate_jobs") == before


async def test_creations_never_pass_the_limit_of_any_window(
    database_url: str, database: Database, epoch: Epoch
) -> None:
    window, limit = 0.5, 3
    timings = replace(UNHURRIED, creation_window=window)
    world = make_world(database_url, database, epoch, timings=timings, creates=limit)
    other_instance = make_world(database_url, database, epoch, timings=timings, creates=limit)
    other_instance.provider.creations = world.provider.creations
    other_instance.provider.tasks = world.provider.tasks
    await world.person()
    generations = [await world.submitted() for _ in range(10)]

    async def start_all(of: World) -> None:
        while len(world.provider.creations) < 10:
            await asyncio.gather(*(of.starter.start(epoch, generation.id) for generation in generations))
            await asyncio.sleep(0.01)

    async with asyncio.timeout(60):
        await asyncio.gather(start_all(world), start_all(other_instance))
    moments = [(await world.now(generation)).submitting_at for generation in generations]
    ordered = sorted(moment for moment in moments if moment is not None)
    assert len(ordered) == 10
    for first, over in zip(ordered, ordered[limit:], strict=False):
        assert (over - first).total_seconds() >= window
    assert Stage.QUEUED in {stage for _, stage in world.notifier.shown + other_instance.notifier.shown}


async def test_one_persons_many_do_not_delay_another_ones_single(
    database_url: str, database: Database, epoch: Epoch
) -> None:
    timings = replace(UNHURRIED, creation_window=0.6, overdue=60.0)
    world = make_world(database_url, database, epoch, timings=timings, creates=2)
    await world.person(7)
    await world.person(8)
    many = [await world.submitted(7) for _ in range(14)]
    single = await world.submitted(8)
    async with world.working():
        await until(lambda: _has_creations(world, 15))
    order = sorted(
        [await world.now(it) for it in (*many, single)], key=lambda it: it.submitting_at or it.created_at
    )
    assert [it.user_id for it in order].index(8) == 1, "it came behind somebody's second one"
    assert Stage.QUEUED in {stage for _, stage in world.notifier.shown}


async def test_a_progress_message_that_fails_hurts_nothing(world: World) -> None:
    await world.person()
    world.notifier.progress_trouble = ValueError("a defect in the messenger")
    world.provider.first_state = TaskState.GENERATING
    async with world.working():
        generation = await world.reach_state(await world.submitted(), State.RUNNING)
        world.provider.succeed("task-1")
        await world.reach_state(generation, State.DELIVERED)


async def _is_told(world: World) -> bool:
    return bool(world.notifier.told)


async def _has_creations(world: World, number: int) -> bool:
    return len(world.provider.creations) == number
