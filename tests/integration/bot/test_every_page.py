"""Taps on the real screens lead to every model that is for sale (F24)."""

import pytest

from app.catalogue import Category
from bot.callbacks import FamilyPage, Go, ListKind, ListPage, ModelTap, Shelf, Target
from tests.integration.bot.conftest import LivingHouse
from tests.integration.bot.tour import prefix
from tests.unit.bot.house import real_catalogue
from tests.unit.bot.people import Somebody

PAGES = frozenset(it.__prefix__ for it in (Shelf, FamilyPage))


async def walked(person: Somebody, first: str, onwards: frozenset[str]) -> list[str]:
    """The models met by tapping every button of these kinds, beginning with one."""
    ahead, seen, met = [first], {first}, list[str]()
    while ahead:
        await person.wire.feed(person.callback(ahead.pop(0), person.screen))
        buttons = list(person.screen.buttons.values())
        met += [it.split(":")[1] for it in buttons if prefix(it) == ModelTap.__prefix__]
        new = [it for it in buttons if prefix(it) in onwards and it not in seen]
        ahead += new
        seen |= set(new)
    return met


@pytest.mark.proves("F24", "F35")
@pytest.mark.parametrize("language", ["ru", "en"])
async def test_every_page_of_every_category_and_of_the_list_of_all_leads_to_every_model(
    house: LivingHouse, language: str
) -> None:
    catalogue = real_catalogue()
    keys = sorted(spec.key for spec in catalogue.models)
    assert len(keys) > 72
    person = Somebody(house.wire, first_name="Ann", language_code=language)
    menu = await person.say("/start")
    assert f" {len(keys)} " in menu.words, "the menu counts what there is"
    shelves = [Shelf(category=it, page=0).pack() for it in Category]
    await house.wire.feed(person.callback(Go(to=Target.MODELS).pack(), person.screen))
    assert set(shelves) <= set(person.screen.buttons.values())
    met = [key for shelf in shelves for key in await walked(person, shelf, PAGES)]
    assert sorted(met) == keys, "each on one shelf, once"
    every = ListPage(kind=ListKind.ALL, page=0).pack()
    assert sorted(await walked(person, every, frozenset({ListPage.__prefix__}))) == keys
    for key in met[::7]:
        await house.wire.feed(person.callback(ModelTap(key=key).pack(), person.screen))
        assert catalogue.get(key).name in person.screen.words
    assert house.telegram.refused == []
