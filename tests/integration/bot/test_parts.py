"""Lists of parts in the wizard: lines of a dialogue, references with pictures, shots that fill a length."""

import pytest

from app.catalogue import Part, media_in
from app.users import Draft
from tests.integration.bot.conftest import LivingHouse
from tests.integration.bot.test_media import photo, send
from tests.unit.bot.fake_telegram import Shown
from tests.unit.bot.people import Somebody

DIALOGUE = "elevenlabs-dialogue-3"
REFERENCES = "pixverse-6-reference"
SHOTS = "kling-3"


async def at_model(person: Somebody, key: str) -> Shown:
    """At the first question of a model."""
    await person.say("/start")
    await person.wire.feed(person.callback(f"model:{key}:s:0", person.screen))
    return await person.tap("Создать")


async def draft_of(house: LivingHouse, person: Somebody) -> Draft:
    """The open one."""
    draft = await house.drafts.current(person.id)
    assert draft is not None
    return draft


async def listed(house: LivingHouse, person: Somebody, name: str) -> list[Part]:
    """The elements of a list in the open draft."""
    value = (await draft_of(house, person)).inputs.get(name, [])
    assert isinstance(value, list)
    return [it for it in value if not isinstance(it, str)]


async def test_lines_are_added_one_after_the_other_by_taps_and_words(
    house: LivingHouse, ivan: Somebody
) -> None:
    screen = await at_model(ivan, DIALOGUE)
    assert "Пока ничего нет" in screen.words
    assert not any("Готово" in text for text in screen.buttons), "at least one line is needed"
    screen = await ivan.tap("Добавить")
    assert "№ 1" in screen.words
    voice = next(iter(screen.buttons))
    await ivan.tap(voice)
    screen = await ivan.say("Ты слышал?")
    assert "1. " in screen.words
    assert "Ты слышал?" in screen.words
    assert [it["text"] for it in await listed(house, ivan, "dialogue")] == ["Ты слышал?"]
    screen = await ivan.tap("Готово")
    assert any("₽" in text for text in screen.buttons)
    assert "Ты слышал?" in screen.words, "the card shows the line"


async def test_words_at_the_list_begin_a_new_element(house: LivingHouse, ivan: Somebody) -> None:
    await at_model(ivan, DIALOGUE)
    screen = await ivan.say("Первая реплика")
    assert (await draft_of(house, ivan)).asking == "dialogue.voice"
    await ivan.tap(next(iter(screen.buttons)))
    assert (await draft_of(house, ivan)).asking == "dialogue"
    assert len(await listed(house, ivan, "dialogue")) == 1


async def test_any_element_can_be_taken_out_again(house: LivingHouse, ivan: Somebody) -> None:
    await at_model(ivan, DIALOGUE)
    for line in ("раз", "два", "три"):
        screen = await ivan.say(line)
        await ivan.tap(next(iter(screen.buttons)))
    screen = await ivan.tap("🗑 № 2")
    assert [it["text"] for it in await listed(house, ivan, "dialogue")] == ["раз", "три"]
    assert "два" not in screen.words
    await ivan.tap("🗑 № 1")
    screen = await ivan.tap("🗑 № 1")
    assert "Пока ничего нет" in screen.words
    assert await listed(house, ivan, "dialogue") == []


async def test_a_picture_goes_into_the_element_and_its_list_is_bounded(
    house: LivingHouse, ivan: Somebody
) -> None:
    await at_model(ivan, REFERENCES)
    for number in range(7):
        await send(ivan, photo(f"p{number}"))
        assert (await draft_of(house, ivan)).asking == "image_references.type"
        await ivan.tap(next(iter(ivan.screen.buttons)))
        await ivan.say(f"hero{number}")
    references = await listed(house, ivan, "image_references")
    assert [media_in([it])[0].file_id for it in references] == [f"p{number}" for number in range(7)]
    assert not any("Добавить" in text for text in ivan.screen.buttons), "seven are all"
    screen = await ivan.tap("Готово")
    assert "Описание" in screen.words


async def test_back_in_an_element_takes_its_last_answer_back_and_in_the_end_the_element(
    house: LivingHouse, ivan: Somebody
) -> None:
    await at_model(ivan, REFERENCES)
    await send(ivan, photo("a"))
    await ivan.tap("Назад")
    assert (await draft_of(house, ivan)).asking == "image_references.image_url"
    screen = await ivan.tap("Назад")
    assert "Пока ничего нет" in screen.words
    assert await listed(house, ivan, "image_references") == []


async def test_an_element_that_is_left_half_answered_is_not_kept(house: LivingHouse, ivan: Somebody) -> None:
    await at_model(ivan, SHOTS)
    await ivan.say("море")
    await ivan.tap("Настройки")
    await ivan.tap("Список кадров")
    await ivan.tap("Добавить")
    half = await ivan.say("первый кадр")
    draft = await draft_of(house, ivan)
    assert draft.asking == "multi_prompt.duration"
    await house.wire.feed(ivan.callback(f"draft:{draft.id}:{draft.revision}:done", half))
    draft = await draft_of(house, ivan)
    assert draft.asking == "multi_prompt.duration", "what is missing is asked"
    await ivan.tap("Назад")
    await ivan.tap("Назад")
    assert "multi_prompt" not in (await draft_of(house, ivan)).inputs


async def test_the_list_says_how_much_of_the_length_its_shots_fill(
    house: LivingHouse, ivan: Somebody
) -> None:
    await at_model(ivan, SHOTS)
    await ivan.say("море")
    await ivan.tap("Настройки")
    await ivan.tap("Список кадров")
    await ivan.say("волны")
    screen = await ivan.tap("3")
    assert "вместе: 3 из 5" in screen.words


@pytest.mark.parametrize("act", ["part", "drop"])
async def test_a_button_of_an_earlier_state_of_the_list_changes_nothing(
    house: LivingHouse, ivan: Somebody, act: str
) -> None:
    old = await at_model(ivan, DIALOGUE)
    draft = await draft_of(house, ivan)
    screen = await ivan.say("раз")
    await ivan.tap(next(iter(screen.buttons)))
    before = await draft_of(house, ivan)
    data = f"{act}:{draft.id}:{draft.revision}" + (":1" if act == "drop" else "")
    await house.wire.feed(ivan.callback(data, old))
    assert await draft_of(house, ivan) == before
    assert house.telegram.refused == []
