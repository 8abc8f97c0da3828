"""Every model can be reached by taps alone, whatever their number."""

from dataclasses import replace
from itertools import chain

import pytest

from app.catalogue import Catalogue, Category, ModelKey, ModelSpec
from app.clock import SystemClock
from app.offers import Offers
from bot.callbacks import FamilyPage, ModelTap, OfferTap, Shelf
from bot.keyboards.models import PAGE_SIZE
from bot.questions import takes_text_alone
from bot.texts import TEXT_LIMIT, Words, load_texts, plain_text
from bot.view import View
from bot.views.models import family_view, offers_view, page_with, shelf_view
from tests.fakes.rates import rates_in_force
from tests.unit.bot.house import RATES, real_catalogue, real_showcase

WORDS = load_texts().for_language("ru")


def many(count: int, families: int = 1) -> tuple[Offers, tuple[ModelSpec, ...]]:
    """Offers of `count` models on one shelf, taking turns in `families` families."""
    base = real_catalogue().get("z-image")
    models = tuple(
        replace(base, key=ModelKey(f"m-{n}"), name=f"Model {n}", family=f"Family {n % families}")
        for n in range(count)
    )
    return Offers(Catalogue(models), rates_in_force(RATES), SystemClock()), models


def keys_on(view: View) -> list[str]:
    """The models behind the buttons of a screen."""
    data = [
        it.callback_data or ""
        for row in (view.keyboard.inline_keyboard if view.keyboard else [])
        for it in row
    ]
    prefixes = (ModelTap.__prefix__ + ":", OfferTap.__prefix__ + ":")
    return [it.split(":")[1] for it in data if it.startswith(prefixes)]


def data_on(view: View) -> list[str]:
    """What the buttons of a screen carry, row by row."""
    rows = view.keyboard.inline_keyboard if view.keyboard else []
    return [it.callback_data or "" for row in rows for it in row]


def drawn(words: Words, offers: Offers, data: str) -> View:
    """The screen behind a button of a shelf or of a family."""
    if data.startswith(FamilyPage.__prefix__ + ":"):
        tap = FamilyPage.unpack(data)
        return family_view(words, offers, tap)
    shelf = Shelf.unpack(data)
    return shelf_view(words, offers, shelf.category, shelf.page)


def walked(words: Words, offers: Offers, category: Category = Category.PICTURES) -> list[str]:
    """The models met by tapping every button of the shelf and of its families."""
    met: list[str] = []
    ahead = [Shelf(category=category, page=0).pack()]
    seen = set(ahead)
    while ahead:
        view = drawn(words, offers, ahead.pop(0))
        assert len(keys_on(view)) <= PAGE_SIZE
        assert len(plain_text(view.text)) <= TEXT_LIMIT
        met += keys_on(view)
        onwards = [
            it for it in data_on(view) if it.startswith((Shelf.__prefix__ + ":", FamilyPage.__prefix__ + ":"))
        ]
        ahead += [it for it in onwards if it not in seen]
        seen |= set(onwards)
    return met


@pytest.mark.proves("F24", "F35")
@pytest.mark.parametrize("count", [1, 7, 8, 9, 16, 17, 72])
def test_walking_every_page_meets_every_model_once(count: int) -> None:
    offers, models = many(count)
    assert walked(WORDS, offers) == [it.key for it in models]


@pytest.mark.proves("F24", "F35")
@pytest.mark.parametrize(("count", "families"), [(9, 9), (12, 4), (40, 3), (72, 11), (72, 40)])
def test_a_long_shelf_is_split_by_family_and_still_leads_to_every_model_once(
    count: int, families: int
) -> None:
    offers, models = many(count, families)
    met = walked(WORDS, offers)
    assert sorted(met) == sorted(it.key for it in models)


def test_a_family_that_is_gone_leads_to_its_shelf() -> None:
    offers, _ = many(12, 4)
    view = family_view(WORDS, offers, FamilyPage(category=Category.PICTURES, family="00000000", page=0))
    assert view == shelf_view(WORDS, offers, Category.PICTURES, 0)


def test_a_shelf_without_a_model_says_so_and_leads_on() -> None:
    offers, _ = many(3)
    view = shelf_view(WORDS, offers, Category.MUSIC, 0)
    assert "пока нет" in view.text
    assert len(data_on(view)) == 2


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
    offers = Offers(catalogue, rates_in_force(RATES), SystemClock())
    met = list(chain.from_iterable(walked(WORDS, offers, category) for category in Category))
    assert sorted(met) == sorted(it.key for it in offers.for_sale())
    offered = {
        key for page in range(40) for key in keys_on(offers_view(WORDS, offers, real_showcase(), page))
    }
    assert offered == {it.key for it in offers.for_sale() if takes_text_alone(it)}


@pytest.mark.proves("F27")
def test_transport_fields_are_never_asked() -> None:
    for spec in real_catalogue().models:
        names = {it.name.lower() for it in spec.parameters}
        assert names.isdisjoint({"callbackurl", "nsfw_checker", "enable_safety_checker"}), spec.key
        version = spec.parameter("model")
        assert version is None or version.choices, "a version is chosen in words"
