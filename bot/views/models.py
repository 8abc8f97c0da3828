"""The shelves, and the models offered for a text; eight to a page."""

from collections.abc import Sequence

from app.catalogue import Category, ModelSpec
from app.offers import Offers
from bot.keyboards.menu import CATEGORY_KEYS
from bot.keyboards.models import PAGE_SIZE, categories_keyboard, offers_keyboard, page_of, shelf_keyboard
from bot.questions import takes_text_alone
from bot.texts import Markup, Words
from bot.view import View
from bot.views.menu import shelves


def categories_view(words: Words, offers: Offers) -> View:
    """Every shelf that has something on it."""
    text = words("categories", models=len(offers.for_sale()))
    return View(text, categories_keyboard(words, shelves(offers)))


def shelf_view(words: Words, offers: Offers, category: Category, page: int) -> View:
    """One page (from 0) of a shelf, each model with what it is for."""
    models = offers.for_sale(category)
    title = words("shelf", category=words.plain(CATEGORY_KEYS[category]), models=len(models))
    text = Markup("\n".join([title, *_lines(words, models, page)]))
    return View(text, shelf_keyboard(words, category, models, page))


def offers_view(words: Words, offers: Offers, page: int) -> View:
    """One page (from 0) of the models that make something of a text alone, shelf by shelf."""
    models = [spec for shelf in Category for spec in offers.for_sale(shelf) if takes_text_alone(spec)]
    text = Markup("\n".join([words("offers"), *_lines(words, models, page)]))
    return View(text, offers_keyboard(words, models, page))


def page_with(offers: Offers, category: Category, key: str) -> int:
    """The page of the shelf on which a model stands; 0 when it is not for sale any more."""
    keys = [spec.key for spec in offers.for_sale(category)]
    return next((place // PAGE_SIZE for place, it in enumerate(keys) if it == key), 0)


def _lines(words: Words, models: Sequence[ModelSpec], page: int) -> list[Markup]:
    shown, _, _ = page_of(models, page)
    language = words.language
    return [
        words("shelf-line", model=spec.name, description=spec.description.get(language)) for spec in shown
    ]
