"""The buttons to choose an earlier result as an input."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from app.catalogue import Parameter
from app.generation import Generation
from app.users import Draft
from bot.callbacks import DraftAct, PastFiles, TakeFile
from bot.keyboards.model import draft_tap
from bot.keyboards.rows import Row, button, in_rows, keyboard
from bot.texts import Words


def past_files_row(words: Words, draft: Draft, parameter: Parameter) -> Row:
    """The way there, below a question for files."""
    if parameter.media is None:
        return []
    data = PastFiles(draft=draft.id, revision=draft.revision, before=0)
    return [button(words.plain("button-past-files"), data)]


def past_files_keyboard(
    words: Words, draft: Draft, parameter: Parameter, shown: Sequence[Generation], arrows: Sequence[int]
) -> InlineKeyboardMarkup:
    """A button for each file that the question is for; `arrows`: the ids before which other pages begin, 0 = newest."""
    files = (it for generation in shown for it in _files(words, draft, parameter, generation))
    ways = [_arrow(words, draft, it) for it in arrows]
    back = button(words.plain("button-back"), draft_tap(draft, DraftAct.RESUME))
    return keyboard([*in_rows(files, 3), ways, [back]])


def _files(
    words: Words, draft: Draft, parameter: Parameter, generation: Generation
) -> Sequence[InlineKeyboardButton]:
    kind = None if parameter.media is None else parameter.media.kind
    places = [place for place, it in enumerate(generation.results, start=1) if it.kind is kind]
    key = "button-past-file" if len(places) == 1 else "button-past-file-of"
    return [
        button(
            words.plain(key, number=str(generation.id), place=str(place)),
            TakeFile(draft=draft.id, revision=draft.revision, generation=generation.id, number=place),
        )
        for place in places
    ]


def _arrow(words: Words, draft: Draft, before: int) -> InlineKeyboardButton:
    data = PastFiles(draft=draft.id, revision=draft.revision, before=before)
    return button(words.plain("button-older" if before else "button-newest"), data)
