"""The menus fit a phone and hold exactly the buttons of the contract (P2)."""

from pathlib import Path

import pytest
from aiogram.types import InlineKeyboardMarkup

from app.catalogue import Modality
from bot.callbacks import Go, Target
from bot.keyboards.help import help_keyboard
from bot.keyboards.history import history_keyboard
from bot.keyboards.menu import menu_keyboard
from bot.keyboards.rows import ROOM, button, listed
from bot.texts import load_texts, width
from tests.unit.bot.examples import generation, stored

TEXTS = load_texts()


def labels(keyboard: InlineKeyboardMarkup) -> list[str]:
    """The words on every button."""
    return [button.text for row in keyboard.inline_keyboard for button in row]


@pytest.mark.parametrize("language", TEXTS.languages)
def test_the_twenty_buttons_and_the_four_beside_them(language: str) -> None:
    words = TEXTS.for_language(language)
    assert len(set(labels(menu_keyboard(words, invites=True)))) == 15 + 4
    assert len(set(labels(menu_keyboard(words, invites=False)))) == 15 + 3
    assert len(set(labels(help_keyboard(words)))) == 5


@pytest.mark.parametrize("language", TEXTS.languages)
def test_no_button_of_the_menus_is_cut_off_on_a_phone(language: str) -> None:
    words = TEXTS.for_language(language)
    for keyboard in (menu_keyboard(words, invites=True), help_keyboard(words)):
        for row in keyboard.inline_keyboard:
            assert [it.text for it in row if width(it.text) > ROOM[len(row)]] == []


@pytest.mark.parametrize("language", TEXTS.languages)
def test_the_buttons_of_history_fit_up_to_the_millionth_of_them(language: str, tmp_path: Path) -> None:
    made = generation(id=999_999, results=(stored(tmp_path, "cat.png", Modality.IMAGE),))
    keyboard = history_keyboard(TEXTS.for_language(language), [made], has_more=True, is_first=False)
    for row in keyboard.inline_keyboard:
        assert [it.text for it in row if width(it.text) > ROOM[len(row)]] == []


def test_the_menu_is_no_wall() -> None:
    rows = menu_keyboard(TEXTS.for_language("ru"), invites=True).inline_keyboard
    assert len(rows) <= 9
    assert max(map(len, rows)) <= 3


def test_many_short_names_stand_in_pairs_and_few_or_long_ones_below_each_other() -> None:
    def named(*names: str) -> list[int]:
        return [len(row) for row in listed(button(name, Go(to=Target.MENU)) for name in names)]

    assert named("Veo", "Wan", "Kling", "Sora") == [1, 1, 1, 1]
    assert named("Veo", "Wan", "Kling", "Sora", "Hailuo") == [2, 2, 1]
    assert named("Veo", "Wan", "Kling", "Sora", "ElevenLabs Multilingual v2") == [1] * 5
