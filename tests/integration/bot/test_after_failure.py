"""What can be done after a failure."""

import pytest

from app.generation import State
from bot.keyboards.result import failed_keyboard
from bot.questions import main_text
from bot.texts import load_texts
from tests.integration.bot.conftest import LivingHouse
from tests.integration.bot.test_journey import to_card
from tests.unit.bot.examples import CATALOGUE, generation
from tests.unit.bot.people import Somebody

WORDS = load_texts().for_language("ru")


async def failed(house: LivingHouse, person: Somebody) -> None:
    """The news of a failed picture are the last message."""
    await to_card(person, "кот в сапогах")
    await person.tap("₽")
    (made,) = await house.generations.history(person.id)
    keyboard = failed_keyboard(WORDS, CATALOGUE.get(made.model_key), made)
    await house.side.bot.send_message(person.id, "не получилось", reply_markup=keyboard)


async def test_another_prompt_is_asked_for_and_the_other_answers_stay(
    house: LivingHouse, ivan: Somebody
) -> None:
    await failed(house, ivan)
    assert "Описание" in (await ivan.tap("Изменить запрос")).words
    await ivan.say("пёс в сапогах")
    draft = await house.drafts.current(ivan.id)
    assert draft is not None
    assert draft.inputs == {"prompt": "пёс в сапогах", "aspect_ratio": "16:9"}


@pytest.mark.parametrize(
    ("button", "seen"),
    [("Ещё раз", "кот в сапогах"), ("Другая модель", "вместо Z-Image"), ("Поддержка", "Поддержка")],
)
async def test_every_way_on_from_a_failure_leads_somewhere(
    house: LivingHouse, ivan: Somebody, button: str, seen: str
) -> None:
    await failed(house, ivan)
    assert seen in (await ivan.tap(button)).words


def test_a_model_without_words_offers_no_other_prompt() -> None:
    spec = next(it for it in CATALOGUE.models if main_text(it) is None)
    keyboard = failed_keyboard(WORDS, spec, generation(state=State.FAILED))
    assert "change" not in keyboard.model_dump_json()
