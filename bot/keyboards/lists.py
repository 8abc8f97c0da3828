"""The buttons of lists across all shelves, and of the search."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardMarkup

from app.catalogue import ModelSpec
from bot.callbacks import Go, ListKind, ListPage, Target
from bot.keyboards.models import model_rows, page_of
from bot.keyboards.rows import Row, button, keyboard, pages, to_menu
from bot.texts import Words


def list_keyboard(
    words: Words, kind: ListKind, models: Sequence[ModelSpec], page: int
) -> InlineKeyboardMarkup:
    """The models of a page, its arrows, a neighbour that helps further, and home."""
    shown, page, count = page_of(models, page)
    arrows = pages(
        words, page, count, (ListPage(kind=kind, page=page - 1), ListPage(kind=kind, page=page + 1))
    )
    return keyboard([*model_rows(shown, kind, page), *arrows, [*_beside(words, kind), to_menu(words)]])


def search_keyboard(words: Words) -> InlineKeyboardMarkup:
    """Who does not know what to look for looks at everything."""
    return keyboard([[button(words.plain("button-categories"), Go(to=Target.MODELS)), to_menu(words)]])


def _beside(words: Words, kind: ListKind) -> Row:
    if kind is ListKind.FAVOURITES:
        return [button(words.plain("button-recent"), ListPage(kind=ListKind.RECENT, page=0))]
    if kind is ListKind.RECENT:
        return [button(words.plain("button-favourites"), ListPage(kind=ListKind.FAVOURITES, page=0))]
    if kind is ListKind.FOUND:
        return [button(words.plain("button-search-again"), Go(to=Target.SEARCH))]
    return [button(words.plain("button-categories"), Go(to=Target.MODELS))]
