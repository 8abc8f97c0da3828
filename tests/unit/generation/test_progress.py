"""The progress message: coalesced, and never in the way."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.catalogue import Modality, ModelKey
from app.generation import Generation, Progress, Stage, State, Timings, TryLaterError
from app.money import Kopecks
from tests.fakes import FakeNotifier

MOMENT = datetime(2026, 11, 1, tzinfo=UTC)
GENERATION = Generation(
    id=1,
    user_id=7,
    chat_id=7,
    draft_id=1,
    model_key=ModelKey("clip"),
    model_id="maker/clip",
    produces=Modality.VIDEO,
    inputs={},
    request={},
    language="ru",
    price=Kopecks(100),
    state=State.HELD,
    created_at=MOMENT,
    seen_at=MOMENT,
    progress_message_id=50,
)


class OwnClock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def now(self) -> datetime:
        return MOMENT

    def monotonic(self) -> float:
        return self.seconds


STATE_OF = {
    Stage.QUEUED: State.HELD,
    Stage.SENT: State.SUBMITTED,
    Stage.GENERATING: State.RUNNING,
    Stage.UPLOADING: State.FETCHING,
}


class Life:
    """Every generation is at these states, one look after the other; the last one stays."""

    def __init__(self, *states: State, message_id: int | None = 50) -> None:
        self.states = list(states)
        self.message_id = message_id

    async def look(self, generation_id: int) -> Generation | None:
        state = self.states.pop(0) if len(self.states) > 1 else self.states[0]
        return replace(GENERATION, id=generation_id, state=state, progress_message_id=self.message_id)


def make(life: Life) -> tuple[Progress, FakeNotifier, OwnClock]:
    clock, notifier = OwnClock(), FakeNotifier()
    return Progress(life, notifier, clock, Timings(progress_limit=0.2)), notifier, clock


async def test_a_stage_is_shown_once() -> None:
    progress, notifier, clock = make(Life(State.SUBMITTED))
    for _ in range(5):
        await progress.show(GENERATION, Stage.SENT)
        clock.seconds += 10
    assert notifier.shown == [(1, Stage.SENT)]


async def test_changes_within_three_seconds_are_dropped_and_the_next_one_is_shown() -> None:
    life = Life(State.SUBMITTED)
    progress, notifier, clock = make(life)
    await progress.show(GENERATION, Stage.SENT)
    life.states = [State.RUNNING]
    clock.seconds += 2.9
    await progress.show(GENERATION, Stage.GENERATING)
    assert notifier.shown == [(1, Stage.SENT)]
    clock.seconds += 0.2
    await progress.show(GENERATION, Stage.GENERATING)
    assert notifier.shown[-1] == (1, Stage.GENERATING)


async def test_another_position_in_the_queue_is_news() -> None:
    progress, notifier, clock = make(Life(State.HELD))
    for position in (4, 3, 3):
        await progress.show(replace(GENERATION, position=position), Stage.QUEUED)
        clock.seconds += 5
    assert len(notifier.shown) == 2


async def test_generations_do_not_hold_each_other_up() -> None:
    progress, notifier, _ = make(Life(State.SUBMITTED))
    await progress.show(GENERATION, Stage.SENT)
    await progress.show(replace(GENERATION, id=2, draft_id=2), Stage.SENT)
    assert notifier.shown == [(1, Stage.SENT), (2, Stage.SENT)]


async def test_a_refused_or_broken_progress_message_raises_nothing() -> None:
    for trouble in (TryLaterError(35), ValueError("defect")):
        progress, notifier, _ = make(Life(State.SUBMITTED))
        notifier.progress_trouble = trouble
        await progress.show(GENERATION, Stage.SENT)
        assert notifier.shown == []


async def test_a_progress_message_that_hangs_is_given_up() -> None:
    class Hanging(FakeNotifier):
        async def progress(self, generation: Generation, stage: Stage) -> None:
            await asyncio.Event().wait()

    progress = Progress(Life(State.SUBMITTED), Hanging(), OwnClock(), Timings(progress_limit=0.02))
    async with asyncio.timeout(60):
        await progress.show(GENERATION, Stage.SENT)


async def test_without_a_progress_message_nothing_is_sent() -> None:
    progress, notifier, _ = make(Life(State.SUBMITTED, message_id=None))
    await progress.show(GENERATION, Stage.SENT)
    assert notifier.shown == []


async def test_the_progress_is_drawn_in_the_message_that_it_stands_in_by_now() -> None:
    progress, notifier, _ = make(Life(State.SUBMITTED, message_id=51))
    await progress.show(GENERATION, Stage.SENT)
    assert notifier.drawn_in == [51]


@pytest.mark.parametrize(
    ("stage", "state"),
    [
        (Stage.QUEUED, State.CANCELLED),
        (Stage.QUEUED, State.FAILED),
        (Stage.SENT, State.RUNNING),
        (Stage.GENERATING, State.DELIVERED),
    ],
)
async def test_a_stage_that_is_over_by_now_is_not_shown(stage: Stage, state: State) -> None:
    progress, notifier, _ = make(Life(state))
    await progress.show(replace(GENERATION, state=STATE_OF[stage]), stage)
    assert notifier.shown == []


@pytest.mark.parametrize("end", [State.CANCELLED, State.DELIVERED])
async def test_an_end_that_comes_while_an_edit_is_on_its_way_has_the_last_word(end: State) -> None:
    progress, notifier, _ = make(Life(State.HELD, end))
    await progress.show(GENERATION, Stage.QUEUED)
    assert notifier.shown == [(1, Stage.QUEUED)]
    assert notifier.ended == [(50, end)]


async def test_an_edit_that_was_given_up_may_arrive_after_the_end_which_is_drawn_again() -> None:
    progress, notifier, _ = make(Life(State.HELD, State.CANCELLED))
    notifier.progress_trouble = TryLaterError(35)
    await progress.show(GENERATION, Stage.QUEUED)
    assert notifier.ended == [(50, State.CANCELLED)]


class Pair:
    """Two variants of one purchase, as one; a test moves them on."""

    def __init__(self, state: State, ready: int = 0) -> None:
        self.now = replace(GENERATION, state=state, variants=2, ready=ready)

    async def look(self, generation_id: int) -> Generation | None:
        return self.now


def variant(number: int) -> Generation:
    return replace(GENERATION, id=number, variant=number, variants=2)


async def test_variants_have_one_drawing_for_each_thing_that_is_new_of_all_of_them() -> None:
    pair, clock, notifier = Pair(State.SUBMITTED), OwnClock(), FakeNotifier()
    progress = Progress(pair, notifier, clock, Timings())
    for state, ready, stage in (
        (State.SUBMITTED, 0, Stage.SENT),
        (State.RUNNING, 0, Stage.GENERATING),
        (State.RUNNING, 1, Stage.GENERATING),
    ):
        clock.seconds += 10
        pair.now = replace(pair.now, state=state, ready=ready)
        for number in (1, 2, 1, 2):
            await progress.show(variant(number), stage)
    assert notifier.shown == [(1, Stage.SENT), (1, Stage.GENERATING), (1, Stage.GENERATING)]
    assert notifier.ended == []


async def test_variants_that_end_at_once_are_said_to_have_ended_once_however_soon() -> None:
    pair, clock, notifier = Pair(State.RUNNING), OwnClock(), FakeNotifier()
    progress = Progress(pair, notifier, clock, Timings())
    await progress.show(variant(1), Stage.GENERATING)
    pair.now = replace(pair.now, state=State.DELIVERED, ready=2)
    await asyncio.gather(*(progress.end(variant(number)) for number in (1, 2)))
    assert notifier.ended == [(50, State.DELIVERED)]


async def test_a_later_variant_does_not_tell_its_place_in_the_queue() -> None:
    pair, notifier = Pair(State.HELD), FakeNotifier()
    progress = Progress(pair, notifier, OwnClock(), Timings(progress_interval=0.0))
    await progress.show(replace(variant(2), position=9), Stage.QUEUED)
    await progress.show(replace(variant(1), position=8), Stage.QUEUED)
    assert notifier.places == [None, 8]
