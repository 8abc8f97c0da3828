"""Submitting: one unit, once per draft."""

import asyncio

import pytest

from app.db import Database, Epoch
from app.generation import (
    AlreadySubmitted,
    NotEnough,
    Stale,
    State,
    Submitted,
    TooMany,
    UnknownGenerationError,
)
from app.money import Kopecks
from app.users import Answer
from tests.integration.generation.world import PRICE, World, make_world
from tests.integration.guards.conftest import all_at_once, drafts_at_once
from tests.unit.users.specs import CLIP


async def test_a_submit_holds_exactly_the_price_of_the_card_and_queues_the_start(world: World) -> None:
    await world.person()
    draft = await world.draft(7)
    card = await world.service.card(world.epoch, 7, draft.id)
    assert card is not None
    assert card.quote.price == PRICE
    outcome = await world.submit(await world.confirmation(draft))
    assert isinstance(outcome, Submitted)
    generation = outcome.generation
    assert (generation.state, generation.price, generation.progress_message_id) == (State.HELD, PRICE, 50)
    assert generation.request == {"prompt": "a cat", "duration": "5"}
    assert generation.language == "ru"
    balance = await world.balance()
    assert (balance.held, balance.free) == (PRICE, 100_000 - PRICE)
    assert (
        await world.count("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'generation.start'") == 1
    )


@pytest.mark.proves("F50", "X22")
async def test_a_hundred_parallel_submits_of_one_draft_make_one_generation_and_one_hold(world: World) -> None:
    await world.person()
    confirmation = await world.confirmation(await world.draft(7))
    room = asyncio.Semaphore(15)

    async def tap() -> object:
        async with room:
            return await world.submit(confirmation)

    outcomes = await asyncio.gather(*(tap() for _ in range(100)))
    assert sum(isinstance(outcome, Submitted) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, AlreadySubmitted) for outcome in outcomes) == 99
    assert (await world.balance()).held == PRICE
    assert await world.count("SELECT count(*) FROM generation") == 1
    assert await world.count("SELECT count(*) FROM procrastinate_jobs") == 1
    assert await world.findings() == []


@pytest.mark.proves("X4", "X7")
async def test_a_replayed_event_holds_nothing_and_shows_the_generation(world: World) -> None:
    await world.person()
    confirmation = await world.confirmation(await world.draft(7))
    step = await world.next_step()
    first = await world.service.submit(step, confirmation)
    again = await world.service.submit(step, confirmation)
    assert isinstance(first, Submitted)
    assert isinstance(again, AlreadySubmitted)
    assert again.generation.id == first.generation.id
    assert (await world.balance()).held == PRICE


async def test_too_little_money_holds_nothing_and_leaves_the_draft_to_be_submitted_later(
    world: World,
) -> None:
    await world.person(cash=PRICE - 1)
    confirmation = await world.confirmation(await world.draft(7))
    step = await world.next_step()
    outcome = await world.service.submit(step, confirmation)
    assert isinstance(outcome, NotEnough)
    assert outcome.missing == 1
    assert outcome.card.quote.id == confirmation.quote_id
    assert await world.count("SELECT count(*) FROM generation") == 0
    async with world.database.unit_of_work(world.epoch) as session:
        await world.ledger.credit(
            session, user_id=7, amount=Kopecks(1), source="payments:stars", key="one more kopeck"
        )
    assert isinstance(await world.service.submit(step, confirmation), Submitted)


@pytest.mark.proves("F46")
async def test_a_quote_that_ran_out_leads_to_a_new_card_and_never_to_a_charge(world: World) -> None:
    await world.person()
    confirmation = await world.confirmation(await world.draft(7))
    hour = "interval '1 hour'"
    await world.execute(
        f"UPDATE quote SET created_at = created_at - {hour}, expires_at = expires_at - {hour}"
    )
    outcome = await world.submit(confirmation)
    assert isinstance(outcome, Stale)
    assert outcome.card is not None
    assert outcome.card.quote.id != confirmation.quote_id
    assert (await world.balance()).held == 0


