"""Free generations: so many, however fast one taps; nothing is held, and what they cost is booked."""

from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.exc import IntegrityError

from app.generation import FailureClass, RefusedError, Stale, State, Submitted, TaskReport, TaskState
from app.ledger import Corrections, HouseAccount
from app.money import Credits, rouble_cost
from app.users import Person
from tests.integration.generation.world import World
from tests.integration.guards.conftest import ZONE, MakeGuarded, all_at_once, clip, drafts_at_once, picture
from tests.unit.users.specs import PICTURE


async def promo(world: World) -> int:
    """What our gifts cost us, in kopecks."""
    async with world.database.snapshot() as session:
        return await Corrections().house_balance(session, HouseAccount.PROMO)


async def left(world: World) -> int:
    """What person 7 has left today."""
    return (await world.gate.free.of(7)).today


async def failed(world: World, failure: FailureClass) -> None:
    """A free generation that fails so."""
    outcome = await picture(world)
    assert isinstance(outcome, Submitted)
    assert outcome.generation.is_free
    world.provider.refusals.append(RefusedError(failure))
    await world.starter.start(world.epoch, outcome.generation.id)
    assert (await world.now(outcome.generation)).state is State.FAILED


@pytest.mark.proves("F44", "F46")
async def test_a_free_run_is_shown_at_zero_holds_nothing_and_its_cost_is_booked_to_promo(
    guarded: MakeGuarded,
) -> None:
    world = guarded()
    await world.person(cash=0)
    draft = await world.draft(7, PICTURE, {"prompt": "a cat"})
    card = await world.service.card(world.epoch, 7, draft.id)
    assert card is not None
    assert card.free is not None
    assert (card.quote.price, card.quote.is_free, card.free.today) == (0, True, 5)
    outcome = await world.submit(await world.confirmation(draft))
    assert isinstance(outcome, Submitted)
    assert (outcome.generation.price, outcome.generation.is_free) == (0, True)
    assert (await world.balance()).held == 0
    await world.starter.start(world.epoch, outcome.generation.id)
    started = await world.now(outcome.generation)
    assert started.task_id is not None
    world.provider.succeed(started.task_id)
    await world.check_when_due(started)
    assert (await world.now(started)).state is State.CAPTURED
    assert await promo(world) == -rouble_cost(Credits(Decimal(4)), Decimal(79))
    assert await left(world) == 4
    assert await world.findings() == []


@pytest.mark.proves("F58", "F93")
async def test_of_a_hundred_parallel_taps_exactly_as_many_are_free_as_the_day_allows(
    guarded: MakeGuarded,
) -> None:
    world = guarded(per_day=5, per_hour=50)
    await world.person(cash=0)
    confirmations = await drafts_at_once(world, [7] * 100, PICTURE)
    outcomes = await all_at_once(world, confirmations)
    assert sum(isinstance(it, Submitted) for it in outcomes) == 5
    assert sum(isinstance(it, Stale) for it in outcomes) == 95
    assert await world.count("SELECT count(*) FROM free_use") == 5
    assert await left(world) == 0


@pytest.mark.proves("F58")
async def test_the_sixth_run_of_a_day_shows_its_price_and_is_not_free(guarded: MakeGuarded) -> None:
    world = guarded(per_day=5, per_hour=50)
    await world.person()
    for _ in range(5):
        await picture(world)
    draft = await world.draft(7, PICTURE, {"prompt": "a cat"})
    card = await world.service.card(world.epoch, 7, draft.id)
    assert card is not None
    assert card.free is not None
    assert (card.quote.is_free, card.free.now) == (False, 0)
    assert card.quote.price > 0
    outcome = await world.submit(await world.confirmation(draft))
    assert isinstance(outcome, Submitted)
    assert (await world.balance()).held == card.quote.price


