"""The shelves, their families, and the models offered for a text; eight to a page."""

from app.catalogue import Category, ModelSpec
from app.generation import Standing
from app.offers import Offers, Showcase
from bot.callbacks import FamilyPage, family_digest
from bot.families import Entry, FamilyGroup, entries_of, place_of
from bot.keyboards.menu import CATEGORY_KEYS
from bot.keyboards.models import (
    PAGE_SIZE,
    categories_keyboard,
    family_keyboard,
    offers_keyboard,
    page_of,
    shelf_keyboard,
)
from bot.questions import takes_text_alone
from bot.texts import Markup, Words
from bot.view import View
from bot.views.lines import closed_lines, model_lines, offer_lines

ALL_WELL = Standing()
"""Every model is sold."""


def categories_view(words: Words, offers: Offers) -> View:
    """Every category with the number of its models."""
    counts = [(category, len(offers.for_sale(category))) for category in Category]
    return View(words("categories", models=len(offers.for_sale())), categories_keyboard(words, counts))


def shelf_view(
    words: Words, offers: Offers, category: Category, page: int, standing: Standing = ALL_WELL
) -> View:
    """One page (from 0) of a shelf, each model with what it is for; an empty shelf says so."""
    entries = entries_of(offers.for_sale(category))
    shown, _, _ = page_of(entries, page)
    title = words("shelf", category=words.plain(CATEGORY_KEYS[category]), models=len(entries))
    lines = [line for entry in shown for line in _lines(words, offers, entry, standing)]
    return View(
        Markup("\n".join([title, *closed_lines(words, standing), *([""] if lines else []), *lines])),
        shelf_keyboard(words, category, entries, page),
    )


def family_view(words: Words, offers: Offers, tapped: FamilyPage, standing: Standing = ALL_WELL) -> View:
    """One page of a family, named by its digest; the shelf where there is no such family (any more)."""
    category, page = tapped.category, tapped.page
    for place, entry in enumerate(entries_of(offers.for_sale(category))):
        if isinstance(entry, FamilyGroup) and family_digest(entry.family) == tapped.family:
            shown, _, _ = page_of(entry.models, page)
            title = [words("family", family=entry.family), *closed_lines(words, standing), Markup("")]
            lines = [*title, *model_lines(words, offers, shown, standing)]
            buttons = family_keyboard(words, category, entry, page, place // PAGE_SIZE)
            return View(Markup("\n".join(lines)), buttons)
    return shelf_view(words, offers, category, 0, standing)


def offers_view(words: Words, offers: Offers, showcase: Showcase, page: int) -> View:
    """One page (from 0) of the models that make something of a text alone: the best, then all, shelf by shelf."""
    takers = (spec for shelf in Category for spec in offers.for_sale(shelf) if takes_text_alone(spec))
    models = showcase.best_first(takers)
    shown, _, _ = page_of(models, page)
    text = Markup("\n".join([words("offers"), *offer_lines(words, offers, shown)]))
    return View(text, offers_keyboard(words, models, page))


def page_with(offers: Offers, category: Category, key: str) -> int:
    """The page of the shelf on which a model stands; 0 when it is not for sale any more."""
    return place_of(entries_of(offers.for_sale(category)), key) // PAGE_SIZE


def _lines(words: Words, offers: Offers, entry: Entry, standing: Standing) -> list[Markup]:
    if isinstance(entry, FamilyGroup):
        return [words("family-line", family=entry.family, models=len(entry.models))]
    specs: tuple[ModelSpec, ...] = (entry,)
    return model_lines(words, offers, specs, standing)
