"""From SUBMITTED to CAPTURED, FAILED or LATE."""

import asyncio
from decimal import Decimal

import pytest

from app.generation import (
    FailureClass,
    Generation,
    ResultUnavailableError,
    Stage,
    State,
    TaskReport,
    TaskState,
)
from app.money import Credits, rouble_cost
from tests.fakes import until
from tests.integration.generation.world import PRICE, World


@pytest.mark.proves("F14", "X28")
async def test_a_whole_life_by_polling_alone(world: World) -> None:
    await world.person()
    async with world.working():
        generation = await world.reach_state(await world.submitted(), State.SUBMITTED)
        await until(lambda: _shows(world, Stage.SENT))
        world.provider.report("task-1", TaskReport(TaskState.QUEUING))
        world.provider.report("task-1", TaskReport(TaskState.GENERATING))
        await world.reach_state(generation, State.RUNNING)
        await until(lambda: _shows(world, Stage.GENERATING))
        world.provider.succeed("task-1")
        ended = await world.reach_state(generation, State.DELIVERED)
    balance = await world.balance()
    assert (balance.cash, balance.held) == (100_000 - PRICE, 0)
    assert [file.telegram_file_id for file in ended.results] == ["file-0"]
    assert ended.message_ids == (1001,)
    assert ended.cost_credits == Decimal(4)
    assert ended.next_check_at is None
    assert [stage for _, stage in world.notifier.shown] == [Stage.SENT, Stage.GENERATING, Stage.UPLOADING]
    assert await world.findings() == []
    await world.sweeper.sweep(world.epoch)
    assert await world.count("SELECT count(*) FROM procrastinate_jobs WHERE status <> 'todo'") == 0


@pytest.mark.proves("F66")
@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (TaskState.WAITING, State.SUBMITTED),
        (TaskState.QUEUING, State.SUBMITTED),
        (TaskState.UNKNOWN, State.SUBMITTED),
        (TaskState.GENERATING, State.RUNNING),
        (TaskState.SUCCESS, State.CAPTURED),
        (TaskState.FAIL, State.FAILED),
    ],
)
async def test_each_word_of_the_provider_leads_to_one_state(
    world: World, told: TaskState, expected: State
) -> None:
    await world.person()
    generation = await world.started()
    world.provider.report("task-1", TaskReport(told, ("https://files.example/1.png",)))
    await world.check_when_due(generation)
    current = await world.now(generation)
    assert current.state is expected
    assert current.next_check_at is not None
    assert await world.findings() == []


@pytest.mark.proves("F51")
async def test_a_failure_returns_the_money_once_and_keeps_the_providers_words_for_operators(
    world: World,
) -> None:
    await world.person()
    generation = await world.started()
    failed = TaskReport(
        TaskState.FAIL,
        failure=FailureClass.CONTENT_POLICY,
        fail_message="nsfw",
        credits_consumed=Decimal("0.5"),
    )
    world.provider.report("task-1", failed)
    await world.become_due(generation)
    await asyncio.gather(*(world.checker.check(world.epoch, generation.id) for _ in range(10)))
    current = await world.now(generation)
    assert (current.state, current.failure) == (State.FAILED, FailureClass.CONTENT_POLICY)
    assert (current.failure_detail, current.cost_credits) == ("nsfw", Decimal("0.5"))
    assert (await world.balance()).free == 100_000
    assert (
        await world.count("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'generation.tell'") == 1
    )
    assert await world.findings() == []


@pytest.mark.proves("F54")
async def test_a_failure_returns_its_own_hold_and_leaves_another_alone(world: World) -> None:
    await world.person()
    failing = await world.started()
    going_on = await world.started()
    world.provider.report("task-1", TaskReport(TaskState.FAIL))
    await world.check_when_due(failing)
    assert (await world.balance()).held == PRICE
    world.provider.succeed("task-2")
    await world.check_when_due(going_on)
    balance = await world.balance()
    assert (balance.cash, balance.held) == (100_000 - PRICE, 0)
    assert await world.findings() == []


