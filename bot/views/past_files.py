"""Earlier results to choose an input from, newest first."""

from collections.abc import Sequence

from app.catalogue import Catalogue, Parameter
from app.generation import Generation
from app.users import Draft
from bot.awaiting import DRAFT
from bot.inputs_text import prompt_of
from bot.keyboards.past_files import past_files_keyboard
from bot.texts import Markup, Words
from bot.view import View

PAGE_SIZE = 6
SHOWN_PROMPT = 80


def past_files_view(
    words: Words,
    catalogue: Catalogue,
    draft: Draft,
    parameter: Parameter,
    found: Sequence[Generation],
    *,
    is_first: bool,
) -> View:
    """One page of what was found; one more than a page holds means that there are older ones."""
    shown = found[:PAGE_SIZE]
    arrows = [*([] if is_first else [0]), *([shown[-1].id] if len(found) > PAGE_SIZE else [])]
    head = words("past-files", label=parameter.label.get(words.language))
    lines = [_line(words, catalogue, it) for it in shown]
    buttons = past_files_keyboard(words, draft, parameter, shown, arrows)
    return View(Markup("\n\n".join([head, *lines])), buttons, DRAFT)


def _line(words: Words, catalogue: Catalogue, generation: Generation) -> Markup:
    spec = catalogue.get(generation.model_key)
    return words(
        "past-files-line",
        number=str(generation.id),
        model=spec.name,
        moment=words.moment(generation.created_at),
        prompt=prompt_of(spec, generation.inputs, SHOWN_PROMPT),
    )
