"""The buttons of the free tier."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardMarkup

from app.catalogue import ModelSpec
from bot.callbacks import Go, ListKind, ListPage, Target
from bot.keyboards.models import model_rows, page_of
from bot.keyboards.rows import button, keyboard, pages, to_menu
from bot.texts import Words


def free_keyboard(words: Words, models: Sequence[ModelSpec], page: int) -> InlineKeyboardMarkup:
    """The models of a page, its arrows, what else is free, and home."""
    shown, page, count = page_of(models, page)
    before, after = (ListPage(kind=ListKind.FREE, page=page + step) for step in (-1, 1))
    arrows = pages(words, page, count, (before, after))
    more = button(words.plain("button-help-free"), Go(to=Target.HELP_FREE))
    return keyboard([*model_rows(shown, ListKind.FREE, page), *arrows, [more], [to_menu(words)]])
