"""What has a button but is not built yet is counted, and says so."""

from pathlib import Path

import pytest

from bot.later import Later
from bot.texts import load_texts
from bot.views.later import LATER_KEYS, later_view

ROUTER = Path(__file__).resolve().parents[3] / "bot" / "routers" / "later.py"


def test_how_many_are_left(capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(f"\nbuttons of later wings: {len(Later)} ({', '.join(Later)})")
    used = ROUTER.read_text(encoding="utf-8")
    assert [it.name for it in Later if f"Later.{it.name}" not in used] == []
    assert LATER_KEYS.keys() == set(Later)


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("later", Later)
def test_the_screen_says_so_and_leads_on(later: Later, language: str) -> None:
    words = load_texts().for_language(language)
    view = later_view(words, later)
    assert words("later") in view.text
    assert view.keyboard is not None
    assert len(view.keyboard.inline_keyboard) == 2
