"""A shelf's buttons: models, eight to a page."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardMarkup

from app.catalogue import Category, ModelSpec
from bot.callbacks import Go, ModelTap, OfferPage, OfferTap, Shelf, Target
from bot.keyboards.menu import CATEGORY_KEYS
from bot.keyboards.rows import Row, button, in_rows, keyboard, pages, to_menu
from bot.texts import Words

PAGE_SIZE = 8

Item = TypeVar("Item")


def page_of(items: Sequence[Item], page: int) -> tuple[Sequence[Item], int, int]:
    """The items of a page, the page that exists nearest to the one asked for, and how many pages there are."""
    count = max(1, -(-len(items) // PAGE_SIZE))
    page = min(max(page, 0), count - 1)
    return items[page * PAGE_SIZE : (page + 1) * PAGE_SIZE], page, count


def shelf_keyboard(
    words: Words, category: Category, models: Sequence[ModelSpec], page: int
) -> InlineKeyboardMarkup:
    """One page of a category; a tap leads to the card."""
    shown, page, count = page_of(models, page)
    targets = (Shelf(category=category, page=page - 1), Shelf(category=category, page=page + 1))
    back = button(words.plain("button-categories"), Go(to=Target.MODELS))
    return keyboard([*_names(shown, _card_of), *pages(words, page, count, targets), [back, to_menu(words)]])


def offers_keyboard(words: Words, models: Sequence[ModelSpec], page: int) -> InlineKeyboardMarkup:
    """One page of the models offered for a text; a tap begins at once."""
    shown, page, count = page_of(models, page)
    targets = (OfferPage(page=page - 1), OfferPage(page=page + 1))
    return keyboard([*_names(shown, _offer_of), *pages(words, page, count, targets), [to_menu(words)]])


def categories_keyboard(words: Words, shelves: Sequence[Category]) -> InlineKeyboardMarkup:
    """Every shelf that has something on it."""
    buttons = (button(words.plain(CATEGORY_KEYS[it]), Shelf(category=it, page=0)) for it in shelves)
    return keyboard([*in_rows(buttons, 2), [to_menu(words)]])


def _names(models: Sequence[ModelSpec], data: Callable[[ModelSpec], CallbackData]) -> list[Row]:
    return [[button(spec.name, data(spec))] for spec in models]


def _card_of(spec: ModelSpec) -> CallbackData:
    return ModelTap(key=spec.key)


def _offer_of(spec: ModelSpec) -> CallbackData:
    return OfferTap(key=spec.key)
