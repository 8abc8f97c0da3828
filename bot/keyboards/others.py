"""The models that take what another one was asked for."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardMarkup

from app.catalogue import ModelSpec
from app.generation import Generation
from bot.callbacks import Shelf
from bot.keyboards.models import page_of
from bot.keyboards.rows import button, keyboard, listed, pages, to_menu
from bot.result_callbacks import OtherPage, OtherTap
from bot.texts import Words


def others_keyboard(
    words: Words, source: ModelSpec, generation: Generation, models: Sequence[ModelSpec], page: int
) -> InlineKeyboardMarkup:
    """One page of them; below, the whole shelf."""
    shown, page, count = page_of(models, page)
    before, after = (OtherPage(generation=generation.id, page=max(page + step, 0)) for step in (-1, 1))
    names = listed(button(it.name, OtherTap(key=it.key, generation=generation.id)) for it in shown)
    shelf = button(words.plain("button-whole-shelf"), Shelf(category=source.category, page=0))
    return keyboard([*names, *pages(words, page, count, (before, after)), [shelf, to_menu(words)]])
