"""The buttons of History."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from app.generation import Generation
from bot.callbacks import GenerationAct, GenerationTap, HistoryPage
from bot.keyboards.rows import Row, button, keyboard, to_menu
from bot.texts import Words


def history_keyboard(
    words: Words, shown: Sequence[Generation], *, has_more: bool, is_first: bool
) -> InlineKeyboardMarkup:
    """Per generation its result and the original, if there are, and the same once more; then the way to older ones."""
    rows = [[*_result(words, it), _repeat(words, it)] for it in shown]
    arrows: Row = []
    if not is_first:
        arrows.append(button(words.plain("button-newest"), HistoryPage(before=0)))
    if has_more:
        arrows.append(button(words.plain("button-older"), HistoryPage(before=shown[-1].id)))
    return keyboard([*rows, arrows, [to_menu(words)]])


def _result(words: Words, generation: Generation) -> Row:
    if not generation.results:
        return []
    number = str(generation.id)
    show = GenerationTap(generation=generation.id, act=GenerationAct.SHOW)
    original = GenerationTap(generation=generation.id, act=GenerationAct.ORIGINAL)
    return [
        button(words.plain("button-show", number=number), show),
        button(words.plain("button-original-number", number=number), original),
    ]


def _repeat(words: Words, generation: Generation) -> InlineKeyboardButton:
    data = GenerationTap(generation=generation.id, act=GenerationAct.AGAIN)
    return button(words.plain("button-repeat-number", number=str(generation.id)), data)
