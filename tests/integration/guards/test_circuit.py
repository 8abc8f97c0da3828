"""What KIE fails again and again is not sold for a while; what it refuses us stops all selling. Nothing is held."""

import pytest

from app.generation import (
    BLAMED,
    Broken,
    FailureClass,
    Refused,
    RefusedError,
    SoldOut,
    State,
    Submission,
    Submitted,
)
from tests.integration.generation.world import PRICE, World
from tests.integration.guards.conftest import MakeGuarded, clip, picture

DOWN = FailureClass.PROVIDER_DOWN


async def fail(world: World, failure: FailureClass, *people: int) -> None:
    """One clip of each person, which KIE refuses for this reason."""
    for person in people:
        outcome = await clip(world, person)
        assert isinstance(outcome, Submitted), outcome
        world.provider.refusals.append(RefusedError(failure, "as a test wants it"))
        await world.starter.start(world.epoch, outcome.generation.id)
        assert (await world.now(outcome.generation)).state is State.FAILED


async def make(world: World, person: int) -> None:
    """One clip that comes out."""
    outcome = await clip(world, person)
    assert isinstance(outcome, Submitted), outcome
    await world.starter.start(world.epoch, outcome.generation.id)
    started = await world.now(outcome.generation)
    assert started.task_id is not None
    world.provider.succeed(started.task_id)
    await world.check_when_due(started)


def refusal(outcome: Submission) -> object:
    """Why it was refused."""
    assert isinstance(outcome, Refused), outcome
    return outcome.card.refusal


async def pass_time(world: World, minutes: int) -> None:
    """So long ago is now what has happened."""
    await world.execute(
        "UPDATE generation SET state_at = state_at - make_interval(mins => :m), "
        "submitting_at = submitting_at - make_interval(mins => :m)",
        m=minutes,
    )


@pytest.fixture
async def world(guarded: MakeGuarded) -> World:
    """Two people with money."""
    made = guarded()
    await made.person(7)
    await made.person(8)
    return made


@pytest.mark.proves("X29")
@pytest.mark.parametrize("failure", sorted(BLAMED - {FailureClass.LOST}))
async def test_three_failures_of_two_people_stop_the_model_and_only_it(
    world: World, failure: FailureClass
) -> None:
    await fail(world, failure, 7, 8, 7)
    refused = refusal(await clip(world))
    assert isinstance(refused, Broken)
    assert isinstance(await picture(world), Submitted)
    assert (await world.balance()).held == 0
    assert (await world.balance()).free == 100_000


async def test_what_one_person_alone_makes_fail_counts_for_less(world: World) -> None:
    await fail(world, DOWN, 7, 7, 7, 7)
    assert isinstance(await clip(world, 8), Submitted)
    await fail(world, DOWN, 7)
    assert isinstance(refusal(await clip(world, 8)), Broken)


async def test_a_success_in_between_keeps_it_closed(world: World) -> None:
    await fail(world, DOWN, 7, 8)
    await make(world, 7)
    await fail(world, DOWN, 8, 7)
    assert isinstance(await clip(world), Submitted)


@pytest.mark.parametrize("failure", [FailureClass.CONTENT_POLICY, FailureClass.BAD_INPUT])
async def test_what_speaks_against_the_request_does_not_speak_against_the_model(
    world: World, failure: FailureClass
) -> None:
    await fail(world, failure, 7, 8, 7, 8, 7, 8)
    assert isinstance(await clip(world), Submitted)


async def test_after_the_pause_one_failure_opens_it_again_and_one_success_closes_it(world: World) -> None:
    await fail(world, DOWN, 7, 8, 7)
    assert isinstance(refusal(await clip(world)), Broken)
    await pass_time(world, 3)
    await fail(world, DOWN, 8)
    assert isinstance(refusal(await clip(world)), Broken)
    await pass_time(world, 3)
    await make(world, 7)
    await fail(world, DOWN, 7, 8)
    assert isinstance(await clip(world), Submitted)


async def test_old_failures_are_forgotten(world: World) -> None:
    await fail(world, DOWN, 7, 8)
    await pass_time(world, 31)
    await fail(world, DOWN, 7)
    assert isinstance(await clip(world, 8), Submitted)


async def test_a_refused_account_stops_all_selling_until_kie_takes_something_again(world: World) -> None:
    waiting = await clip(world, 8)
    assert isinstance(waiting, Submitted)
    await fail(world, FailureClass.OUR_ACCOUNT, 7)
    assert refusal(await clip(world, 7)) == SoldOut()
    assert refusal(await picture(world, 8)) == SoldOut()
    assert (await world.balance(7)).held == 0
    assert (await world.balance(8)).held == PRICE
    await world.starter.start(world.epoch, waiting.generation.id)
    assert isinstance(await clip(world, 7), Submitted)


async def test_a_refused_account_is_tried_again_after_the_pause(world: World) -> None:
    await fail(world, FailureClass.OUR_ACCOUNT, 7)
    await pass_time(world, 3)
    await fail(world, FailureClass.OUR_ACCOUNT, 8)
    assert refusal(await clip(world, 7)) == SoldOut()
