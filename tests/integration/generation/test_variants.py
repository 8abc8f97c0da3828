"""Several variants bought with one tap: all or none, each a generation of its own, one purchase to the person."""

import asyncio
from dataclasses import replace
from functools import partial

import pytest

from app.db import Database, Epoch
from app.generation import (
    AlreadySubmitted,
    FailureClass,
    FreeAllowance,
    Generation,
    NotEnough,
    OverBudget,
    Period,
    Refused,
    RefusedError,
    Stale,
    State,
    Submitted,
    TooMany,
    UnknownGenerationError,
)
from app.money import Kopecks
from tests.fakes import until
from tests.fixtures.calm import far_from_the_next_hour
from tests.integration.generation.audited import audited
from tests.integration.generation.world import PRICE, World, make_world
from tests.unit.users.specs import PICTURE, SET

FREE = FreeAllowance(3, 3, "Europe/Moscow")


async def bought(world: World, times: int, person_id: int = 7) -> list[Generation]:
    """The variants of a purchase that was just made."""
    tap = replace(await world.confirmation(await world.draft(person_id)), times=times)
    outcome = await world.submit(tap)
    assert isinstance(outcome, Submitted)
    return await variants(world, outcome.generation)


async def variants(world: World, one: Generation) -> list[Generation]:
    """All of a purchase, as they are now."""
    found = await world.service.history(one.user_id, limit=100)
    return sorted((it for it in found if it.draft_id == one.draft_id), key=lambda it: it.variant)


async def test_a_card_offers_two_and_four_and_four_hold_exactly_four_prices(world: World) -> None:
    await world.person()
    draft = await world.draft(7)
    card = await world.service.card(world.epoch, 7, draft.id, times=4)
    assert card is not None
    assert (card.variants, card.times, card.total) == ((2, 4), 4, 4 * PRICE)
    outcome = await world.submit(replace(await world.confirmation(draft), times=4))
    assert isinstance(outcome, Submitted)
    made = await variants(world, outcome.generation)
    assert [(it.variant, it.variants, it.price, it.state) for it in made] == [
        (number, 4, PRICE, State.HELD) for number in (1, 2, 3, 4)
    ]
    assert (await world.balance()).held == card.total
    assert await world.count("SELECT count(*) FROM procrastinate_jobs") == 4
    assert await audited(world) == []


async def test_a_model_with_a_count_of_its_own_has_no_variants(world: World) -> None:
    await world.person()
    draft = await world.draft(7, SET, {"prompt": "a cat", "count": 2})
    card = await world.service.card(world.epoch, 7, draft.id, times=2)
    assert card is not None
    assert (card.variants, card.times) == ((), 1)
    assert isinstance(await world.submit(replace(await world.confirmation(draft), times=2)), Stale)
    assert (await world.balance()).held == 0


@pytest.mark.parametrize("times", [0, 3, 5])
async def test_a_number_that_nobody_was_offered_buys_nothing(world: World, times: int) -> None:
    await world.person()
    tap = replace(await world.confirmation(await world.draft(7)), times=times)
    assert isinstance(await world.submit(tap), Stale)
    assert (await world.balance()).held == 0


@pytest.mark.proves("F50")
async def test_many_taps_at_once_on_every_price_of_a_card_buy_once(world: World) -> None:
    await world.person()
    confirmation = await world.confirmation(await world.draft(7))
    room = asyncio.Semaphore(15)

    async def tap(times: int) -> object:
        async with room:
            return await world.submit(replace(confirmation, times=times))

    outcomes = await asyncio.gather(*(tap(times) for times in (4, 1, 2) * 15))
    (won,) = [it for it in outcomes if isinstance(it, Submitted)]
    assert sum(isinstance(it, AlreadySubmitted) for it in outcomes) == len(outcomes) - 1
    assert (await world.balance()).held == won.generation.variants * PRICE
    assert await world.count("SELECT count(*) FROM generation") == won.generation.variants
    assert await audited(world) == []


async def test_money_for_three_buys_none_of_four_and_the_card_says_what_is_missing(world: World) -> None:
    await world.person(cash=3 * PRICE)
    outcome = await world.submit(replace(await world.confirmation(await world.draft(7)), times=4))
    assert isinstance(outcome, NotEnough)
    assert outcome.missing == PRICE
    assert (await world.balance()).held == 0
    assert await world.count("SELECT count(*) FROM generation") == 0
    assert len(await bought(world, 2)) == 2


async def test_a_budget_counts_every_variant(world: World) -> None:
    await far_from_the_next_hour()
    await world.person()
    await world.gate.budgets.set(await world.next_step(), 7, Period.DAY, Kopecks(3 * PRICE))
    outcome = await world.submit(replace(await world.confirmation(await world.draft(7)), times=4))
    assert isinstance(outcome, Refused)
    assert isinstance(outcome.card.refusal, OverBudget)
    assert (await world.balance()).held == 0
    assert len(await bought(world, 2)) == 2


