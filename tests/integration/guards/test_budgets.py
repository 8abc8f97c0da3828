"""A person's own limit is hard."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from app.generation import OverBudget, Period, Refused, Submitted
from app.money import Kopecks
from tests.integration.generation.world import PRICE, World
from tests.integration.guards.conftest import ZONE, MakeGuarded, all_at_once, clip, drafts_at_once
from tests.unit.users.specs import CLIP


async def limit(world: World, period: Period, kopecks: int | None) -> None:
    """Person 7 sets a limit."""
    wanted = None if kopecks is None else Kopecks(kopecks)
    await world.gate.budgets.set(await world.next_step(), 7, period, wanted)


@pytest.mark.parametrize("period", Period)
async def test_what_does_not_fit_is_refused_holds_nothing_and_says_when_it_opens(
    guarded: MakeGuarded, period: Period
) -> None:
    world = guarded()
    await world.person()
    await limit(world, period, 2 * PRICE - 1)
    assert isinstance(await clip(world), Submitted)
    outcome = await clip(world)
    assert isinstance(outcome, Refused)
    refusal = outcome.card.refusal
    assert isinstance(refusal, OverBudget)
    assert (refusal.period, refusal.limit, refusal.spent) == (period, 2 * PRICE - 1, PRICE)
    opens_at = refusal.opens_at.astimezone(ZoneInfo(ZONE))
    assert opens_at > datetime.now(UTC)
    assert (opens_at.hour, opens_at.minute) == (0, 0)
    assert opens_at.day == 1 or period is Period.DAY
    assert (await world.balance()).held == PRICE
    assert await world.count("SELECT count(*) FROM draft WHERE state = 'open'") == 1


async def test_a_price_that_just_fits_is_taken(guarded: MakeGuarded) -> None:
    world = guarded()
    await world.person()
    await limit(world, Period.DAY, 2 * PRICE)
    assert isinstance(await clip(world), Submitted)
    assert isinstance(await clip(world), Submitted)


async def test_parallel_taps_never_exceed_the_budget(guarded: MakeGuarded) -> None:
    world = guarded()
    await world.person()
    await limit(world, Period.DAY, 3 * PRICE)
    outcomes = await all_at_once(world, await drafts_at_once(world, [7] * 15, CLIP))
    assert sum(isinstance(it, Submitted) for it in outcomes) == 3
    assert (await world.balance()).held == 3 * PRICE


async def test_what_came_back_does_not_count(guarded: MakeGuarded) -> None:
    world = guarded()
    await world.person()
    await limit(world, Period.DAY, PRICE)
    outcome = await clip(world)
    assert isinstance(outcome, Submitted)
    assert (await world.gate.budgets.of(7)).spent_today == PRICE
    await world.service.cancel(await world.next_step(), 7, outcome.generation.id)
    assert (await world.gate.budgets.of(7)).spent_today == 0
    assert isinstance(await clip(world), Submitted)


async def test_yesterdays_spending_does_not_count_today(guarded: MakeGuarded) -> None:
    world = guarded()
    await world.person()
    await limit(world, Period.DAY, PRICE)
    await clip(world)
    await world.execute("UPDATE generation SET created_at = created_at - interval '1 day'")
    assert isinstance(await clip(world), Submitted)


async def test_a_limit_can_be_taken_away_and_a_replayed_tap_sets_nothing(guarded: MakeGuarded) -> None:
    world = guarded()
    await world.person()
    step = await world.next_step()
    await world.gate.budgets.set(step, 7, Period.MONTH, PRICE)
    await limit(world, Period.MONTH, None)
    assert (await world.gate.budgets.set(step, 7, Period.MONTH, PRICE)).monthly is None
    assert isinstance(await clip(world), Submitted)
