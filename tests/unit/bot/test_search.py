"""Search finds by name, provider and task, in both languages, whatever the fingers did."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.catalogue import Catalogue, ModelKey, Status
from app.catalogue.tasks import TASKS
from app.clock import SystemClock
from app.generation import Standing
from app.offers import Offers
from bot.callbacks import ListKind
from bot.search import TASK_KEYS, ModelSearch
from bot.texts import load_texts, plain_text
from bot.views.lists import list_view
from tests.fakes.rates import rates_in_force
from tests.unit.bot.house import RATES, real_catalogue, real_showcase
from tests.unit.bot.test_shelves import keys_on

CATALOGUE = real_catalogue()
TEXTS = load_texts()
RU = TEXTS.for_language("ru")
OFFERS = Offers(CATALOGUE, rates_in_force(RATES), SystemClock())
SEARCH = ModelSearch(CATALOGUE, TEXTS)


def found(query: str) -> list[str]:
    """The keys of what is found."""
    return [it.key for it in SEARCH.find(query, real_showcase().best_first(CATALOGUE.models))]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("z-image", "z-image"),
        ("Z Image", "z-image"),
        ("zimage", "z-image"),
        ("nano banana pro", "nano-banana-pro"),
        ("нано банана", "nano-banana"),
        ("nanobanana", "nano-banana"),
        ("veo3.1", "veo-3-1"),
        ("вео 3", "veo-3-1"),
        ("Клинг 2.6", "kling-2-6-text"),
        ("хайлуо", "hailuo-2-3-image"),
        ("сидрим 5 про", "seedream-5-pro"),
        ("4o image", "gpt-4o-image"),
        ("Kuaishou video", "kling-2-6-text"),
        ("elevenlab", "elevenlabs-turbo-2-5"),
        ("elvenlabs", "elevenlabs-turbo-2-5"),
        ("озвучить текст", "elevenlabs-turbo-2-5"),
        ("убрать фон", "recraft-cutout"),
        ("убери фон с фото", "recraft-cutout"),
        ("seedanse 2", "seedance-2"),
        ("флюкс", "flux-2-pro"),
        ("remove background", "recraft-cutout"),
        ("песню", "suno-song"),
        ("говорящая голова", "kling-avatar"),
    ],
)
def test_what_people_mean_stands_first(query: str, first: str) -> None:
    assert found(query)[0] == first


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("КАРТИНКА", "z-image"),
        ("картинку по описанию", "z-image"),
        ("picture", "z-image"),
        ("alibaba", "z-image"),
        ("text-to-image", "z-image"),
        ("klng", "kling-2-6-text"),
        ("видео со звуком", "kling-2-6-text"),
        ("оживить фото", "hailuo-2-3-image"),
        ("апскейл", "topaz-video"),
    ],
)
def test_people_find_what_they_mean(query: str, key: str) -> None:
    assert key in found(query)


def test_a_name_comes_before_a_mention() -> None:
    names = [CATALOGUE.get(key).name for key in found("image")]
    named = ["image" in name.casefold() for name in names]
    assert named == sorted(named, reverse=True)
    assert 0 < sum(named) < len(named) < len(CATALOGUE.models)


def test_every_model_is_found_first_by_its_own_name() -> None:
    missed = {it.key for it in CATALOGUE.models if SEARCH.find(it.name, CATALOGUE.models)[0] != it}
    assert missed == set()


def test_every_task_has_words_that_people_look_for() -> None:
    assert set(TASK_KEYS) == set(TASKS)


@pytest.mark.parametrize("query", ["", "   ", "!!!", "щ", "qwertyuiop"])
def test_nothing_is_found_for_nonsense_and_the_screen_says_so(query: str) -> None:
    view = list_view(RU, OFFERS, ListKind.FOUND, SEARCH.find(query, CATALOGUE.models), 0, Standing())
    assert keys_on(view) == []
    assert "Ничего не нашлось" in plain_text(view.text)


def test_what_is_not_for_sale_any_more_is_not_found() -> None:
    sold = [spec for spec in CATALOGUE.models if spec.key != "z-image"]
    assert "z-image" not in {spec.key for spec in SEARCH.find("z-image", sold)}


def test_the_name_of_a_withdrawn_model_leads_to_its_successor() -> None:
    base = CATALOGUE.get("z-image")
    gone = replace(
        base, key=ModelKey("gone"), name="Somnia", status=Status.RETIRED, successor=base.key, reason="gone"
    )
    models = (base, replace(base, key=ModelKey("other"), name="Other"))
    assert ModelSearch(Catalogue((*models, gone)), TEXTS).find("somnia", models) == (base,)


def test_many_results_come_in_pages() -> None:
    base = CATALOGUE.get("z-image")
    models = tuple(replace(base, key=ModelKey(f"m-{n}"), name=f"Model {n}") for n in range(20))
    search = ModelSearch(Catalogue(models), TEXTS)
    assert len(search.find("model", models)) == 20
    assert search.find("model 7", models)[0].key == "m-7"


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_no_query_breaks_the_search(query: str) -> None:
    assert len(set(found(query))) == len(found(query)) <= len(CATALOGUE.models)
