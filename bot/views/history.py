"""What was made, newest first."""

from collections.abc import Sequence
from types import MappingProxyType

from app.catalogue import Catalogue
from app.generation import Generation, State
from bot.inputs_text import prompt_of
from bot.keyboards.history import history_keyboard
from bot.texts import Markup, Words
from bot.view import View
from bot.views.lines import price_text
from bot.views.result import parent_line

PAGE_SIZE = 5
SHOWN_PROMPT = 80

STATE_KEYS = MappingProxyType(
    {
        State.HELD: "state-waiting",
        State.SUBMITTING: "state-waiting",
        State.SUBMITTED: "state-running",
        State.RUNNING: "state-running",
        State.FETCHING: "state-running",
        State.CAPTURED: "state-done",
        State.DELIVERED: "state-done",
        State.KEPT: "state-done",
        State.CANCELLED: "state-cancelled",
        State.FAILED: "state-failed",
        State.LATE: "state-late",
        State.REFUNDED: "state-refunded",
    }
)


def history_view(words: Words, catalogue: Catalogue, found: Sequence[Generation], *, is_first: bool) -> View:
    """One page of what was found; one more than a page holds means that there are older ones."""
    shown = found[:PAGE_SIZE]
    has_more = len(found) > PAGE_SIZE
    buttons = history_keyboard(words, shown, has_more=has_more, is_first=is_first)
    if not shown:
        return View(words("history-empty"), buttons)
    lines = [_line(words, catalogue, generation) for generation in shown]
    return View(Markup("\n\n".join([words("history"), *lines])), buttons)


def _line(words: Words, catalogue: Catalogue, generation: Generation) -> Markup:
    spec = catalogue.get(generation.model_key)
    line = words(
        "history-line",
        number=str(generation.id),
        model=spec.name,
        price=price_text(words, generation.price),
        moment=words.moment(generation.created_at),
        state=words.plain(STATE_KEYS[generation.state]),
        prompt=prompt_of(spec, generation.inputs, SHOWN_PROMPT),
    )
    return Markup("\n".join([line, *parent_line(words, generation)]))
