"""From CAPTURED to DELIVERED or KEPT, and the news of a failure."""

import asyncio

import pytest

from app.db import Database, Epoch
from app.generation import (
    AmbiguousError,
    FailureClass,
    Generation,
    RefusedError,
    ResultUnavailableError,
    State,
    TryLaterError,
    UnreachablePersonError,
)
from tests.fakes import until
from tests.integration.generation.world import PRICE, QUICK, World, make_world


@pytest.mark.proves("X32")
async def test_a_delivery_that_telegram_puts_off_is_never_lost(world: World) -> None:
    await world.person()
    generation = await world.captured()
    world.notifier.troubles.extend([TryLaterError(0.05)] * (2 * world.timings.delivery_attempts))
    async with world.working():
        await world.reach_state(generation, State.DELIVERED)
    assert len(world.notifier.delivered) == 1
    assert (await world.balance()).cash == 100_000 - PRICE


@pytest.mark.proves("X32")
async def test_a_retry_waits_as_long_as_telegram_says(world: World) -> None:
    await world.person()
    generation = await world.captured()
    world.notifier.troubles.append(TryLaterError(35))
    await world.deliverer.deliver(world.epoch, generation.id)
    current = await world.now(generation)
    assert current.state is State.CAPTURED
    assert current.next_check_at is not None
    assert (current.next_check_at - current.seen_at).total_seconds() == pytest.approx(35, abs=15)
    await world.deliverer.deliver(world.epoch, generation.id)
    assert world.notifier.delivered == []


@pytest.mark.proves("X32")
async def test_what_a_blocked_person_paid_for_is_kept_and_not_refunded(world: World) -> None:
    await world.person()
    generation = await world.captured()
    world.notifier.troubles.append(UnreachablePersonError())
    await world.deliverer.deliver(world.epoch, generation.id)
    current = await world.now(generation)
    assert (current.state, current.next_check_at) == (State.KEPT, None)
    assert [file.path for file in current.results] == [f"results/{generation.id}/1.png"]
    assert (await world.balance()).cash == 100_000 - PRICE
    assert await world.findings() == []


@pytest.mark.proves("F16", "X44")
async def test_deliveries_forced_at_once_send_one_message(world: World) -> None:
    await world.person()
    generation = await world.captured()
    world.notifier.arriving.clear()
    sending = [asyncio.create_task(world.deliverer.deliver(world.epoch, generation.id)) for _ in range(10)]

    async def nine_gave_way() -> bool:
        return sum(task.done() for task in sending) == 9

    await until(nine_gave_way)
    world.notifier.arriving.set()
    await asyncio.gather(*sending)
    assert len(world.notifier.delivered) == 1
    assert (await world.now(generation)).state is State.DELIVERED


@pytest.mark.proves("X33")
async def test_a_crash_between_sending_and_recording_costs_at_most_a_second_copy(world: World) -> None:
    await world.person()
    generation = await world.captured()
    world.notifier.arriving.clear()
    dying = asyncio.create_task(world.deliverer.deliver(world.epoch, generation.id))
    await world.notifier.sending.wait()
    dying.cancel()
    await asyncio.gather(dying, return_exceptions=True)
    world.notifier.arriving.set()
    await world.take_over()
    async with world.working():
        await world.reach_state(generation, State.DELIVERED)
    assert len(world.notifier.delivered) == 1
    assert (await world.balance()).cash == 100_000 - PRICE
    assert await world.findings() == []


@pytest.mark.proves("X10", "F7")
async def test_a_woken_zombie_sends_at_most_what_it_had_begun_and_records_nothing(world: World) -> None:
    await world.person()
    begun = await world.captured()
    other = await world.started()
    world.notifier.arriving.clear()
    zombie = asyncio.create_task(world.deliverer.deliver(world.epoch, begun.id))
    await world.notifier.sending.wait()
    old = world.epoch
    await world.take_over()
    world.notifier.arriving.set()
    (outcome,) = await asyncio.gather(zombie, return_exceptions=True)
    assert type(outcome).__name__ == "FencedOutError"
    assert (await world.now(begun)).state is State.CAPTURED
    (refused,) = await asyncio.gather(world.checker.check(old, other.id), return_exceptions=True)
    assert type(refused).__name__ == "FencedOutError"
    async with world.working():
        await world.reach_state(begun, State.DELIVERED)
    assert len(world.notifier.delivered) == 2
    assert (await world.balance()).held == PRICE


async def test_a_sender_whose_claim_ran_out_leaves_the_record_to_the_next(world: World) -> None:
    await world.person()
    generation = await world.captured()
    notifier = world.notifier
    notifier.arriving.clear()
    slow = asyncio.create_task(world.deliverer.deliver(world.epoch, generation.id))
    await notifier.sending.wait()
    notifier.sending.clear()
    await world.execute("UPDATE generation SET next_check_at = now()")
    next_one = asyncio.create_task(world.deliverer.deliver(world.epoch, generation.id))
    await notifier.sending.wait()
    notifier.arriving.set()
    await asyncio.gather(slow, next_one)
    assert len(notifier.delivered) == 2
    assert (await world.now(generation)).message_ids == (1002,)


@pytest.mark.proves("F51")
async def test_a_failure_is_told_once_with_what_came_back_and_what_there_is(world: World) -> None:
    await world.person()
    world.provider.refusals.append(RefusedError(FailureClass.BAD_INPUT))
    generation = await world.started()
    await asyncio.gather(*(world.teller.tell(world.epoch, generation.id) for _ in range(10)))
    (told,) = world.notifier.told
    assert (told.generation.failure, told.returned, told.balance.free) == (
        FailureClass.BAD_INPUT,
        PRICE,
        100_000,
    )
    current = await world.now(generation)
    assert current.told_at is not None
    assert current.next_check_at is None