async def test_a_draft_that_changed_since_the_card_leads_to_a_new_card(world: World) -> None:
    await world.person()
    draft = await world.draft(7)
    confirmation = await world.confirmation(draft)
    answer = Answer("duration", "10")
    await world.drafts.answer(await world.next_step(), 7, draft.id, draft.revision, answer)
    outcome = await world.submit(confirmation)
    assert isinstance(outcome, Stale)
    assert outcome.card is not None
    assert outcome.card.quote.price == 2 * PRICE
    assert (await world.balance()).held == 0


async def test_nobody_submits_or_sees_the_draft_of_somebody_else(world: World) -> None:
    await world.person()
    await world.person(8)
    draft = await world.draft(7)
    confirmation = await world.confirmation(draft)
    foreign = type(confirmation)(8, draft.id, draft.revision, confirmation.quote_id, 8, 50)
    assert await world.submit(foreign) == Stale(None)
    assert await world.service.card(world.epoch, 8, draft.id) is None
    generation = await world.submitted(7)
    assert await world.service.get(8, generation.id) is None
    assert await world.service.history(8) == ()
    with pytest.raises(UnknownGenerationError):
        await world.service.cancel(await world.next_step(), 8, generation.id)


async def test_a_draft_with_an_open_question_has_no_card(world: World) -> None:
    await world.person()
    draft = await world.drafts.open(await world.next_step(), 7, (await world.draft(7)).model_key, {})
    assert await world.service.card(world.epoch, 7, draft.id) is None


@pytest.mark.proves("F52", "X4")
async def test_a_hundred_parallel_drafts_on_money_for_three_make_three_holds(
    database_url: str, database: Database, epoch: Epoch
) -> None:
    world = make_world(database_url, database, epoch, max_parallel=100)
    await world.person(cash=4 * PRICE - 1)
    outcomes = await all_at_once(world, await drafts_at_once(world, [7] * 100, CLIP))
    assert sum(isinstance(outcome, Submitted) for outcome in outcomes) == 3
    assert sum(isinstance(outcome, NotEnough) for outcome in outcomes) == 97
    balance = await world.balance()
    assert (balance.held, balance.free) == (3 * PRICE, PRICE - 1)
    assert await world.count("SELECT count(*) FROM generation") == 3
    assert await world.findings() == []


@pytest.mark.proves("F93", "S12")
async def test_parallel_submits_never_pass_the_limit_of_one_person(
    database_url: str, database: Database, epoch: Epoch
) -> None:
    world = make_world(database_url, database, epoch, max_parallel=3)
    await world.person()
    confirmations = []
    for _ in range(8):
        draft = await world.draft(7)
        confirmations.append(await world.confirmation(draft))
        # Only one draft is open at a time; opened again by hand, they can be submitted together.
    await world.execute("DROP INDEX uq_draft_user_id_open")
    await world.execute("UPDATE draft SET state = 'open', revision = 1")
    outcomes = await asyncio.gather(*(world.submit(confirmation) for confirmation in confirmations))
    assert sum(isinstance(outcome, Submitted) for outcome in outcomes) == 3
    assert outcomes.count(TooMany(3)) == 5
    assert (await world.balance()).held == 3 * PRICE


async def test_history_is_paged_from_the_newest(world: World) -> None:
    await world.person()
    ids = [(await world.submitted()).id for _ in range(5)]
    first = await world.service.history(7, limit=2)
    second = await world.service.history(7, before=first[-1].id, limit=10)
    assert [generation.id for generation in (*first, *second)] == ids[::-1]


@pytest.mark.proves("X23")
async def test_cancelling_before_the_provider_was_asked_gives_everything_back(world: World) -> None:
    await world.person()
    generation = await world.submitted()
    step = await world.next_step()
    cancelled = await world.service.cancel(step, 7, generation.id)
    assert cancelled.is_cancelled
    assert (await world.service.cancel(step, 7, generation.id)).is_cancelled
    balance = await world.balance()
    assert (balance.held, balance.free) == (0, 100_000)
    await world.starter.start(world.epoch, generation.id)
    assert world.provider.creations == []
    assert await world.findings() == []


async def test_cancelling_after_the_provider_was_asked_changes_nothing(world: World) -> None:
    await world.person()
    generation = await world.started()
    kept = await world.service.cancel(await world.next_step(), 7, generation.id)
    assert (kept.cancelled, kept.first.state) == (0, State.SUBMITTED)
    assert (await world.balance()).held == PRICE
