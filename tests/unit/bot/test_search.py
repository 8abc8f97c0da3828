"""Search finds by name, provider and task, in both languages, whatever the fingers did."""

from dataclasses import replace
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.catalogue import ModelKey, ModelSpec
from app.clock import SystemClock
from app.db import Database
from app.generation import FreeTier, Popularity
from app.offers import Offers, Showcase
from app.users import FavouriteService
from bot.lists import ModelLists
from bot.search import find_models
from bot.texts import load_texts, plain_text
from tests.fakes.rates import rates_in_force
from tests.unit.bot.house import NO_FREE_TIER, RATES, real_catalogue, real_showcase
from tests.unit.bot.test_shelves import keys_on

CATALOGUE = real_catalogue()
TEXTS = load_texts()
NOWHERE = Database("postgresql://nobody@127.0.0.1:1/none", application_name="x", max_connections=1)


def lists(showcase: Showcase | None = None) -> ModelLists:
    """The lists of a house whose database is never asked."""
    return ModelLists(
        Offers(CATALOGUE, rates_in_force(RATES), SystemClock()),
        showcase or real_showcase(),
        Popularity(NOWHERE),
        FavouriteService(NOWHERE),
        TEXTS,
        FreeTier(NOWHERE, NO_FREE_TIER),
    )


def found(query: str) -> list[str]:
    """The keys of what is found, page by page."""
    drawn = (keys_on(lists().found(TEXTS.for_language("ru"), query, page)) for page in range(4))
    return list(dict.fromkeys(chain.from_iterable(drawn)))


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("z-image", "z-image"),
        ("Z Image", "z-image"),
        ("КАРТИНКА", "z-image"),
        ("картинку по описанию", "z-image"),
        ("picture", "z-image"),
        ("alibaba", "z-image"),
        ("text-to-image", "z-image"),
        ("klng", "kling-2-6-text"),
        ("Kuaishou video", "kling-2-6-text"),
        ("видео со звуком", "kling-2-6-text"),
        ("elevenlab", "elevenlabs-turbo-2-5"),
        ("elvenlabs", "elevenlabs-turbo-2-5"),
        ("озвучить", "elevenlabs-turbo-2-5"),
    ],
)
def test_people_find_what_they_mean(query: str, first: str) -> None:
    assert first in found(query)


def test_a_name_comes_before_a_mention() -> None:
    assert found("z-image")[0] == "z-image"
    assert len(found("z-image")) < len(CATALOGUE.models)


@pytest.mark.parametrize("query", ["", "   ", "!!!", "щ", "qwertyuiop"])
def test_nothing_is_found_for_nonsense_and_the_screen_says_so(query: str) -> None:
    view = lists().found(TEXTS.for_language("ru"), query, 0)
    assert keys_on(view) == []
    assert "Ничего не нашлось" in plain_text(view.text)


def test_many_results_come_in_pages() -> None:
    base = CATALOGUE.get("z-image")
    models = tuple(replace(base, key=ModelKey(f"m-{n}"), name=f"Model {n}") for n in range(20))

    def described(spec: ModelSpec) -> str:
        return spec.provider

    assert len(find_models("model", models, described)) == 20
    assert find_models("model 7", models, described)[0].key == "m-7"


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_no_query_breaks_the_search(query: str) -> None:
    assert set(found(query)) <= {spec.key for spec in CATALOGUE.models}
