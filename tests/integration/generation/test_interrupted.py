"""Work that breaks off, by an error that nobody foresaw or by an outage: somebody goes on at once, nothing twice."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from app.errors import StorageBusyError, StorageUnavailableError
from app.generation import Desk, FailureClass, Generation, RefusedError, State
from tests.fakes import until
from tests.integration.generation.world import PRICE, World

SOON = 20.0
"""Seconds: far less than the claims of these worlds last, which is a minute."""


class Failing:
    """A step that meets these errors before it works."""

    def __init__(self, step: Callable[..., Awaitable[object]], *errors: Exception) -> None:
        self._step = step
        self._errors = list(errors)

    async def __call__(self, *arguments: object, **named: object) -> object:
        if self._errors:
            raise self._errors.pop(0)
        return await self._step(*arguments, **named)


async def ready(world: World) -> Generation:
    """The provider has a result, which nobody fetched yet."""
    await world.person()
    generation = await world.started()
    assert generation.task_id is not None
    world.provider.succeed(generation.task_id)
    return generation


@pytest.mark.proves("X20")
async def test_a_copy_that_fails_in_an_unforeseen_way_is_begun_again_soon(world: World) -> None:
    generation = await ready(world)
    world.store.troubles.append(RuntimeError("nobody thought of this"))
    async with world.working():
        await world.reach_state(generation, State.DELIVERED, seconds=SOON)
    assert (await world.balance()).cash == 100_000 - PRICE
    assert await world.findings() == []


@pytest.mark.proves("X20")
async def test_a_copy_that_is_cut_off_within_a_reign_is_begun_again_soon(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    generation = await ready(world)
    fetching, fetch = asyncio.Event(), world.store.fetch

    async def endless(*_: object) -> None:
        fetching.set()
        await asyncio.Event().wait()

    monkeypatch.setattr(world.store, "fetch", endless)
    await world.become_due(generation)
    check = asyncio.create_task(world.checker.check(world.epoch, generation.id))
    await fetching.wait()
    check.cancel()
    await asyncio.gather(check, return_exceptions=True)
    monkeypatch.setattr(world.store, "fetch", fetch)
    async with world.working():
        await world.reach_state(generation, State.DELIVERED, seconds=SOON)


@pytest.mark.proves("X20")
@pytest.mark.parametrize("error", [StorageBusyError("deadlock"), StorageUnavailableError("restarting")])
async def test_a_result_that_is_there_is_not_copied_again_because_the_database_was_not(
    world: World, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    generation = await ready(world)
    monkeypatch.setattr(world.settlement, "capture", Failing(world.settlement.capture, error, error))
    async with world.working():
        await world.reach_state(generation, State.DELIVERED, seconds=SOON)
    assert len(world.store.fetched) == 1
    assert await world.findings() == []


@pytest.mark.proves("X20")
async def test_what_was_sent_is_not_sent_again_because_the_database_was_away(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await world.person()
    generation = await world.captured()
    desk: Desk = world.deliverer._desk
    whole, sent = desk.database.unit_of_work, world.notifier.delivered
    away = [StorageUnavailableError("restarting"), StorageBusyError("busy")]

    def failing_once_it_was_sent(*arguments: object) -> object:
        if sent and away:
            raise away.pop()
        return whole(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(desk.database, "unit_of_work", failing_once_it_was_sent)
    await world.deliverer.deliver(world.epoch, generation.id)
    assert (await world.now(generation)).state is State.DELIVERED
    assert (len(sent), away) == (1, [])


@pytest.mark.proves("X20")
async def test_news_of_a_failure_that_break_off_are_told_soon(world: World) -> None:
    await world.person()
    world.provider.refusals.append(RefusedError(FailureClass.BAD_INPUT))
    await world.started()
    world.notifier.troubles.append(RuntimeError("nobody thought of this"))
    async with world.working():
        await until(lambda: _told(world), SOON)


async def _told(world: World) -> bool:
    return bool(world.notifier.told)
