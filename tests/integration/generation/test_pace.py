"""How long a model takes is told from its own history, once there is one."""

from app.generation import Card, Pace
from tests.integration.generation.world import World


async def card(world: World) -> Card:
    shown = await world.service.card(world.epoch, 7, (await world.draft(7)).id)
    assert shown is not None
    return shown


async def delivered(world: World, *seconds: int) -> None:
    """Deliveries that took so long."""
    for took in seconds:
        generation = await world.captured()
        await world.deliverer.deliver(world.epoch, generation.id)
        await world.execute(
            "UPDATE generation SET created_at = state_at - make_interval(secs => :took) WHERE id = :id",
            took=took,
            id=generation.id,
        )


async def test_too_few_deliveries_say_nothing(world: World) -> None:
    await world.person()
    await delivered(world, 60, 60, 60, 60)
    assert (await card(world)).pace is None


async def test_the_card_and_the_generation_tell_the_usual_time_and_what_nine_of_ten_stay_below(
    world: World,
) -> None:
    await world.person()
    await delivered(world, 31, 32, 33, 34, 34, 34, 36, 38, 171, 900)
    assert (await card(world)).pace == Pace(35, 180)
    generation = await world.submitted()
    assert (generation.usual_seconds, generation.slow_seconds) == (35, 180)


async def test_old_deliveries_and_failures_do_not_count(world: World) -> None:
    await world.person()
    await delivered(world, 60, 60, 60, 60, 60)
    await world.submitted()
    assert (await card(world)).pace == Pace(60)
    await world.execute(
        "UPDATE generation SET state_at = state_at - interval '31 days' WHERE state = 'delivered'"
    )
    assert (await card(world)).pace is None
