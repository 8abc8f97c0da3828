"""Every button of every screen, pressed: with the database, and without it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiogram.methods import AnswerCallbackQuery

from app.db import Database, Epoch
from app.errors import StorageUnavailableError
from bot.keyboards.rows import ROOM
from bot.texts import load_texts, width
from tests.integration.bot.conftest import LivingHouse
from tests.integration.bot.tour import Tour
from tests.unit.bot.fake_telegram import Shown
from tests.unit.bot.house import ACCOUNT, build_house, real_catalogue, real_showcase
from tests.unit.bot.people import Somebody, Wire

TEXTS = load_texts()

TECHNICAL = re.compile(r"callBackUrl|callback_url|\\n|\b(?:None|True|False|null)\b|[a-z]_[a-z]|\{|\}")
"""What only machines say: names of request fields, escapes, Python's words, unfilled gaps."""
NOT_WORDS = re.compile(r"/[a-z]+|\b\d+-[0-9A-F]{4}\b")
"""Commands, and the codes of transfers: four hexadecimal digits, which may all be letters."""
ADDRESS = re.compile(r"https://\S+")


@pytest.mark.proves("F23", "F25", "F27", "F28", "F30", "F31", "F33")
@pytest.mark.parametrize(
    ("language", "name", "sentence"), [("ru", "Иван", "рыжий кот"), ("en", "Ann", "a red cat")]
)
async def test_every_button_has_a_handler_of_its_own_and_is_readable_in_its_language(
    house: LivingHouse, tmp_path: Path, language: str, name: str, sentence: str
) -> None:
    person = Somebody(house.wire, first_name=name, language_code=language)
    tour = Tour(house, person, sentence)
    await tour.every_page()
    for spec in real_catalogue().models:
        await tour.whole_model(spec)
    for preset in real_showcase().presets:
        await tour.press(f"preset:{preset.key}")
        await tour.say(sentence)
    assert len(tour.pressed) > 100
    assert house.telegram.refused == []
    assert len(house.telegram.answers) == len(house.telegram.called(AnswerCallbackQuery))
    assert list(misread(tour.shown, language)) == []
    assert list(cut_off(tour.shown)) == []
    await all_answer_without_storage(house, tour, tmp_path)


async def all_answer_without_storage(house: LivingHouse, tour: Tour, files: Path) -> None:
    """The same buttons while the database is away: each tap gets its words once it is given up."""
    away = Database("postgresql://nobody@127.0.0.1:1/none", application_name="x", max_connections=1)
    events = build_house(away, files, house.telegram).side.events
    tour.person.wire = Wire(house.telegram, events, Epoch(1), numbers=house.wire.numbers)
    sorry = TEXTS.for_language(tour.person.language_code).plain("error-alert")
    for data in tour.pressed.values():
        event = await tour.person.wire.event(tour.person.callback(data, tour.person.screen))
        with pytest.raises(StorageUnavailableError):
            await events.handle(event, Epoch(1))
        await events.give_up(event, Epoch(1))
        assert tour.person.toast == sorry, data


def misread(shown: list[Shown], language: str) -> Iterator[str]:
    """Screens that say something in another language, or in no language of people."""
    names = names_of_the_catalogue()
    languages = {TEXTS.for_language(it).plain("language-name") for it in TEXTS.languages}
    for screen in shown:
        labels = (it for it in screen.buttons if it.removeprefix("✅ ") not in languages)
        whole = ADDRESS.sub(" ", "\n".join([screen.words, *labels]))
        if TECHNICAL.search(whole):
            yield f"technical: {whole}"
        if language == "en" and re.search("[а-яё№]", whole, re.IGNORECASE):
            yield f"Russian in English: {whole}"
        foreign = set(re.findall(r"\b[A-Za-z][A-Za-z]+\b", NOT_WORDS.sub(" ", whole))) - names
        if language == "ru" and foreign:
            yield f"English in Russian: {sorted(foreign)} in {whole}"


def names_of_the_catalogue() -> set[str]:
    """Words that Russian screens may carry in Latin letters: names of models, voices, formats, companies and people."""
    named = (
        f"Telegram KIE Instagram TikTok YouTube Reels PNG JPEG PDF Full HD {ACCOUNT.bank} {ACCOUNT.holder}"
    )
    for spec in real_catalogue().models:
        voices = (it for it in spec.parameters if it.name == "voice")
        called = (choice.label.get("en") for it in voices for choice in it.choices)
        named = " ".join([named, spec.name, spec.provider, spec.family, *called])
    return set(re.findall("[A-Za-z]+", named))


def cut_off(shown: list[Shown]) -> Iterator[str]:
    """Labels that are longer than the room of their row on a small phone."""
    for screen in shown:
        for row in screen.keyboard.inline_keyboard if screen.keyboard else []:
            for button in row:
                if width(button.text) > ROOM[len(row)]:
                    yield f"{len(row)} in a row: {button.text}"