@pytest.mark.proves("F16", "X26", "X31", "X44")
async def test_ten_finishers_at_once_take_the_money_once_and_deliver_once(world: World) -> None:
    await world.person()
    generation = await world.started()
    world.provider.succeed("task-1")
    await world.become_due(generation)
    await asyncio.gather(
        *(world.checker.check(world.epoch, generation.id) for _ in range(5)),
        *(world.callback(generation, "task-1", event_id=number) for number in range(1, 6)),
        *(world.checker.check(world.epoch, generation.id) for _ in range(5)),
    )
    await asyncio.gather(*(world.checker.check(world.epoch, generation.id) for _ in range(5)))
    assert (await world.now(generation)).state is State.CAPTURED
    ended = await asyncio.gather(
        *(world.deliverer.deliver(world.epoch, generation.id) for _ in range(10)), return_exceptions=True
    )
    # On a slow machine the last of ten may wait for the row for longer than a statement may; its job comes again.
    assert [it for it in ended if it is not None and "lock timeout" not in str(it)] == []
    assert len(world.notifier.delivered) == 1
    assert (await world.balance()).cash == 100_000 - PRICE
    assert await world.findings() == []


@pytest.mark.proves("X31")
async def test_a_capture_and_a_release_that_race_end_in_exactly_one(world: World) -> None:
    await world.person()
    for number in range(1, 11):
        generation = await world.started()
        task = f"task-{number}"
        world.provider.succeed(task)
        fetching = await _fetching(world, generation)
        async with asyncio.TaskGroup() as group:
            group.create_task(_capture(world, fetching))
            group.create_task(_fail(world, fetching))
        assert (await world.now(generation)).state in (State.CAPTURED, State.FAILED)
        assert (await world.balance()).held == 0
    assert (
        await world.count("SELECT count(*) FROM ledger_transfer WHERE kind IN ('capture', 'release')") == 10
    )
    assert await world.findings() == []


@pytest.mark.proves("F68")
async def test_a_result_that_cannot_be_copied_is_tried_again_before_it_counts_as_missing(
    world: World,
) -> None:
    await world.person()
    generation = await world.started()
    world.provider.succeed("task-1")
    world.store.troubles.extend([ResultUnavailableError("status 404", "files.example")] * 2)
    async with world.working():
        await world.reach_state(generation, State.DELIVERED)
    assert not world.store.troubles
    assert await world.findings() == []


@pytest.mark.proves("F68")
async def test_a_success_without_a_result_returns_the_money(world: World) -> None:
    await world.person()
    generation = await world.started()
    world.provider.report("task-1", TaskReport(TaskState.SUCCESS, (), credits_consumed=Decimal(4)))
    async with world.working():
        failed = await world.reach_state(generation, State.FAILED)
    assert (failed.failure, failed.cost_credits) == (FailureClass.RESULT_MISSING, Decimal(4))
    assert (await world.balance()).free == 100_000
    assert await world.findings() == []


async def test_a_task_that_is_not_known_yet_is_waited_for(world: World) -> None:
    await world.person()
    generation = await world.started()
    report = world.provider.tasks.pop("task-1")
    await world.check_when_due(generation)
    assert (await world.now(generation)).state is State.SUBMITTED
    world.provider.tasks["task-1"] = report
    world.provider.succeed("task-1")
    await world.check_when_due(generation)
    assert (await world.now(generation)).state is State.CAPTURED


async def test_a_task_that_stays_unknown_is_lost_and_refunded(quick_world: World) -> None:
    world = quick_world
    await world.person()
    generation = await world.started()
    del world.provider.tasks["task-1"]
    async with world.working():
        failed = await world.reach_state(generation, State.FAILED)
    assert failed.failure is FailureClass.LOST
    assert (await world.balance()).free == 100_000
    assert await world.findings() == []


