"""Every model can be reached by taps alone, whatever their number."""

from dataclasses import replace

import pytest

from app.catalogue import Catalogue, Category, ModelKey, ModelSpec
from app.clock import SystemClock
from app.offers import Offers
from bot.callbacks import ModelTap, OfferTap, Shelf
from bot.keyboards.models import PAGE_SIZE
from bot.questions import takes_text_alone
from bot.texts import TEXT_LIMIT, Words, load_texts, plain_text
from bot.view import View
from bot.views.menu import shelves
from bot.views.models import offers_view, page_with, shelf_view
from tests.unit.bot.house import RATES, real_catalogue

WORDS = load_texts().for_language("ru")


def many(count: int) -> tuple[Offers, tuple[ModelSpec, ...]]:
    """Offers of `count` models on one shelf."""
    base = real_catalogue().get("z-image")
    models = tuple(replace(base, key=ModelKey(f"m-{n}"), name=f"Model {n}") for n in range(count))
    return Offers(Catalogue(models), RATES, SystemClock()), models


def keys_on(view: View) -> list[str]:
    """The models behind the buttons of a screen."""
    data = [
        it.callback_data or ""
        for row in (view.keyboard.inline_keyboard if view.keyboard else [])
        for it in row
    ]
    return [
        it.partition(":")[2] for it in data if it.startswith((ModelTap.__prefix__, OfferTap.__prefix__ + ":"))
    ]


def walked(words: Words, offers: Offers) -> list[str]:
    """The models met by tapping through all pages of the shelf."""
    met: list[str] = []
    view = shelf_view(words, offers, Category.PICTURES, 0)
    while True:
        assert len(keys_on(view)) <= PAGE_SIZE
        assert len(plain_text(view.text)) <= TEXT_LIMIT
        met += keys_on(view)
        rows = view.keyboard.inline_keyboard if view.keyboard else []
        onwards = [it.callback_data for row in rows for it in row if it.text.endswith("→")]
        if not onwards:
            return met
        view = shelf_view(words, offers, Category.PICTURES, Shelf.unpack(onwards[0] or "").page)


@pytest.mark.proves("F24", "F35")
@pytest.mark.parametrize("count", [1, 7, 8, 9, 16, 17, 72])
def test_walking_every_page_meets_every_model_once(count: int) -> None:
    offers, models = many(count)
    assert walked(WORDS, offers) == [it.key for it in models]


def test_a_page_that_does_not_exist_shows_the_nearest() -> None:
    offers, models = many(9)
    assert keys_on(shelf_view(WORDS, offers, Category.PICTURES, 99)) == [models[8].key]
    assert len(keys_on(shelf_view(WORDS, offers, Category.PICTURES, -5))) == PAGE_SIZE


def test_the_way_back_from_a_card_leads_to_its_page() -> None:
    offers, models = many(20)
    assert [page_with(offers, Category.PICTURES, models[n].key) for n in (0, 7, 8, 19)] == [0, 0, 1, 2]
    assert page_with(offers, Category.PICTURES, "gone") == 0


@pytest.mark.proves("F35")
def test_the_real_catalogue_is_reachable_whole_and_offered_for_texts() -> None:
    catalogue = real_catalogue()
    offers = Offers(catalogue, RATES, SystemClock())
    met = [
        key
        for category in shelves(offers)
        for page in range(1 + len(offers.for_sale(category)) // PAGE_SIZE)
        for key in keys_on(shelf_view(WORDS, offers, category, page))
    ]
    assert set(met) == {it.key for it in offers.for_sale()}
    offered = {key for page in range(20) for key in keys_on(offers_view(WORDS, offers, page))}
    assert offered == {it.key for it in offers.for_sale() if takes_text_alone(it)}


@pytest.mark.proves("F27")
def test_transport_fields_are_never_asked() -> None:
    for spec in real_catalogue().models:
        names = {it.name.lower() for it in spec.parameters}
        assert names.isdisjoint({"model", "callbackurl", "nsfw_checker", "enable_safety_checker"}), spec.key
