"""A generation on its way: one message that moves through the stages."""

from types import MappingProxyType

from app.catalogue import ModelSpec
from app.generation import Generation, Stage, State
from app.money import Kopecks
from bot.keyboards.progress import cancelled_keyboard, queued_keyboard
from bot.texts import Markup, Words
from bot.view import View
from bot.views.lines import pace_text

STAGE_KEYS = MappingProxyType(
    {
        Stage.QUEUED: "stage-queued",
        Stage.SENT: "stage-sent",
        Stage.GENERATING: "stage-generating",
        Stage.UPLOADING: "stage-uploading",
    }
)


def progress_view(words: Words, spec: ModelSpec, generation: Generation, stage: Stage, elapsed: int) -> View:
    """The stage, the position while it waits, `elapsed` seconds and how long it usually takes."""
    lines = [
        words("progress-title", number=str(generation.id), model=spec.name),
        words(STAGE_KEYS[stage]),
        *_position(words, generation, stage),
        *_ready(words, generation),
        *_elapsed(words, elapsed),
        *_expected(words, generation),
    ]
    can_cancel = stage is Stage.QUEUED and generation.state is State.HELD
    return View(Markup("\n".join(lines)), queued_keyboard(words, generation) if can_cancel else None)


def done_view(words: Words, spec: ModelSpec, generation: Generation, elapsed: int) -> View:
    """The end of the progress; the result stands below it."""
    text = words("progress-done", number=str(generation.id), model=spec.name, time=words.duration(elapsed))
    return View(Markup("\n".join([text, *_ready(words, generation)])))


def cancelled_view(words: Words, spec: ModelSpec, generation: Generation) -> View:
    """Cancelled before it was sent: everything came back."""
    text = words(
        "progress-cancelled-free" if generation.is_free else "progress-cancelled",
        number=str(generation.id),
        model=spec.name,
        returned=words.money(Kopecks(generation.price * generation.variants)),
    )
    return View(text, cancelled_keyboard(words, generation))


def _position(words: Words, generation: Generation, stage: Stage) -> list[Markup]:
    if stage is not Stage.QUEUED or not generation.position:
        return []
    return [words("progress-position", ahead=generation.position)]


def _ready(words: Words, generation: Generation) -> list[Markup]:
    """How many of several variants are there."""
    if generation.variants == 1:
        return []
    return [words("progress-ready", ready=generation.ready, variants=generation.variants)]


def _elapsed(words: Words, elapsed: int) -> list[Markup]:
    return [words("progress-elapsed", time=words.duration(elapsed))] if elapsed > 0 else []


def _expected(words: Words, generation: Generation) -> list[Markup]:
    if generation.usual_seconds is None:
        return []
    time = pace_text(words, generation.usual_seconds, generation.slow_seconds)
    return [words("progress-expected", time=time)]
