"""Lists of models across all shelves, eight to a page."""

from collections.abc import Sequence
from types import MappingProxyType

from app.catalogue import ModelSpec
from app.generation import Standing
from app.offers import Offers
from bot.awaiting import SEARCH
from bot.callbacks import ListKind
from bot.keyboards.lists import list_keyboard, search_keyboard
from bot.keyboards.models import page_of
from bot.texts import Markup, Words
from bot.view import View
from bot.views.lines import closed_lines, model_lines

TITLE_KEYS = MappingProxyType(
    {
        ListKind.BEST: "list-best",
        ListKind.TRENDING: "list-trending",
        ListKind.FAVOURITES: "list-favourites",
        ListKind.RECENT: "list-recent",
        ListKind.ALL: "list-all",
        ListKind.FOUND: "list-found",
    }
)

EMPTY_KEYS = MappingProxyType(
    {
        ListKind.BEST: "list-best-empty",
        ListKind.TRENDING: "list-trending-empty",
        ListKind.FAVOURITES: "list-favourites-empty",
        ListKind.RECENT: "list-recent-empty",
        ListKind.ALL: "list-all-empty",
        ListKind.FOUND: "list-found-empty",
    }
)


def list_view(
    words: Words, offers: Offers, kind: ListKind, models: Sequence[ModelSpec], page: int, standing: Standing
) -> View:
    """One page of a list, or honest words where it is empty."""
    shown, _, _ = page_of(models, page)
    lines = model_lines(words, offers, shown, standing) if shown else [words(EMPTY_KEYS[kind])]
    text = Markup("\n".join([words(TITLE_KEYS[kind]), *closed_lines(words, standing), "", *lines]))
    awaits = SEARCH if kind is ListKind.FOUND else None
    return View(text, list_keyboard(words, kind, models, page), awaits)


def search_view(words: Words) -> View:
    """What can be typed to find a model."""
    return View(words("search"), search_keyboard(words), SEARCH)
