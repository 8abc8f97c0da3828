"""Drafts: one change per event and revision, by the owner only, valid always, durable."""

import asyncio

import pytest

from app.catalogue import InvalidAnswerError, ModelKey, UnknownModelError
from app.db import Database, Epoch
from app.users import (
    Answer,
    ConsentService,
    Draft,
    DraftNotFoundError,
    DraftService,
    DraftState,
    UnknownUserError,
    User,
)
from tests.integration.users.steps import NextStep
from tests.unit.users.specs import CATALOGUE, CLIP, PICTURE

STRANGER = 666


@pytest.fixture
async def draft(drafts: DraftService, anna: User, next_step: NextStep) -> Draft:
    """Just opened, nothing answered."""
    return await drafts.open(await next_step(), anna.id, CLIP)


async def finished(drafts: DraftService, draft: Draft, next_step: NextStep) -> Draft:
    for answer in (Answer("prompt", "a cat"), Answer("duration", "5")):
        draft = await drafts.answer(await next_step(), draft.user_id, draft.id, draft.revision, answer)
    return draft


async def test_a_new_draft_asks_its_first_question(draft: Draft) -> None:
    assert draft == Draft(
        id=draft.id,
        user_id=7,
        model_key=CLIP,
        inputs={},
        revision=1,
        asking="prompt",
        state=DraftState.OPEN,
    )


async def test_answers_raise_the_revision_and_lead_to_the_card(
    drafts: DraftService, draft: Draft, next_step: NextStep
) -> None:
    card = await finished(drafts, draft, next_step)

    assert (card.inputs, card.asking, card.revision) == ({"prompt": "a cat", "duration": "5"}, None, 3)
    assert await drafts.current(7) == card


@pytest.mark.proves("F15")
async def test_a_draft_is_where_it_was_after_a_restart(
    drafts: DraftService, draft: Draft, next_step: NextStep, database_url: str
) -> None:
    answered = await drafts.answer(await next_step(), 7, draft.id, 1, Answer("prompt", "a cat"))
    other_process = Database(database_url, application_name="restarted", max_connections=1)

    found = await DraftService(other_process, CATALOGUE, ConsentService(other_process, version="1")).current(
        7
    )
    await other_process.close()

    assert found == answered


async def test_a_replayed_answer_is_applied_once(
    drafts: DraftService, draft: Draft, next_step: NextStep
) -> None:
    step = await next_step()
    first = await drafts.answer(step, 7, draft.id, 1, Answer("prompt", "a cat"))
    replayed = await drafts.answer(step, 7, draft.id, 1, Answer("prompt", "a cat"))
    # The same event must change nothing even where the revision would let it.
    forced = await drafts.answer(step, 7, draft.id, 2, Answer("prompt", "a dog"))

    assert first == replayed == forced


async def test_of_several_answers_to_one_revision_at_once_one_is_applied(
    drafts: DraftService, draft: Draft, next_step: NextStep
) -> None:
    steps = [await next_step() for _ in range(6)]
    prompts = [f"cat {number}" for number in range(6)]
    # The pool opens its connections when they are first needed, which would let the answers start one by one.
    await asyncio.gather(*(drafts.current(7) for _ in steps))

    answered = await asyncio.gather(
        *(
            drafts.answer(step, 7, draft.id, 1, Answer("prompt", prompt))
            for step, prompt in zip(steps, prompts, strict=True)
        )
    )

    now = await drafts.current(7)
    assert all(one == now for one in answered)


@pytest.mark.proves("F20")
async def test_a_button_of_an_older_revision_changes_nothing_and_shows_the_present_draft(
    drafts: DraftService, draft: Draft, next_step: NextStep
) -> None:
    now = await drafts.answer(await next_step(), 7, draft.id, 1, Answer("prompt", "a cat"))

    stale = [
        await drafts.answer(await next_step(), 7, draft.id, 1, Answer("prompt", "a dog")),
        await drafts.ask(await next_step(), 7, draft.id, 1, "seed"),
        await drafts.back(await next_step(), 7, draft.id, 1),
    ]

    assert stale == [now, now, now]


@pytest.mark.proves("F20")
async def test_nobody_reads_or_changes_the_draft_of_somebody_else(
    drafts: DraftService, draft: Draft, next_step: NextStep
) -> None:
    assert await drafts.get(STRANGER, draft.id) is None
    assert await drafts.current(STRANGER) is None
    with pytest.raises(DraftNotFoundError):
        await drafts.answer(await next_step(), STRANGER, draft.id, 1, Answer("prompt", "mine now"))
    with pytest.raises(DraftNotFoundError):
        await drafts.ask(await next_step(), STRANGER, draft.id, 1, None)
    with pytest.raises(DraftNotFoundError):
        await drafts.back(await next_step(), STRANGER, draft.id, 1)
    with pytest.raises(DraftNotFoundError):
        await drafts.abandon(await next_step(), STRANGER, draft.id)

    assert await drafts.get(7, draft.id) == draft


