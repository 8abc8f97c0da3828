"""KIE's prose on prices is read as a person reads it, and what it does not tell is not guessed."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from app.catalogue import PriceRow, Unit, load_catalogue
from app.generation.market import read_rows
from app.sandbox.kie.catalogue import price_words
from app.sandbox.kie.schemas import ModelBook
from tests.unit.users.specs import CATALOGUE, CLIP, PICTURE, SET

REAL = load_catalogue(Path(__file__).parents[3] / "models")
BOOK = {it.id: it for it in ModelBook().all()}
CLIP_SPEC, PICTURE_SPEC, SET_SPEC = CATALOGUE.get(CLIP), CATALOGUE.get(PICTURE), CATALOGUE.get(SET)
SOUND = replace(
    CLIP_SPEC,
    prices=(
        PriceRow(Decimal(14), Unit.PER_SECOND, {"resolution": "720p", "sound": False}, "duration"),
        PriceRow(Decimal(20), Unit.PER_SECOND, {"resolution": "720p", "sound": True}, "duration"),
        PriceRow(Decimal(27), Unit.PER_SECOND, {"resolution": "1080p", "sound": True}, "duration"),
    ),
)


def read(words: str | None, spec: object = CLIP_SPEC) -> list[str | None]:
    """The figure of each row."""
    assert isinstance(spec, type(CLIP_SPEC))
    return [None if it.credits is None else f"{it.credits:f}" for it in read_rows(spec, words)]


@pytest.mark.parametrize(
    "words",
    [
        "A 5-second video costs 55 credits (0.28 USD), a 10-second video costs 110 credits (0.55 USD).",
        "A 10-second video costs 110 credits. A 5-second video costs 55 credits.",
        "55 credits per 5s video; 110 credits per 10s video",
        "duration 5: 55 credits per task; duration 10: 110 credits per task",
        "5 seconds — 55.0 credits\n10 seconds — 110 credits",
    ],
)
def test_figures_are_found_by_the_words_around_them(words: str) -> None:
    assert read(words) in (["55", "110"], ["55.0", "110"])


def test_another_figure_is_the_row_s_own() -> None:
    words = "A 5-second video costs 160 credits (0.80 USD), a 10-second video costs 110 credits"
    assert read(words) == ["160", "110"]
    first, second = read_rows(CLIP_SPEC, words)
    assert (first.differs, second.differs) == (True, False)


def test_two_figures_that_changed_places_are_seen() -> None:
    assert read("A 5-second video costs 110 credits, a 10-second video costs 55 credits") == ["110", "55"]


def test_a_switch_is_read_with_and_without() -> None:
    words = (
        "720p without sound costs 14 credits per second, 720p with sound costs 20 credits per second, "
        "1080p with sound costs 30 credits per second"
    )
    assert read(words, SOUND) == ["14", "20", "30"]


def test_a_thousand_has_its_comma_and_a_number_without_credits_is_none() -> None:
    assert read("8 USD for 1,600 credits per task, made in 30 seconds", PICTURE_SPEC) == ["1600"]


@pytest.mark.parametrize("words", [None, "", "Ask us.", "0.8 USD per image", "12 credits per second"])
def test_what_is_not_told_is_not_guessed(words: str | None) -> None:
    assert read(words, PICTURE_SPEC) == [None]


def test_a_surcharge_is_no_price() -> None:
    both = replace(
        PICTURE_SPEC,
        prices=(
            PriceRow(Decimal(8), Unit.PER_IMAGE),
            PriceRow(Decimal(2), Unit.PER_IMAGE, by="@input_images", surcharge=True),
        ),
    )
    words = "8 credits per image, each additional input image costs 2 credits"
    assert read(words, both) == ["8", "2"]


def test_a_row_of_ours_that_covers_several_figures_takes_the_dearest() -> None:
    assert read("720p: 0.8 credits per image; 4k: 3 credits per image", PICTURE_SPEC) == ["3"]


@pytest.mark.parametrize("factor", [1, 3])
def test_every_price_row_of_every_model_is_read_out_of_the_list(factor: int) -> None:
    wrong = []
    for spec in REAL.models:
        facts = BOOK[spec.id]
        prices = tuple(replace(it, credits=it.credits * factor) for it in facts.prices)
        for it in read_rows(spec, price_words(replace(facts, prices=prices))):
            if it.credits != it.row.credits * factor:
                wrong.append(f"{spec.key}: {dict(it.row.when)}: {it.credits}")
    assert wrong == []
