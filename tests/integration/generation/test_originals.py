"""The file as it was made: asked for by a tap, sent by a job, remembered."""

import pytest

from app.generation import (
    AmbiguousError,
    Delivery,
    Generation,
    Originals,
    OriginalSender,
    State,
    TryLaterError,
    UnknownGenerationError,
    UnreachablePersonError,
)
from app.jobs import JobQueue
from tests.fakes import FakeNotifier, until
from tests.integration.generation.world import World


def originals_of(world: World) -> Originals:
    """What the button calls."""
    return Originals(world.database, JobQueue())


async def is_known(world: World, generation: Generation) -> bool:
    """Whether Telegram's id of the document is recorded."""
    return (await world.now(generation)).results[0].original_file_id == "doc-0"


@pytest.mark.proves("F13", "F75")
async def test_a_tap_has_the_original_sent_and_its_id_is_kept(world: World) -> None:
    await world.person()
    generation = await world.captured()
    step = await world.next_step()
    assert await originals_of(world).ask(step, generation.user_id, generation.id)
    assert await originals_of(world).ask(step, generation.user_id, generation.id), "a replay of the same tap"
    async with world.working(sweeping=False):
        await world.reach_state(generation, State.DELIVERED)
        await until(lambda: is_known(world, generation))
    assert [it.id for it in world.notifier.originals] == [generation.id]
    assert (await world.now(generation)).results[0].telegram_file_id == "file-0"


async def test_nobody_gets_the_original_of_somebody_else(world: World) -> None:
    await world.person()
    generation = await world.captured()
    with pytest.raises(UnknownGenerationError):
        await originals_of(world).ask(await world.next_step(), 8, generation.id)


async def test_what_has_no_result_has_no_original(world: World) -> None:
    await world.person()
    generation = await world.started()
    assert not await originals_of(world).ask(await world.next_step(), generation.user_id, generation.id)


async def test_an_original_that_is_put_off_is_tried_again_by_the_engine(world: World) -> None:
    await world.person()
    generation = await world.captured()
    world.notifier.troubles.append(TryLaterError(1))
    with pytest.raises(TryLaterError):
        await OriginalSender(world.database, world.notifier).send(world.epoch, generation.id)


@pytest.mark.parametrize("trouble", [UnreachablePersonError(), AmbiguousError("x")])
async def test_an_original_that_may_have_arrived_or_never_can_is_left_to_another_tap(
    world: World, trouble: Exception
) -> None:
    await world.person()
    generation = await world.captured()
    world.notifier.troubles.append(trouble)
    await OriginalSender(world.database, world.notifier).send(world.epoch, generation.id)
    assert world.notifier.originals == []
    assert (await world.now(generation)).results[0].original_file_id is None


async def test_a_delivery_that_ends_meanwhile_is_not_forgotten(world: World) -> None:
    await world.person()
    generation = await world.captured()

    class Meanwhile(FakeNotifier):
        async def original(self, generation: Generation) -> Delivery:
            await world.deliverer.deliver(world.epoch, generation.id)
            return await super().original(generation)

    await OriginalSender(world.database, Meanwhile()).send(world.epoch, generation.id)
    (file,) = (await world.now(generation)).results
    assert (file.telegram_file_id, file.original_file_id) == ("file-0", "doc-0")


async def test_an_original_that_is_sent_during_the_delivery_is_not_forgotten(world: World) -> None:
    await world.person()
    generation = await world.captured()
    world.notifier.meanwhile = OriginalSender(world.database, FakeNotifier()).send(world.epoch, generation.id)
    await world.deliverer.deliver(world.epoch, generation.id)
    (file,) = (await world.now(generation)).results
    assert (file.telegram_file_id, file.original_file_id) == ("file-0", "doc-0")