async def test_a_refused_value_leaves_the_draft_and_lets_the_event_be_answered_again(
    drafts: DraftService, draft: Draft, next_step: NextStep
) -> None:
    step = await next_step()
    with pytest.raises(InvalidAnswerError):
        await drafts.answer(step, 7, draft.id, 1, Answer("prompt", "x" * 21))
    assert await drafts.get(7, draft.id) == draft

    answered = await drafts.answer(step, 7, draft.id, 1, Answer("prompt", "short"))

    assert answered.inputs == {"prompt": "short"}


async def test_a_setting_is_asked_on_demand_and_its_answer_leads_back_to_the_card(
    drafts: DraftService, draft: Draft, next_step: NextStep
) -> None:
    card = await finished(drafts, draft, next_step)
    asking = await drafts.ask(await next_step(), 7, card.id, card.revision, "seed")
    answered = await drafts.answer(await next_step(), 7, card.id, asking.revision, Answer("seed", 3))

    assert asking.asking == "seed"
    assert (answered.asking, answered.inputs["seed"]) == (None, 3)


async def test_an_answer_that_changes_nothing_keeps_the_revision(
    drafts: DraftService, draft: Draft, next_step: NextStep
) -> None:
    card = await finished(drafts, draft, next_step)

    again = await drafts.answer(
        await next_step(), 7, card.id, card.revision, Answer("duration", card.inputs["duration"])
    )

    assert again == card


async def test_going_back_takes_the_last_answer_back(
    drafts: DraftService, draft: Draft, next_step: NextStep
) -> None:
    card = await finished(drafts, draft, next_step)
    before = await drafts.back(await next_step(), 7, card.id, card.revision)

    assert (before.inputs, before.asking, before.revision) == ({"prompt": "a cat"}, "duration", 4)


async def test_opening_another_draft_abandons_the_one_before(
    drafts: DraftService, draft: Draft, next_step: NextStep
) -> None:
    other = await drafts.open(await next_step(), 7, PICTURE)

    old = await drafts.get(7, draft.id)
    assert old is not None
    assert old.state is DraftState.ABANDONED
    assert await drafts.current(7) == other


async def test_a_replayed_opening_opens_nothing_more(
    drafts: DraftService, anna: User, next_step: NextStep
) -> None:
    step = await next_step()

    assert await drafts.open(step, 7, CLIP) == await drafts.open(step, 7, CLIP)


async def test_a_repeat_begins_with_the_inputs_that_are_still_valid(
    drafts: DraftService, anna: User, next_step: NextStep
) -> None:
    repeat = await drafts.open(await next_step(), 7, CLIP, {"prompt": "a cat", "duration": "7", "gone": 1})

    assert (repeat.inputs, repeat.asking) == ({"prompt": "a cat"}, "duration")


async def test_there_is_no_draft_of_an_unknown_model_or_by_an_unknown_person(
    drafts: DraftService, anna: User, next_step: NextStep
) -> None:
    with pytest.raises(UnknownModelError):
        await drafts.open(await next_step(), 7, ModelKey("nonsense"))
    with pytest.raises(UnknownUserError):
        await drafts.open(await next_step(), STRANGER, CLIP)


async def test_an_abandoned_draft_is_closed_for_good(
    drafts: DraftService, draft: Draft, next_step: NextStep
) -> None:
    await drafts.abandon(await next_step(), 7, draft.id)

    closed = await drafts.get(7, draft.id)
    assert closed is not None
    after = await drafts.answer(await next_step(), 7, draft.id, closed.revision, Answer("prompt", "a cat"))
    assert (after, after.state, after.asking) == (closed, DraftState.ABANDONED, None)
    assert await drafts.current(7) is None


async def test_a_draft_is_submitted_once_and_only_at_the_confirmed_revision(
    drafts: DraftService, draft: Draft, database: Database, epoch: Epoch
) -> None:
    async with database.unit_of_work(epoch) as session:
        other_revision = await drafts.mark_submitted(session, draft.id, 2)
        first = await drafts.mark_submitted(session, draft.id, 1)
        second = await drafts.mark_submitted(session, draft.id, 1)
        within = await drafts.read(session, 7, draft.id)

    assert (other_revision, first, second) == (False, True, False)
    assert within is not None
    assert within.state is DraftState.SUBMITTED
    assert await drafts.current(7) is None


async def test_a_submitted_draft_stays_submitted_when_another_is_opened(
    drafts: DraftService, draft: Draft, next_step: NextStep, database: Database, epoch: Epoch
) -> None:
    async with database.unit_of_work(epoch) as session:
        await drafts.mark_submitted(session, draft.id, 1)
    await drafts.open(await next_step(), 7, PICTURE)
    await drafts.abandon(await next_step(), 7, draft.id)

    old = await drafts.get(7, draft.id)
    assert old is not None
    assert old.state is DraftState.SUBMITTED
