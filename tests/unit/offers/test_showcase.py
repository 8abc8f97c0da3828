"""Quick actions and the operator's list fit the catalogue, or nothing starts (F29)."""

import re
from pathlib import Path

import pytest

from app.catalogue import load_catalogue, validate_inputs
from app.offers import ShowcaseError, load_showcase

ROOT = Path(__file__).resolve().parents[3]
CATALOGUE = load_catalogue(ROOT / "models")
SHOWCASE = load_showcase(ROOT / "models" / "showcase", CATALOGUE)

GOOD = """
[[preset]]
key = "one"
model = "z-image"
name = { ru = "а", en = "a" }
about = { ru = "а", en = "a" }
ask = { ru = "а", en = "a" }
prompt = { ru = "а {subject}", en = "a {subject}" }
inputs = { aspect_ratio = "1:1" }
"""


def written(folder: Path, presets: str, best: str = 'models = ["z-image"]') -> Path:
    """A showcase of one's own."""
    (folder / "presets.toml").write_text(presets, encoding="utf-8")
    (folder / "best.toml").write_text(best, encoding="utf-8")
    return folder


@pytest.mark.proves("F29")
@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("preset", SHOWCASE.presets, ids=lambda it: it.key)
def test_every_quick_action_is_complete_and_uses_the_sentence_and_its_own_prompt(
    preset: object, language: str
) -> None:
    chosen = SHOWCASE.preset(getattr(preset, "key", ""))
    assert chosen is not None
    inputs = chosen.filled("рыжий кот", language)
    assert validate_inputs(CATALOGUE.get(chosen.model), inputs) == ()
    prompt = str(inputs[chosen.fills])
    assert "рыжий кот" in prompt
    assert prompt == chosen.prompt.get(language).replace("{subject}", "рыжий кот")


@pytest.mark.proves("F28")
def test_english_words_are_english_and_no_word_has_a_literal_escape() -> None:
    for preset in SHOWCASE.presets:
        for words in (preset.name, preset.about, preset.ask, preset.prompt):
            assert not re.search("[а-яё]", words.en, re.IGNORECASE), preset.key
            assert "\\n" not in words.ru + words.en
        assert len(preset.name.ru) <= 30
        assert len(preset.name.en) <= 30


@pytest.mark.proves("F29")
@pytest.mark.parametrize(
    ("broken", "named"),
    [
        (GOOD.replace('"z-image"', '"nowhere"'), "nowhere"),
        (GOOD.replace('"1:1"', '"5:1"'), "aspect_ratio"),
        (GOOD.replace("aspect_ratio", "no_such_input"), "no_such_input"),
        (GOOD.replace("а {subject}", "а"), "{subject}"),
        (GOOD.replace("а {subject}", "а" * 900 + "{subject}"), "prompt"),
        (GOOD + 'fills = "aspect_ratio"', "aspect_ratio"),
        (GOOD + GOOD, "twice"),
        (GOOD.replace('key = "one"', 'key = "One!"'), "key"),
        ("nonsense", "presets"),
    ],
)
def test_a_quick_action_that_does_not_fit_stops_the_start(tmp_path: Path, broken: str, named: str) -> None:
    with pytest.raises(ShowcaseError) as caught:
        load_showcase(written(tmp_path, broken), CATALOGUE)
    assert caught.value.problems
    if named != "presets":
        assert any(named in problem for problem in caught.value.problems), caught.value.problems


def test_a_best_model_that_is_not_for_sale_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(ShowcaseError, match="nowhere"):
        load_showcase(written(tmp_path, GOOD, 'models = ["nowhere"]'), CATALOGUE)


def test_no_price_stands_in_a_quick_action() -> None:
    content = (ROOT / "models" / "showcase" / "presets.toml").read_text(encoding="utf-8")
    assert not re.search(r"price|credits|₽|руб", content)


def test_the_best_stand_before_the_others_and_nothing_is_lost() -> None:
    models = SHOWCASE.best_first(CATALOGUE.models)
    room = len(SHOWCASE.best)
    assert {spec.key for spec in models[:room]} == set(SHOWCASE.best)
    assert list(models[room:]) == [spec for spec in CATALOGUE.models if spec.key not in SHOWCASE.best]
