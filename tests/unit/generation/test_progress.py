"""The progress message: coalesced, and never in the way."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

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


def make() -> tuple[Progress, FakeNotifier, OwnClock]:
    clock, notifier = OwnClock(), FakeNotifier()
    return Progress(notifier, clock, Timings(progress_limit=0.2)), notifier, clock


async def test_a_stage_is_shown_once() -> None:
    progress, notifier, clock = make()
    for _ in range(5):
        await progress.show(GENERATION, Stage.SENT)
        clock.seconds += 10
    assert notifier.shown == [(1, Stage.SENT)]


async def test_changes_within_three_seconds_are_dropped_and_the_next_one_is_shown() -> None:
    progress, notifier, clock = make()
    await progress.show(GENERATION, Stage.SENT)
    clock.seconds += 2.9
    await progress.show(GENERATION, Stage.GENERATING)
    assert notifier.shown == [(1, Stage.SENT)]
    clock.seconds += 0.2
    await progress.show(GENERATION, Stage.GENERATING)
    assert notifier.shown[-1] == (1, Stage.GENERATING)


async def test_another_position_in_the_queue_is_news() -> None:
    progress, notifier, clock = make()
    for position in (4, 3, 3):
        await progress.show(replace(GENERATION, position=position), Stage.QUEUED)
        clock.seconds += 5
    assert len(notifier.shown) == 2


async def test_generations_do_not_hold_each_other_up() -> None:
    progress, notifier, _ = make()
    await progress.show(GENERATION, Stage.SENT)
    await progress.show(replace(GENERATION, id=2), Stage.SENT)
    assert notifier.shown == [(1, Stage.SENT), (2, Stage.SENT)]


async def test_a_refused_or_broken_progress_message_raises_nothing() -> None:
    for trouble in (TryLaterError(35), ValueError("defect")):
        progress, notifier, _ = make()
        notifier.progress_trouble = trouble
        await progress.show(GENERATION, Stage.SENT)
        assert notifier.shown == []


async def test_a_progress_message_that_hangs_is_given_up() -> None:
    class Hanging(FakeNotifier):
        async def progress(self, generation: Generation, stage: Stage) -> None:
            await asyncio.Event().wait()

    progress = Progress(Hanging(), OwnClock(), Timings(progress_limit=0.02))
    async with asyncio.timeout(5):
        await progress.show(GENERATION, Stage.SENT)


async def test_without_a_progress_message_nothing_is_sent() -> None:
    progress, notifier, _ = make()
    await progress.show(replace(GENERATION, progress_message_id=None), Stage.SENT)
    assert notifier.shown == []
