"""Quick actions, and how many taps lead to a picture."""

import pytest

from tests.integration.bot.conftest import LivingHouse
from tests.unit.bot.house import real_showcase
from tests.unit.bot.people import Somebody


@pytest.mark.proves("F29")
async def test_a_quick_action_is_three_taps_and_one_sentence_and_uses_its_own_prompt(
    house: LivingHouse, ivan: Somebody
) -> None:
    await ivan.say("/start")
    await ivan.tap("Быстрые действия")
    await ivan.tap("Пост в Instagram")
    card = await ivan.say("кот на крыше")
    assert any("Создать за" in words for words in card.buttons)
    await ivan.tap("Создать за")
    (generation,) = await house.generations.history(ivan.id)
    preset = real_showcase().preset("instagram-post")
    assert preset is not None
    assert generation.inputs == preset.filled("кот на крыше", "ru")
    assert house.telegram.refused == []


async def test_every_quick_action_leads_to_a_card(house: LivingHouse, ivan: Somebody) -> None:
    for preset in real_showcase().presets:
        await ivan.say("/start")
        await ivan.tap("Быстрые действия")
        await ivan.tap(preset.name.ru)
        card = await ivan.say("кот на крыше")
        assert "кот на крыше" in card.words, preset.key
        assert "Цена" in card.words, preset.key
    assert house.telegram.refused == []


@pytest.mark.proves("S9")
async def test_a_sentence_that_is_too_long_is_refused_with_the_limit_and_asked_again(
    house: LivingHouse, ivan: Somebody
) -> None:
    await ivan.say("/start")
    await ivan.tap("Быстрые действия")
    await ivan.tap("Логотип")
    assert "слишком длинно" in (await ivan.say("я" * 1500)).words
    assert "Цена" in (await ivan.say("кофейня")).words


async def test_the_price_of_a_quick_action_is_the_price_on_its_card(
    house: LivingHouse, ivan: Somebody
) -> None:
    await ivan.say("/start")
    await ivan.tap("Быстрые действия")
    shown = (await ivan.tap("TikTok")).words
    card = await ivan.say("волны")
    price = next(words for words in card.buttons if "Создать за" in words).removeprefix("✅ Создать за ")
    assert price in shown
    assert "от " + price not in shown