@pytest.mark.proves("F72", "X30")
async def test_a_success_after_the_time_out_is_delivered_free_and_changes_no_money(
    quick_world: World,
) -> None:
    world = quick_world
    await world.person()
    async with world.working():
        generation = await world.reach_state(await world.submitted(), State.FAILED)
        assert generation.failure is FailureClass.TIMEOUT
        await until(lambda: _is_told(world))
        before = await world.balance()
        world.provider.succeed("task-1")
        await world.reach_state(generation, State.LATE)
        await until(lambda: _is_delivered(world))
        await until(lambda: _rests(world, generation))
    assert await world.balance() == before
    assert before.free == 100_000
    ended = await world.now(generation)
    assert ended.cost_credits == Decimal(4)
    assert await world.losses() == -rouble_cost(Credits(Decimal(4)), ended.usd_rub)
    assert len(world.notifier.delivered) == 1
    assert await world.findings() == []


@pytest.mark.proves("F72", "X30")
async def test_a_callback_after_a_lost_creation_brings_the_result_free(quick_world: World) -> None:
    world = quick_world
    await world.person()
    world.provider.answers_lost = 1
    async with world.working():
        generation = await world.reach_state(await world.submitted(), State.FAILED)
        assert generation.failure is FailureClass.LOST
        world.provider.succeed("task-1")
        await world.callback(generation, "task-1")
        late = await world.reach_state(generation, State.LATE)
        await until(lambda: _is_delivered(world))
    assert late.task_id == "task-1"
    assert (await world.balance()).free == 100_000
    # Booked once, when it was declared lost: the quote's own credits, since what KIE took was unknown.
    assert await world.losses() == -rouble_cost(Credits(late.credits), late.usd_rub)
    assert await world.findings() == []


async def test_a_failure_that_the_provider_reports_is_not_watched_any_longer(world: World) -> None:
    await world.person()
    generation = await world.started()
    world.provider.report("task-1", TaskReport(TaskState.FAIL, failure=FailureClass.BAD_INPUT))
    async with world.working():
        await world.reach_state(generation, State.FAILED)
        await until(lambda: _rests(world, generation))
    reads = len(world.provider.reads)
    await world.callback(generation, "task-1")
    await world.checker.check(world.epoch, generation.id)
    assert len(world.provider.reads) == reads


@pytest.mark.proves("X29")
async def test_an_hour_of_silence_from_the_provider_captures_nothing_and_ends(quick_world: World) -> None:
    world = quick_world
    await world.person()
    async with world.working():
        generation = await world.reach_state(await world.submitted(), State.SUBMITTED, State.FAILED)
        world.provider.down = True
        failed = await world.reach_state(generation, State.FAILED)
    assert failed.failure is FailureClass.TIMEOUT
    assert (await world.balance()).free == 100_000
    assert await world.findings() == []


async def _fetching(world: World, generation: Generation) -> Generation:
    await world.execute("UPDATE generation SET state = 'fetching' WHERE id = :id", id=generation.id)
    return await world.now(generation)


async def _capture(world: World, generation: Generation) -> None:
    files = (await world.store.fetch(generation, ("https://files.example/1.png",))).files
    async with world.database.unit_of_work(world.epoch) as session:
        await world.settlement.capture(session, generation, files, Decimal(4))


async def _fail(world: World, generation: Generation) -> None:
    async with world.database.unit_of_work(world.epoch) as session:
        await world.settlement.fail(session, generation, FailureClass.TIMEOUT)


async def _shows(world: World, stage: Stage) -> bool:
    """A stage is drawn a moment after the state is written, and not at all when that is over by then."""
    return stage in {shown for _, shown in world.notifier.shown}


async def _is_told(world: World) -> bool:
    return bool(world.notifier.told)


async def _is_delivered(world: World) -> bool:
    return bool(world.notifier.delivered)


async def _rests(world: World, generation: Generation) -> bool:
    return (await world.now(generation)).next_check_at is None
