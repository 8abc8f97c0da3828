"""Fewer results than were sold: the share of what is missing goes back once, with the capture of the rest."""

import asyncio
from datetime import timedelta
from decimal import Decimal

import pytest

from app.books import Margins
from app.catalogue import Inputs
from app.generation import Generation, NotRefundableError, State, Submitted, TaskReport, TaskState
from app.ledger import LedgerError
from app.money import Kopecks
from tests.fakes import until
from tests.fixtures.calm import far_from_the_next_hour
from tests.integration.generation.audited import audited
from tests.integration.generation.world import World
from tests.unit.users.specs import SET

FOUR: Inputs = {"prompt": "a cat", "count": 4}
OF_FOUR = Kopecks(3160)
"""10 credits x 4 x 0.005 USD x 79 x 2."""


async def started(world: World) -> Generation:
    """Four pictures that the provider works on."""
    outcome = await world.submit(await world.confirmation(await world.draft(7, SET, FOUR)))
    assert isinstance(outcome, Submitted)
    assert (outcome.generation.price, outcome.generation.sold) == (OF_FOUR, 4)
    await world.starter.start(world.epoch, outcome.generation.id)
    return await world.now(outcome.generation)


def succeed(world: World, generation: Generation, count: int) -> tuple[str, ...]:
    """The provider made so many."""
    urls = tuple(f"https://files.example/{number}.png" for number in range(1, count + 1))
    assert generation.task_id is not None
    world.provider.report(
        generation.task_id, TaskReport(TaskState.SUCCESS, urls, credits_consumed=Decimal(10 * count))
    )
    return urls


async def capture(world: World, generation: Generation, count: int) -> Generation | None:
    """One finisher, as the checker ends: `generation` is what it saw before."""
    urls = tuple(f"https://files.example/{number}.png" for number in range(1, count + 1))
    files = (await world.store.fetch(generation, urls)).files
    async with world.database.unit_of_work(world.epoch) as session:
        return await world.settlement.capture(session, generation, files, Decimal(10))


async def fetching(world: World, generation: Generation) -> Generation:
    """It is about to be captured."""
    await world.execute("UPDATE generation SET state = 'fetching' WHERE id = :id", id=generation.id)
    return await world.now(generation)


@pytest.mark.parametrize(("arrived", "returned"), [(3, 790), (1, 2370), (4, 0), (5, 0)])
async def test_the_share_of_what_is_missing_comes_back_with_the_capture_and_the_person_is_told(
    world: World, arrived: int, returned: int
) -> None:
    await world.person()
    generation = await started(world)
    succeed(world, generation, arrived)
    await world.check_when_due(generation)
    captured = await world.now(generation)
    assert (captured.state, captured.missing, captured.returned) == (
        State.CAPTURED,
        max(4 - arrived, 0),
        returned,
    )
    balance = await world.balance()
    assert (balance.cash, balance.held) == (100_000 - OF_FOUR + returned, 0)
    await world.deliverer.deliver(world.epoch, generation.id)
    (delivered,), (told,) = world.notifier.delivered, world.notifier.balances
    assert len(delivered.results) == arrived
    assert told == (balance if returned else None)
    assert await audited(world) == []


async def test_what_cannot_be_copied_after_the_last_try_is_missing_too(world: World) -> None:
    await world.person()
    async with world.working():
        outcome = await world.submit(await world.confirmation(await world.draft(7, SET, FOUR)))
        assert isinstance(outcome, Submitted)
        generation = await world.reach_state(outcome.generation, State.SUBMITTED)
        dead = succeed(world, generation, 4)[1]
        world.store.dead.add(dead)
        delivered = await world.reach_state(generation, State.DELIVERED, State.FAILED)
    assert (delivered.state, delivered.missing, delivered.returned) == (State.DELIVERED, 1, 790)
    names = [file.path.rpartition("/")[2] for file in delivered.results]
    assert names == ["1.png", "3.png", "4.png"]
    assert len(world.store.fetched) == world.timings.fetch_attempts, "it was not tried to the end"
    assert await audited(world) == []


async def test_a_file_that_comes_back_before_the_last_try_is_not_missing(world: World) -> None:
    await world.person()
    generation = await started(world)
    dead = succeed(world, generation, 4)[1]
    world.store.dead.add(dead)
    await world.check_when_due(generation)
    assert (await world.now(generation)).state is State.FETCHING
    world.store.dead.clear()
    await world.check_when_due(generation)
    captured = await world.now(generation)
    assert (captured.state, captured.missing, captured.returned) == (State.CAPTURED, 0, 0)


