"""The buttons to choose an earlier result as an input."""

from collections.abc import Sequence
from dataclasses import dataclass

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from app.catalogue import ModelSpec, Parameter, ParameterKind
from app.generation import Generation
from app.users import Draft
from bot.callbacks import DraftAct, ModelTap, PastFiles, TakeFile
from bot.keyboards.model import draft_tap
from bot.keyboards.rows import Row, button, in_rows, keyboard, listed
from bot.texts import Words


@dataclass(frozen=True)
class Choosable:
    """A generation, and the places of those of its files (from 1) that go in."""

    generation: Generation
    places: Sequence[int]


def past_files_row(words: Words, draft: Draft, parameter: Parameter) -> Row:
    """The way there, below a question for files."""
    if parameter.media is None and parameter.kind is not ParameterKind.RESULT:
        return []
    data = PastFiles(draft=draft.id, revision=draft.revision, before=0)
    return [button(words.plain("button-past-files"), data)]


def past_files_keyboard(
    words: Words, draft: Draft, shown: Sequence[Choosable], arrows: Sequence[int]
) -> InlineKeyboardMarkup:
    """A button for each file that the question is for; `arrows`: the ids before which other pages begin, 0 = newest."""
    files = (it for choosable in shown for it in _files(words, draft, choosable))
    ways = [_arrow(words, draft, it) for it in arrows]
    back = button(words.plain("button-back"), draft_tap(draft, DraftAct.RESUME))
    return keyboard([*in_rows(files, 3), ways, [back]])


def nothing_keyboard(words: Words, draft: Draft, makers: Sequence[ModelSpec]) -> InlineKeyboardMarkup:
    """To the models whose results are wanted, and back to the question."""
    back = button(words.plain("button-back"), draft_tap(draft, DraftAct.RESUME))
    return keyboard([*listed(button(it.name, ModelTap(key=it.key)) for it in makers), [back]])


def _files(words: Words, draft: Draft, choosable: Choosable) -> Sequence[InlineKeyboardButton]:
    generation = choosable.generation
    key = "button-past-file" if len(choosable.places) == 1 else "button-past-file-of"
    return [
        button(
            words.plain(key, number=str(generation.id), place=str(place)),
            TakeFile(draft=draft.id, revision=draft.revision, generation=generation.id, number=place),
        )
        for place in choosable.places
    ]


def _arrow(words: Words, draft: Draft, before: int) -> InlineKeyboardButton:
    data = PastFiles(draft=draft.id, revision=draft.revision, before=before)
    return button(words.plain("button-older" if before else "button-newest"), data)