async def test_the_news_of_a_failure_is_put_off_but_not_lost(world: World) -> None:
    await world.person()
    world.provider.refusals.append(RefusedError(FailureClass.BAD_INPUT))
    world.notifier.troubles.extend([TryLaterError(0.05)] * 3)
    async with world.working():
        await world.submitted()
        await until(lambda: _is_told(world))
    assert len(world.notifier.told) == 1


async def test_a_blocked_person_counts_as_told(world: World) -> None:
    await world.person()
    world.provider.refusals.append(RefusedError(FailureClass.BAD_INPUT))
    generation = await world.started()
    world.notifier.troubles.append(UnreachablePersonError())
    await world.teller.tell(world.epoch, generation.id)
    current = await world.now(generation)
    assert current.told_at is not None
    assert current.next_check_at is None
    assert world.notifier.told == []


@pytest.mark.proves("X32")
async def test_an_unexpected_error_while_sending_is_overcome_by_the_retry_of_the_job(quick: World) -> None:
    await quick.person()
    generation = await quick.captured()
    quick.notifier.troubles.append(ValueError("a defect in the messenger"))
    async with quick.working():
        await quick.reach_state(generation, State.DELIVERED)


@pytest.mark.proves("X33")
async def test_a_result_whose_sending_always_ends_badly_is_kept_and_not_sent_for_ever(quick: World) -> None:
    await quick.person()
    generation = await quick.captured()
    quick.notifier.troubles.extend([ValueError("half of the album was sent")] * 50)
    async with quick.working():
        await quick.reach_state(generation, State.KEPT)
    assert 50 - len(quick.notifier.troubles) == quick.timings.delivery_attempts
    assert (await quick.balance()).cash == 100_000 - PRICE


@pytest.fixture
def quick(database_url: str, database: Database, epoch: Epoch) -> World:
    """Claims that run out within two seconds."""
    return make_world(database_url, database, epoch, timings=QUICK)


async def _is_told(world: World) -> bool:
    return bool(world.notifier.told)


@pytest.mark.proves("X33")
async def test_answers_that_never_come_do_not_send_copies_for_ever(quick: World) -> None:
    await quick.person()
    generation = await quick.captured()
    quick.notifier.troubles.extend([AmbiguousError("no answer")] * 50)
    async with quick.working():
        await quick.reach_state(generation, State.KEPT)
    assert 50 - len(quick.notifier.troubles) == quick.timings.delivery_attempts


async def test_a_result_whose_copy_is_gone_before_it_was_sent_is_sought_and_brought(world: World) -> None:
    await world.person()
    generation = await world.captured()
    world.notifier.nothing_left = True
    await world.deliverer.deliver(world.epoch, generation.id)
    assert (await world.now(generation)).state is State.KEPT
    world.notifier.nothing_left = False
    async with world.working():
        await until(lambda: _rests(world, generation))
    assert [it.id for it in world.notifier.delivered] == [generation.id]
    restored = await world.now(generation)
    assert (restored.state, restored.results[0].telegram_file_id) == (State.KEPT, "file-0")
    assert await world.findings() == []


async def test_a_kept_result_that_is_asked_for_is_fetched_once_more_and_sent(world: World) -> None:
    generation = await _kept(world)
    assert await world.service.seek(await world.next_step(), 7, generation.id)
    assert await world.service.seek(await world.next_step(), 7, generation.id), "it is being sought"
    for _ in range(2):
        await world.restorer.restore(world.epoch, generation.id)
    assert [it.id for it in world.notifier.delivered] == [generation.id]
    assert (await world.now(generation)).next_check_at is None


async def test_what_nobody_has_any_more_is_said_to_the_person_and_to_operators(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    generation = await _kept(world)
    world.store.troubles.append(ResultUnavailableError("status 404", "files.example"))
    await world.service.seek(await world.next_step(), 7, generation.id)
    await world.restorer.restore(world.epoch, generation.id)
    assert [it.id for it in world.notifier.lost] == [generation.id]
    assert any("gone for good" in record.getMessage() for record in caplog.records)
    current = await world.now(generation)
    assert (current.state, current.next_check_at) == (State.KEPT, None)
    assert (await world.balance()).cash == 100_000 - PRICE, "only an operator gives money back after capture"
    assert await world.findings() == []


async def test_a_provider_that_cannot_be_read_now_is_asked_later(world: World) -> None:
    generation = await _kept(world)
    await world.service.seek(await world.next_step(), 7, generation.id)
    world.provider.down = True
    await world.restorer.restore(world.epoch, generation.id)
    assert (world.notifier.lost, world.notifier.delivered) == ([], [])
    world.provider.down = False
    async with world.working():
        await until(lambda: _rests(world, generation))
    assert [it.id for it in world.notifier.delivered] == [generation.id]


async def test_nothing_is_sought_for_a_generation_without_a_result(world: World) -> None:
    await world.person()
    generation = await world.started()
    assert not await world.service.seek(await world.next_step(), 7, generation.id)
    await world.restorer.restore(world.epoch, generation.id)
    assert world.provider.reads == []


async def _kept(world: World) -> Generation:
    """A paid result that Telegram would not take."""
    await world.person()
    generation = await world.captured()
    world.notifier.troubles.append(UnreachablePersonError())
    await world.deliverer.deliver(world.epoch, generation.id)
    world.provider.reads.clear()
    return await world.now(generation)


async def _rests(world: World, generation: Generation) -> bool:
    return (await world.now(generation)).next_check_at is None