async def test_nothing_at_all_is_a_failure_and_gives_everything_back(world: World) -> None:
    await world.person()
    async with world.working():
        outcome = await world.submit(await world.confirmation(await world.draft(7, SET, FOUR)))
        assert isinstance(outcome, Submitted)
        generation = await world.reach_state(outcome.generation, State.SUBMITTED)
        succeed(world, generation, 0)
        await world.reach_state(generation, State.FAILED)
        await until(lambda: _is_told(world))
    assert world.notifier.told[0].returned == OF_FOUR
    assert (await world.balance()).free == 100_000
    assert await audited(world) == []


@pytest.mark.proves("F16")
async def test_finishers_at_once_who_count_differently_settle_it_once(world: World) -> None:
    await world.person()
    generation = await fetching(world, await started(world))
    outcomes = await asyncio.gather(*(capture(world, generation, count) for count in (3, 2, 3, 1, 4, 3)))
    assert sum(outcome is not None for outcome in outcomes) == 1
    captured = await world.now(generation)
    balance = await world.balance()
    assert (balance.cash, balance.held) == (100_000 - OF_FOUR + captured.returned, 0)
    assert await world.count("SELECT count(*) FROM ledger_transfer WHERE key LIKE 'fewer:%'") in (0, 1)
    assert await audited(world) == []


async def test_the_ledger_gives_a_share_back_under_its_key_once_and_no_more_than_was_captured(
    world: World,
) -> None:
    await world.person()
    generation = await fetching(world, await started(world))
    await capture(world, generation, 3)

    async def again(amount: int, key: str) -> None:
        async with world.database.unit_of_work(world.epoch) as session:
            await world.ledger.refund(
                session, capture_key=f"resolution:{generation.id}", key=key, amount=Kopecks(amount)
            )

    await again(790, f"fewer:{generation.id}")  # the same once more is the first one
    with pytest.raises(LedgerError):
        await again(791, f"fewer:{generation.id}")
    with pytest.raises(LedgerError):
        await again(OF_FOUR - 790 + 1, "other:1")
    assert (await world.balance()).cash == 100_000 - OF_FOUR + 790
    assert await audited(world) == []


async def test_the_share_goes_back_to_where_it_came_from(world: World) -> None:
    await world.person(cash=1000)
    async with world.database.unit_of_work(world.epoch) as session:
        await world.ledger.bonus(session, user_id=7, amount=Kopecks(3000), key="gift")
    generation = await started(world)
    before = await world.balance()
    assert (before.bonus_held, before.cash_held) == (3000, 160)
    succeed(world, generation, 3)
    await world.check_when_due(generation)
    after = await world.balance()
    # Bonus is spent first and cash comes back first: no bonus turns into cash, and no cash into bonus.
    assert (after.cash, after.bonus, after.held) == (1000, 630, 0)
    assert await audited(world) == []


async def test_an_operator_gives_back_only_what_is_left(world: World) -> None:
    await world.person()
    generation = await fetching(world, await started(world))
    await capture(world, generation, 3)
    async with world.database.unit_of_work(world.epoch) as session:
        refunded = await world.service.refund(session, generation.id)
    assert refunded.paid == OF_FOUR - 790
    assert (await world.balance()).free == 100_000
    with pytest.raises(NotRefundableError):
        async with world.database.unit_of_work(world.epoch) as session:
            await world.service.refund(session, generation.id)
    assert await audited(world) == []


async def test_what_came_back_is_neither_spent_nor_earned(world: World) -> None:
    await far_from_the_next_hour()
    await world.person()
    generation = await fetching(world, await started(world))
    await capture(world, generation, 3)
    budget = await world.gate.budgets.of(7)
    assert (budget.spent_today, budget.spent_this_month) == (OF_FOUR - 790, OF_FOUR - 790)
    (margin,) = await Margins(world.database).by_model(timedelta(days=1))
    assert (margin.revenue, margin.credits) == (OF_FOUR - 790, Decimal(10))


@pytest.mark.proves("F72")
async def test_what_turns_up_after_the_share_went_back_is_a_gift_when_the_result_is_sought_again(
    world: World,
) -> None:
    await world.person()
    generation = await started(world)
    succeed(world, generation, 3)
    await world.check_when_due(generation)
    await world.deliverer.deliver(world.epoch, generation.id)
    balance = await world.balance()
    succeed(world, generation, 4)
    reads = len(world.provider.reads)
    await world.callback(generation, generation.task_id, event_id=2)
    await world.checker.check(world.epoch, generation.id)
    assert len(world.provider.reads) == reads, "nobody looks for it"
    assert await world.service.seek(await world.next_step(), 7, generation.id)
    await world.restorer.restore(world.epoch, generation.id)
    now = await world.now(generation)
    assert (len(now.results), now.missing, now.returned) == (4, 1, 790)
    assert await world.balance() == balance
    assert await audited(world) == []


async def _is_told(world: World) -> bool:
    return bool(world.notifier.told)
