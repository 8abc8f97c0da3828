"""A list of parts (shots, heroes, lines of a dialogue): what is in it, and what can still be added."""

from collections.abc import Iterator

from app.catalogue import ModelSpec, Parameter, ParameterKind, together
from app.users import Draft
from bot.awaiting import DRAFT
from bot.inputs_text import answered_lines, element_texts
from bot.keyboards.parts import parts_keyboard
from bot.questions import has_room, new_element
from bot.texts import Markup, Words
from bot.view import View

SHOWN = 12
"""The last elements of a long list: what a phone shows without scrolling away from the buttons."""


def parts_view(words: Words, spec: ModelSpec, draft: Draft, parameter: Parameter) -> View:
    """The elements so far, the newest last, and the limits."""
    lines = [
        words("question-title", model=spec.name),
        *answered_lines(words, spec, draft.inputs, but=parameter),
        "",
        words("question", label=parameter.label.get(words.language)),
        *(
            []
            if parameter.help is None
            else [words("question-help", text=parameter.help.get(words.language))]
        ),
        *_elements(words, draft, parameter),
        *_limits(words, spec, draft, parameter),
    ]
    return View(Markup("\n".join(lines)), parts_keyboard(words, spec, draft, parameter, SHOWN), DRAFT)


def _elements(words: Words, draft: Draft, parameter: Parameter) -> Iterator[Markup]:
    texts = element_texts(words, parameter, draft.answer_to(parameter.name))
    hidden = max(len(texts) - SHOWN, 0)
    if not texts:
        yield words("parts-none")
    if hidden:
        yield words("parts-before", count=hidden)
    for number, text in enumerate(texts[hidden:], start=hidden + 1):
        yield words("parts-line", number=number, text=text)


def _limits(words: Words, spec: ModelSpec, draft: Draft, parameter: Parameter) -> Iterator[Markup]:
    for sum_ in together(spec, draft.inputs, parameter.name):
        label = sum_.part.label.get(words.language)
        yield words("parts-together", label=label, sum=f"{sum_.amount:f}", total=f"{sum_.whole:f}")
    if parameter.max_parts is not None:
        yield words("parts-most", most=parameter.max_parts)
    text = new_element(spec, draft, parameter, ParameterKind.TEXT)
    if text is not None and has_room(parameter, draft):
        yield words("parts-write", label=text.label.get(words.language))
