"""A shelf's buttons: models, or families where a shelf is long; eight to a page."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from app.catalogue import Category, ModelSpec
from bot.callbacks import (
    FamilyPage,
    Go,
    ListKind,
    ListPage,
    ModelTap,
    OfferPage,
    OfferTap,
    Shelf,
    Target,
    family_digest,
)
from bot.families import Entry, FamilyGroup
from bot.keyboards.menu import CATEGORY_KEYS
from bot.keyboards.rows import Row, button, keyboard, listed, pages, to_menu
from bot.texts import Words

PAGE_SIZE = 8

Item = TypeVar("Item")


def page_of(items: Sequence[Item], page: int) -> tuple[Sequence[Item], int, int]:
    """The items of a page, the page that exists nearest to the one asked for, and how many pages there are."""
    count = max(1, -(-len(items) // PAGE_SIZE))
    page = min(max(page, 0), count - 1)
    return items[page * PAGE_SIZE : (page + 1) * PAGE_SIZE], page, count


def model_rows(models: Iterable[ModelSpec], kind: ListKind, page: int) -> list[Row]:
    """A button per model; its card knows the way back to this page."""
    return listed(_card(spec, kind, page) for spec in models)


def shelf_keyboard(
    words: Words, category: Category, entries: Sequence[Entry], page: int
) -> InlineKeyboardMarkup:
    """One page of a category; a tap leads to the card, or to the family."""
    shown, page, count = page_of(entries, page)
    targets = (Shelf(category=category, page=page - 1), Shelf(category=category, page=page + 1))
    rows = listed(_entry(words, category, entry, page) for entry in shown)
    back = button(words.plain("button-categories"), Go(to=Target.MODELS))
    return keyboard([*rows, *pages(words, page, count, targets), [back, to_menu(words)]])


def family_keyboard(
    words: Words, category: Category, group: FamilyGroup, page: int, shelf_page: int
) -> InlineKeyboardMarkup:
    """One page of a family, and the way back to its place on the shelf."""
    shown, page, count = page_of(group.models, page)
    digest = family_digest(group.family)
    before, after = (FamilyPage(category=category, family=digest, page=page + step) for step in (-1, 1))
    back = button(words.plain("button-back"), Shelf(category=category, page=shelf_page))
    arrows = pages(words, page, count, (before, after))
    return keyboard([*model_rows(shown, ListKind.FAMILY, page), *arrows, [back, to_menu(words)]])


def offers_keyboard(words: Words, models: Sequence[ModelSpec], page: int) -> InlineKeyboardMarkup:
    """One page of the models offered for a text; a tap begins at once."""
    shown, page, count = page_of(models, page)
    targets = (OfferPage(page=page - 1), OfferPage(page=page + 1))
    rows = listed(button(spec.name, OfferTap(key=spec.key)) for spec in shown)
    return keyboard([*rows, *pages(words, page, count, targets), [to_menu(words)]])


def categories_keyboard(words: Words, counts: Sequence[tuple[Category, int]]) -> InlineKeyboardMarkup:
    """Every category with the number of its models, and all models by name."""
    buttons = (
        button(
            words.plain("button-category", category=words.plain(CATEGORY_KEYS[it]), models=count),
            Shelf(category=it, page=0),
        )
        for it, count in counts
    )
    everything = button(words.plain("button-all-models"), ListPage(kind=ListKind.ALL, page=0))
    return keyboard([*listed(buttons), [everything], [to_menu(words)]])


def _entry(words: Words, category: Category, entry: Entry, page: int) -> InlineKeyboardButton:
    if isinstance(entry, FamilyGroup):
        label = words.plain("button-family", family=entry.family, models=len(entry.models))
        return button(label, FamilyPage(category=category, family=family_digest(entry.family), page=0))
    return _card(entry, ListKind.SHELF, page)


def _card(spec: ModelSpec, kind: ListKind, page: int) -> InlineKeyboardButton:
    return button(spec.name, ModelTap(key=spec.key, kind=kind, page=page))
