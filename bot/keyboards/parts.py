"""The buttons of a list of parts."""

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from app.catalogue import ModelSpec, Parameter, next_question
from app.users import Draft, elements_of
from bot.callbacks import AddPart, DraftAct, DropPart
from bot.keyboards.model import draft_tap
from bot.keyboards.rows import Row, button, in_rows, keyboard
from bot.keyboards.wizard import alternative_rows, back_and_cancel
from bot.questions import has_room
from bot.texts import Words


def parts_keyboard(
    words: Words, spec: ModelSpec, draft: Draft, parameter: Parameter, shown: int
) -> InlineKeyboardMarkup:
    """Add, take out one of the last `shown` elements, done."""
    count = len(elements_of(draft.answer_to(parameter.name)))
    drops = (_drop(words, draft, number) for number in range(max(count - shown, 0) + 1, count + 1))
    return keyboard(
        [
            _add(words, draft, parameter),
            *in_rows(drops, 3),
            _done(words, spec, draft, parameter),
            *alternative_rows(words, spec, draft, parameter),
            back_and_cancel(words, draft),
        ]
    )


def _add(words: Words, draft: Draft, parameter: Parameter) -> Row:
    if not has_room(parameter, draft):
        return []
    return [button(words.plain("button-part-add"), AddPart(draft=draft.id, revision=draft.revision))]


def _drop(words: Words, draft: Draft, number: int) -> InlineKeyboardButton:
    data = DropPart(draft=draft.id, revision=draft.revision, number=number)
    return button(words.plain("button-part-drop", number=number), data)


def _done(words: Words, spec: ModelSpec, draft: Draft, parameter: Parameter) -> Row:
    """Not where the list is what is asked for next: then it needs an element."""
    if next_question(spec, draft.inputs) == parameter:
        return []
    return [button(words.plain("button-files-done"), draft_tap(draft, DraftAct.DONE))]