async def test_the_limit_of_one_person_counts_purchases(
    database_url: str, database: Database, epoch: Epoch
) -> None:
    world = make_world(database_url, database, epoch, max_parallel=2)
    await world.person()
    await bought(world, 4)
    await bought(world, 2)
    assert isinstance(await world.submit(await world.confirmation(await world.draft(7))), TooMany)


async def test_free_variants_take_a_free_run_each_and_no_more_are_offered_than_are_left(
    database_url: str, database: Database, epoch: Epoch
) -> None:
    await far_from_the_next_hour()
    world = make_world(database_url, database, epoch, free=FREE)
    await world.person()
    draft = await world.draft(7, PICTURE, {"prompt": "a cat"})
    card = await world.service.card(world.epoch, 7, draft.id)
    assert card is not None
    assert (card.quote.is_free, card.variants) == (True, (2,))
    confirmation = await world.confirmation(draft)
    assert isinstance(await world.submit(replace(confirmation, times=4)), Stale)
    assert isinstance(await world.submit(replace(confirmation, times=2)), Submitted)
    assert (await world.gate.free.of(7)).now == 1
    assert (await world.balance()).held == 0
    assert await audited(world) == []


async def test_each_variant_fails_or_arrives_by_itself_and_only_what_failed_comes_back(
    world: World,
) -> None:
    await world.person()
    made = await bought(world, 4)
    world.provider.refusals.append(RefusedError(FailureClass.CONTENT_POLICY))
    async with world.working():
        for task in ("task-1", "task-2", "task-3"):
            await until(partial(_has, world, task))
            world.provider.succeed(task)
        await until(lambda: _is_over(world, made[0]))
        await until(lambda: _is_told(world))
    ended = await variants(world, made[0])
    assert sorted(it.state for it in ended) == [State.DELIVERED] * 3 + [State.FAILED]
    assert (len(world.notifier.delivered), len(world.notifier.told)) == (3, 1)
    balance = await world.balance()
    assert (balance.cash, balance.held) == (100_000 - 3 * PRICE, 0)
    assert await audited(world) == []


async def test_all_variants_share_one_progress_message_that_ends_once_all_have(world: World) -> None:
    await world.person()
    first, second = await bought(world, 2)
    for one in (first, second):
        await world.starter.start(world.epoch, one.id)
        task = (await world.now(one)).task_id
        assert task is not None
        world.provider.succeed(task)
    assert set(world.notifier.drawn_in) == {50}
    await world.check_when_due(first)
    await world.deliverer.deliver(world.epoch, first.id)
    assert world.notifier.ended == []
    assert world.notifier.shown[-1][0] == first.id
    await world.check_when_due(second)
    await world.deliverer.deliver(world.epoch, second.id)
    assert world.notifier.ended == [(50, State.DELIVERED)]


async def test_what_was_not_sent_yet_is_cancelled_and_the_rest_goes_on(world: World) -> None:
    await world.person()
    made = await bought(world, 4)
    await world.starter.start(world.epoch, made[0].id)
    step = await world.next_step()
    for _ in range(2):
        now = await world.service.cancel(step, 7, made[0].id)
        assert (now.cancelled, now.is_cancelled) == (3, False)
    balance = await world.balance()
    assert (balance.held, balance.free) == (PRICE, 100_000 - PRICE)
    assert await audited(world) == []


async def test_nobody_cancels_the_variants_of_somebody_else(world: World) -> None:
    await world.person()
    await world.person(8)
    made = await bought(world, 2)
    with pytest.raises(UnknownGenerationError):
        await world.service.cancel(await world.next_step(), 8, made[0].id)
    assert (await world.balance()).held == 2 * PRICE


async def test_a_purchase_that_is_taken_over_in_the_middle_asks_for_every_variant_once(
    database_url: str, database: Database, epoch: Epoch
) -> None:
    world = make_world(database_url, database, epoch)
    await world.person()
    made = await bought(world, 4)
    await world.starter.start(world.epoch, made[0].id)
    world.provider.succeed("task-1")
    await world.empty_the_queue()
    await world.take_over()
    async with world.working():
        for task in ("task-2", "task-3", "task-4"):
            await until(partial(_has, world, task))
            world.provider.succeed(task)
        await until(lambda: _is_over(world, made[0]))
    assert len(world.provider.creations) == 4
    balance = await world.balance()
    assert balance.held == 0
    assert await audited(world) == []


async def _has(world: World, task: str) -> bool:
    return task in world.provider.tasks


async def _is_over(world: World, one: Generation) -> bool:
    ended = (State.DELIVERED, State.FAILED)
    return all(it.state in ended for it in await variants(world, one))


async def _is_told(world: World) -> bool:
    return bool(world.notifier.told)
