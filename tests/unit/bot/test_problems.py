"""Every kind of problem is told in words that a person can do something about."""

import pytest

from app.catalogue import (
    Catalogue,
    InputProblem,
    ModelKey,
    ModelSpec,
    load_catalogue,
    validate_inputs,
)
from app.users import Draft, DraftState
from bot.callbacks import Ask, parameter_digest
from bot.texts import load_texts
from bot.views.confirm import problem_view
from tests.fixtures.refused import REFUSED, Refused, made_up_models
from tests.unit.bot.fake_telegram import parsed

TEXTS = load_texts()
LANGUAGES = ("ru", "en")


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return load_catalogue(made_up_models(tmp_path_factory.mktemp("models")))


def draft_of(key: ModelKey) -> Draft:
    return Draft(3, 7, key, {}, 2, None, DraftState.OPEN)


def sentence(language: str, spec: ModelSpec, problem: InputProblem) -> str:
    """The last line of the screen."""
    view = problem_view(TEXTS.for_language(language), spec, draft_of(spec.key), problem)
    return parsed(view.text).splitlines()[-1]


def asked(spec: ModelSpec, problem: InputProblem) -> set[str]:
    """The inputs that a button of the screen asks for."""
    view = problem_view(TEXTS.for_language("ru"), spec, draft_of(spec.key), problem)
    buttons = (
        [it.callback_data or "" for row in view.keyboard.inline_keyboard for it in row]
        if view.keyboard
        else []
    )
    digests = {Ask.unpack(data).parameter for data in buttons if data.startswith(f"{Ask.__prefix__}:")}
    return {it.name for it in spec.parameters if parameter_digest(it) in digests}


@pytest.mark.parametrize("refused", REFUSED, ids=lambda refused: refused.why)
def test_a_problem_is_a_sentence_of_its_own_in_both_languages(made_up: Catalogue, refused: Refused) -> None:
    spec = made_up.get(refused.model)
    (problem,) = validate_inputs(spec, refused.inputs)
    told = [sentence(language, spec, problem) for language in LANGUAGES]
    assert told[0] != told[1]
    for language, text in zip(LANGUAGES, told, strict=True):
        assert text.startswith("⚠️ ")
        assert text.endswith((".", "!"))
        assert problem.rule not in text
        parameter = spec.parameter(problem.parameter)
        if problem.say is not None:
            assert problem.say.get(language) in text
        elif parameter is not None:
            assert parameter.label.get(language) in text


@pytest.mark.parametrize("refused", REFUSED, ids=lambda refused: refused.why)
def test_every_input_that_a_problem_is_about_can_be_changed_from_its_screen(
    made_up: Catalogue, refused: Refused
) -> None:
    spec = made_up.get(refused.model)
    (problem,) = validate_inputs(spec, refused.inputs)
    about = {problem.parameter, *problem.among}
    assert asked(spec, problem) == {it.name for it in spec.parameters if it.name in about}
