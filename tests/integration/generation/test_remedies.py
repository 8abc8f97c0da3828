"""What operators do for a generation that waits: hurry it, or give its price back, once."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from app.generation import FailureClass, Generation, NotRetryableError, Remedies, Returned, State, Wakeups
from app.jobs import JobQueue
from tests.integration.generation.world import PRICE, World

LONG_AGO = datetime.now(UTC) - timedelta(days=2)


def remedies(world: World) -> Remedies:
    """Of this world."""
    return Remedies(world.settlement, Wakeups(JobQueue()))


async def age(world: World, generation: Generation, minutes: int = 20) -> None:
    """It has been there, and in its state, for so long."""
    await world.execute(
        "UPDATE generation SET created_at = created_at - make_interval(mins => :m),"
        " state_at = state_at - make_interval(mins => :m) WHERE id = :id",
        m=minutes,
        id=generation.id,
    )


async def hopeless(world: World, since: datetime = LONG_AGO) -> list[int]:
    """The ids of what would be given back."""
    async with world.database.snapshot() as session:
        return [it.id for it in await remedies(world).hopeless(session, since)]


async def give_back(world: World, generation: Generation) -> Returned | None:
    """In a unit of its own."""
    async with world.database.unit_of_work(world.epoch) as session:
        return await remedies(world).give_back(session, generation.id)


async def retry(world: World, generation: Generation) -> Generation:
    """In a unit of its own."""
    async with world.database.unit_of_work(world.epoch) as session:
        return await remedies(world).retry(session, generation.id)


async def in_state(world: World, state: State) -> Generation:
    """One that came there by the ways of the house."""
    if state is State.HELD:
        return await world.submitted()
    if state is State.CAPTURED:
        return await world.captured()
    started = await world.started()
    if state is not State.SUBMITTED:
        await world.execute(f"UPDATE generation SET state = '{state}' WHERE id = {started.id}")
    return await world.now(started)


@pytest.mark.parametrize(
    ("state", "failure"),
    [
        (State.HELD, FailureClass.PROVIDER_BUSY),
        (State.SUBMITTING, FailureClass.LOST),
        (State.SUBMITTED, FailureClass.TIMEOUT),
        (State.RUNNING, FailureClass.TIMEOUT),
        (State.FETCHING, FailureClass.TIMEOUT),
    ],
)
async def test_what_is_stuck_on_its_way_fails_and_its_price_goes_back_once(
    world: World, state: State, failure: FailureClass
) -> None:
    await world.person()
    stuck = await in_state(world, state)
    assert await hopeless(world) == []
    assert await give_back(world, stuck) is None
    await age(world, stuck)
    assert await hopeless(world) == [stuck.id]
    returned = await give_back(world, stuck)
    assert returned is not None
    assert returned.tells_itself
    now = await world.now(stuck)
    assert (now.state, now.failure) == (State.FAILED, failure)
    assert await give_back(world, stuck) is None
    balance = await world.balance()
    assert (balance.free, balance.held) == (100_000, 0)
    assert await hopeless(world) == []
    assert await world.findings() == []


async def test_what_was_paid_and_never_came_is_refunded_once_however_many_try(world: World) -> None:
    await world.person()
    paid = await world.captured()
    await age(world, paid)
    outcomes = await asyncio.gather(*(give_back(world, paid) for _ in range(4)))
    assert [it.tells_itself for it in outcomes if it is not None] == [False]
    assert (await world.now(paid)).state is State.REFUNDED
    assert (await world.balance()).free == 100_000
    assert await world.findings() == []


@pytest.mark.parametrize(("failures", "counts"), [(0, False), (5, False), (6, True)])
async def test_a_kept_result_counts_only_where_sending_it_ended_badly(
    world: World, failures: int, counts: bool
) -> None:
    await world.person()
    kept = await world.captured()
    await world.execute(
        "UPDATE generation SET state = 'kept', failures = :f, next_check_at = NULL", f=failures
    )
    assert await hopeless(world) == ([kept.id] if counts else [])


async def test_what_takes_long_by_nature_and_what_has_ended_is_left_alone(world: World) -> None:
    await world.person()
    slow, cancelled, delivered = [await world.started() for _ in range(3)]
    await world.execute("UPDATE generation SET slow_seconds = 900 WHERE id = :id", id=slow.id)
    for made, state in ((cancelled, "cancelled"), (delivered, "delivered")):
        await world.execute(f"UPDATE generation SET state = '{state}' WHERE id = {made.id}")
    for made in (slow, cancelled, delivered):
        await age(world, made)
    assert await hopeless(world) == []
    await age(world, slow)
    assert await hopeless(world) == [slow.id]
    assert await hopeless(world, since=datetime.now(UTC) - timedelta(minutes=30)) == []


async def test_a_late_success_after_it_was_given_up_comes_for_free(world: World) -> None:
    await world.person()
    stuck = await world.started()
    assert stuck.task_id is not None
    await age(world, stuck)
    await give_back(world, stuck)
    await world.teller.tell(world.epoch, stuck.id)
    world.provider.succeed(stuck.task_id)
    await world.check_when_due(stuck)
    assert (await world.now(stuck)).state is State.LATE
    assert (await world.balance()).free == 100_000


async def test_a_hurried_generation_is_due_at_once_and_moves_no_money(world: World) -> None:
    await world.person()
    started = await world.started()
    await world.execute("UPDATE generation SET next_check_at = now() + interval '1 hour', failures = 3")
    await world.empty_the_queue()
    hurried = await retry(world, started)
    assert hurried.next_check_at is not None
    assert hurried.next_check_at <= hurried.seen_at
    assert hurried.failures == 0
    assert (
        await world.count("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'generation.check'") == 1
    )
    assert (await world.balance()).held == PRICE


@pytest.mark.parametrize("state", [State.CANCELLED, State.DELIVERED, State.REFUNDED])
async def test_what_has_ended_is_never_begun_anew(world: World, state: State) -> None:
    await world.person()
    ended = await in_state(world, state)
    with pytest.raises(NotRetryableError):
        await retry(world, ended)


async def test_a_failure_that_was_told_is_never_begun_anew(world: World) -> None:
    await world.person()
    stuck = await world.started()
    await age(world, stuck)
    await give_back(world, stuck)
    await retry(world, stuck)
    await world.teller.tell(world.epoch, stuck.id)
    with pytest.raises(NotRetryableError):
        await retry(world, stuck)
