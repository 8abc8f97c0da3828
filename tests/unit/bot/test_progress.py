"""The progress message, with what is known of the time a model takes."""

import pytest

from app.generation import Stage
from bot.texts import load_texts
from bot.views.progress import progress_view
from tests.unit.bot.examples import CATALOGUE, generation
from tests.unit.bot.fake_telegram import parsed

TEXTS = load_texts()


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("stage", Stage)
def test_a_model_of_which_no_time_is_known_has_a_progress_without_one(language: str, stage: Stage) -> None:
    words, spec = TEXTS.for_language(language), CATALOGUE.get("z-image")
    without, known = (
        parsed(progress_view(words, spec, generation(usual_seconds=usual), stage, 7).text)
        for usual in (None, 40)
    )
    assert "None" not in without
    assert set(without.splitlines()) < set(known.splitlines())
