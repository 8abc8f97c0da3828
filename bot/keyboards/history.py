"""The buttons of History."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from app.catalogue import Catalogue
from app.generation import Generation
from bot.callbacks import GenerationAct, GenerationTap, HistoryPage
from bot.keyboards.rows import Row, button, keyboard, to_menu
from bot.texts import Words


def history_keyboard(
    words: Words, catalogue: Catalogue, shown: Sequence[Generation], *, has_more: bool, is_first: bool
) -> InlineKeyboardMarkup:
    """One button per generation whose result is kept; then the way to older ones."""
    rows = [[_again(words, catalogue, it)] for it in shown if it.results]
    arrows: Row = []
    if not is_first:
        arrows.append(button(words.plain("button-newest"), HistoryPage(before=0)))
    if has_more:
        arrows.append(button(words.plain("button-older"), HistoryPage(before=shown[-1].id)))
    return keyboard([*rows, arrows, [to_menu(words)]])


def _again(words: Words, catalogue: Catalogue, generation: Generation) -> InlineKeyboardButton:
    name = catalogue.get(generation.model_key).name
    data = GenerationTap(generation=generation.id, act=GenerationAct.SHOW)
    return button(words.plain("button-show", number=str(generation.id), model=name), data)