async def test_an_hour_gives_less_than_a_day_and_opens_an_hour_after_the_first_use(
    guarded: MakeGuarded,
) -> None:
    world = guarded(per_day=5, per_hour=2)
    await world.person()
    for _ in range(2):
        await picture(world)
    now = await world.gate.free.of(7)
    assert (now.today, now.now) == (3, 0)
    assert now.opens_at is not None
    assert timedelta(minutes=59) < now.opens_at - datetime.now(now.opens_at.tzinfo) <= timedelta(hours=1)
    await world.execute("UPDATE free_use SET used_at = used_at - interval '61 minutes'")
    again = await world.gate.free.of(7)
    assert again.now == 2


async def test_a_day_ends_at_midnight_of_the_configured_zone(guarded: MakeGuarded) -> None:
    world = guarded(per_day=1, per_hour=1)
    await world.person()
    await picture(world)
    midnight = datetime.now(ZoneInfo(ZONE)).replace(hour=0, minute=0, second=0, microsecond=0)
    await world.execute("UPDATE free_use SET used_at = :at", at=midnight)
    assert await left(world) == 0
    assert (await world.gate.free.of(7)).opens_at == midnight + timedelta(days=1)
    await world.execute("UPDATE free_use SET used_at = :at", at=midnight - timedelta(seconds=1))
    assert await left(world) == 1


async def test_a_failure_of_the_provider_gives_the_use_back_three_times_a_day(guarded: MakeGuarded) -> None:
    world = guarded(per_day=5)
    await world.person()
    for expected in (5, 5, 5, 4):
        await failed(world, FailureClass.PROVIDER_DOWN)
        assert await left(world) == expected


@pytest.mark.parametrize("failure", [FailureClass.CONTENT_POLICY, FailureClass.BAD_INPUT])
async def test_what_the_person_could_have_avoided_spends_the_use(
    guarded: MakeGuarded, failure: FailureClass
) -> None:
    world = guarded(per_day=5)
    await world.person()
    await failed(world, failure)
    assert await left(world) == 4


async def test_a_cancelled_run_comes_back_once(guarded: MakeGuarded) -> None:
    world = guarded(per_day=5)
    await world.person()
    outcome = await picture(world)
    assert isinstance(outcome, Submitted)
    assert await left(world) == 4
    for _ in range(2):
        await world.service.cancel(await world.next_step(), 7, outcome.generation.id)
    assert await left(world) == 5


async def test_a_model_that_is_not_marked_free_is_never_free(guarded: MakeGuarded) -> None:
    world = guarded()
    await world.person()
    outcome = await clip(world)
    assert isinstance(outcome, Submitted)
    assert not outcome.generation.is_free
    assert await world.count("SELECT count(*) FROM free_use") == 0


async def test_a_free_success_after_its_failure_is_our_loss_and_gives_no_second_use(
    guarded: MakeGuarded,
) -> None:
    world = guarded(per_day=5)
    await world.person()
    outcome = await picture(world)
    assert isinstance(outcome, Submitted)
    await world.starter.start(world.epoch, outcome.generation.id)
    started = await world.now(outcome.generation)
    assert started.task_id is not None
    world.provider.report(started.task_id, TaskReport(TaskState.FAIL, failure=FailureClass.TIMEOUT))
    await world.check_when_due(started)
    assert await left(world) == 5
    assert await promo(world) == 0


@pytest.mark.proves("F44")
@pytest.mark.parametrize("table", ["quote", "generation"])
async def test_the_database_takes_no_price_of_zero_that_is_not_flagged_free(
    guarded: MakeGuarded, table: str
) -> None:
    world = guarded()
    await world.person()
    await clip(world)
    with pytest.raises(IntegrityError, match="is_free"):
        await world.execute(f"UPDATE {table} SET price_kopecks = 0")


@pytest.mark.proves("F59")
async def test_whoever_comes_back_under_another_name_finds_the_free_runs_that_were_left(
    guarded: MakeGuarded,
) -> None:
    world = guarded(per_day=2, per_hour=2)
    await world.person(cash=0)
    for _ in range(2):
        await picture(world)
    await world.users.arrive(world.epoch, Person(7, "Other", username="new", language_code="en"))
    assert await left(world) == 0
    with pytest.raises(IntegrityError):  # who has used something cannot be forgotten by accident
        await world.execute("DELETE FROM person WHERE id = 7")
    assert await left(world) == 0
