"""Earlier results to choose an input from, newest first."""

from collections.abc import Sequence

from app.catalogue import Catalogue, ModelSpec, Parameter
from app.generation import Generation
from app.users import Draft
from bot.awaiting import DRAFT
from bot.inputs_text import prompt_of
from bot.keyboards.past_files import Choosable, nothing_keyboard, past_files_keyboard
from bot.texts import Markup, Words
from bot.view import View

PAGE_SIZE = 6
SHOWN_PROMPT = 80


def past_files_view(
    words: Words,
    catalogue: Catalogue,
    draft: Draft,
    parameter: Parameter,
    found: Sequence[Choosable],
    *,
    is_first: bool,
) -> View:
    """One page of what was found; one more than a page holds means that there are older ones."""
    shown = found[:PAGE_SIZE]
    arrows = [*([] if is_first else [0]), *([shown[-1].generation.id] if len(found) > PAGE_SIZE else [])]
    head = words("past-files", label=parameter.label.get(words.language))
    lines = [_line(words, catalogue, it.generation) for it in shown]
    buttons = past_files_keyboard(words, draft, shown, arrows)
    return View(Markup("\n\n".join([head, *lines])), buttons, DRAFT)


def nothing_view(words: Words, spec: ModelSpec, draft: Draft, makers: Sequence[ModelSpec]) -> View:
    """The model goes on from results that this person does not have: where they are made."""
    names = ", ".join(it.name for it in makers)
    text = words("past-results-none", model=spec.name, makers=names)
    return View(text, nothing_keyboard(words, draft, makers), DRAFT)


def _line(words: Words, catalogue: Catalogue, generation: Generation) -> Markup:
    spec = catalogue.get(generation.model_key)
    line = words(
        "past-files-line",
        number=str(generation.id),
        model=spec.name,
        moment=words.moment(generation.created_at),
        prompt=prompt_of(spec, generation.inputs, SHOWN_PROMPT),
    )
    return Markup(line.rstrip())
