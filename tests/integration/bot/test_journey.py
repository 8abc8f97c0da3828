"""From /start to a submitted generation and what can be tapped on the way."""

from pathlib import Path

import pytest

from app.generation import State
from app.ledger import Ledger
from app.money import Kopecks
from app.users import DraftState
from tests.integration.bot.conftest import LivingHouse
from tests.unit.bot.house import WELCOME, build_house
from tests.unit.bot.people import Somebody


async def to_card(person: Somebody, prompt: str = "кот в сапогах") -> None:
    """To the confirm card of Z-Image."""
    await person.say("/start")
    await person.tap("Картинки")
    await person.tap("Z-Image")
    await person.say(prompt)
    await person.tap("16:9")


@pytest.mark.proves("F37", "F46")
async def test_start_menu_shelf_card_prompt_ratio_price_progress(house: LivingHouse, ivan: Somebody) -> None:
    screen = await ivan.say("/start")
    assert "Иван" in screen.words
    assert "300" in screen.words
    first_id = screen.message_id

    await ivan.tap("Картинки")
    await ivan.tap("Z-Image")
    screen = await ivan.tap("Создать")
    assert screen.message_id == first_id, "one message is edited in place"
    await ivan.say("кот в сапогах")
    screen = await ivan.tap("16:9")
    price_button = next(words for words in screen.buttons if "₽" in words)
    card_id = screen.message_id
    screen = await ivan.tap("₽")

    assert screen.message_id == card_id, "the card becomes the progress"
    assert "очереди" in screen.words
    (generation,) = await house.generations.history(ivan.id, limit=5)
    assert generation.state is State.HELD
    assert generation.progress_message_id == card_id
    assert generation.inputs["prompt"] == "кот в сапогах"
    balance = await house.balances.of(ivan.id)
    assert balance.free == WELCOME - generation.price
    roubles = f"{generation.price // 100},{generation.price % 100:02}".removesuffix(",00")
    assert roubles in price_button
    assert house.telegram.refused == []


@pytest.mark.proves("F15")
async def test_a_restart_in_the_middle_of_the_wizard_is_not_noticed(
    house: LivingHouse, ivan: Somebody, tmp_path: Path
) -> None:
    await ivan.say("/start")
    await ivan.tap("Картинки")
    await ivan.tap("Z-Image")
    ivan.wire.events = build_house(house.database, tmp_path, house.telegram).side.events
    await ivan.say("кот в сапогах")
    ivan.wire.events = build_house(house.database, tmp_path, house.telegram).side.events
    screen = await ivan.tap("16:9")
    assert any("₽" in words for words in screen.buttons)
    assert house.telegram.in_chat(ivan.id) == [screen]


async def test_three_taps_and_one_sentence_from_start_make_the_first_picture(
    house: LivingHouse, ivan: Somebody
) -> None:
    await ivan.say("/start")
    await ivan.tap("Картинки")
    await ivan.tap("Z-Image")
    await ivan.say("рыжий кот на крыше")
    await ivan.tap("Создать за")
    (generation,) = await house.generations.history(ivan.id, limit=5)
    assert generation.inputs == {"prompt": "рыжий кот на крыше", "aspect_ratio": "1:1"}


async def test_a_sentence_and_two_taps_make_a_picture(house: LivingHouse, ivan: Somebody) -> None:
    await ivan.say("/start")
    offer = await ivan.say("рыжий кот на крыше")
    typed = {"message_id": offer.reply_to, "date": 1, "chat": {"id": ivan.id, "type": "private"}}
    await ivan.tap("Z-Image", reply_to_message={**typed, "text": "рыжий кот на крыше"})
    await ivan.tap("₽")
    (generation,) = await house.generations.history(ivan.id, limit=5)
    assert generation.inputs["prompt"] == "рыжий кот на крыше"


async def test_a_model_chosen_for_a_deleted_text_asks_for_it_again(
    house: LivingHouse, ivan: Somebody
) -> None:
    await ivan.say("рыжий кот на крыше")
    screen = await ivan.tap("Z-Image")
    assert "Описание" in screen.words


async def test_a_typed_answer_moves_the_screen_below_and_takes_the_old_one_away(
    house: LivingHouse, ivan: Somebody
) -> None:
    await ivan.say("/start")
    await ivan.tap("Картинки")
    card = await ivan.tap("Z-Image")
    question = await ivan.say("кот")
    assert question.message_id > card.message_id
    assert [it.message_id for it in house.telegram.in_chat(ivan.id)] == [question.message_id]


async def test_back_walks_to_the_question_before_then_to_the_card_then_to_the_shelf(
    house: LivingHouse, ivan: Somebody
) -> None:
    await to_card(ivan)
    screen = await ivan.tap("Назад")
    assert "Напишите сообщением" in screen.words
    assert "16:9" not in screen.words
    screen = await ivan.tap("Назад")
    assert "Цена" in screen.words
    screen = await ivan.tap("Назад")
    assert "Выберите модель" in screen.words
    assert await house.drafts.current(ivan.id) is None


async def test_cancel_drops_the_draft_and_charges_nothing(house: LivingHouse, ivan: Somebody) -> None:
    await to_card(ivan)
    await ivan.tap("Отмена")
    assert ivan.toast == "Отменено"
    assert await house.drafts.current(ivan.id) is None
    assert (await house.balances.of(ivan.id)).free == WELCOME


async def test_the_cancel_command_drops_the_draft_and_says_when_there_is_none(
    house: LivingHouse, ivan: Somebody
) -> None:
    await to_card(ivan)
    assert "Отменено" in (await ivan.say("/cancel")).words
    assert "нечего" in (await ivan.say("/cancel")).words


async def test_an_invalid_answer_is_explained_and_asked_again(house: LivingHouse, ivan: Somebody) -> None:
    await ivan.say("/start")
    await ivan.tap("Звук")
    await ivan.tap("ElevenLabs")
    await ivan.say("Привет, мир")
    await ivan.tap("Настройки")
    await ivan.tap("Голос")
    screen = await ivan.say("Шаляпин")
    assert "такого варианта нет" in screen.words
    assert any("Arabella" in words for words in screen.buttons)


async def test_a_choice_of_the_card_may_be_typed(house: LivingHouse, ivan: Somebody) -> None:
    await ivan.say("/start")
    await ivan.tap("Картинки")
    await ivan.tap("Z-Image")
    await ivan.say("кот")
    screen = await ivan.say("16:9")
    assert "✓ 16:9 широкий" in screen.buttons
    assert "кот" in screen.words
    assert any("₽" in words for words in screen.buttons)


@pytest.mark.proves("F46")
async def test_choices_on_the_card_are_marked_and_change_the_price_with_the_next_tap(
    house: LivingHouse, ivan: Somebody
) -> None:
    await ivan.say("/start")
    await ivan.find("Видео", "Kling 2.6")
    card = await ivan.say("волна")
    assert {"✓ 5 секунд", "✓ Без звука", "✓ 1:1 квадрат"} <= set(card.buttons)
    cheap = next(words for words in card.buttons if "Создать за" in words)
    card = await ivan.tap("10 секунд")
    assert "✓ 10 секунд" in card.buttons
    assert "✓ 5 секунд" not in card.buttons
    dear = next(words for words in card.buttons if "Создать за" in words)
    assert dear != cheap
    await ivan.tap("✓ 10 секунд")
    assert ivan.toast == "Это уже выбрано"
    await ivan.tap("Создать за")
    (generation,) = await house.generations.history(ivan.id, limit=5)
    assert generation.inputs == {
        "prompt": "волна",
        "duration": "10",
        "sound": False,
        "aspect_ratio": "1:1",
    }
    assert house.telegram.refused == []


async def test_a_required_choice_with_many_options_waits_in_the_settings(
    house: LivingHouse, ivan: Somebody
) -> None:
    await ivan.say("/start")
    await ivan.tap("Звук")
    await ivan.tap("Multilingual")
    card = await ivan.say("Привет, мир")
    assert "James" in card.words
    assert not any("Arabella" in words for words in card.buttons)
    await ivan.tap("Настройки")
    await ivan.tap("Голос")
    card = await ivan.tap("Arabella")
    assert "Arabella" in card.words
    assert any("Создать за" in words for words in card.buttons)


async def test_a_text_on_the_card_corrects_the_description(house: LivingHouse, ivan: Somebody) -> None:
    await to_card(ivan)
    screen = await ivan.say("пёс в сапогах")
    assert "пёс в сапогах" in screen.words
    assert any("₽" in words for words in screen.buttons)


async def test_settings_are_changed_and_lead_back_to_the_card(house: LivingHouse, ivan: Somebody) -> None:
    await ivan.say("/start")
    await ivan.tap("Звук")
    await ivan.tap("ElevenLabs")
    await ivan.say("Привет, мир")
    await ivan.tap("Настройки")
    await ivan.tap("Голос")
    screen = await ivan.tap("Arabella")
    assert "Arabella" in screen.words
    assert any("₽" in words for words in screen.buttons)
    await ivan.tap("Настройки")
    await ivan.tap("Скорость")
    screen = await ivan.say("5")
    assert "не больше 1.2" in screen.words
    screen = await ivan.say("1,1")
    assert "1.1" in screen.words
    assert any("₽" in words for words in screen.buttons)


async def test_a_second_tap_on_the_price_holds_nothing_again(house: LivingHouse, ivan: Somebody) -> None:
    await to_card(ivan)
    card = ivan.screen
    data = next(data for words, data in card.buttons.items() if "₽" in words)
    await house.wire.feed(ivan.callback(data, card))
    held = (await house.balances.of(ivan.id)).held
    await house.wire.feed(ivan.callback(data, card))
    assert ivan.toast == "Уже запущено"
    assert (await house.balances.of(ivan.id)).held == held
    assert len(await house.generations.history(ivan.id, limit=5)) == 1


async def test_a_replayed_tap_on_the_price_draws_the_progress_and_holds_nothing(
    house: LivingHouse, ivan: Somebody
) -> None:
    await to_card(ivan)
    card = ivan.screen
    data = next(data for words, data in card.buttons.items() if "₽" in words)
    event = await house.wire.event(ivan.callback(data, card))
    await house.side.events.handle(event, house.epoch)
    card.text, card.keyboard = "the card, as if the edit had been lost", None
    house.telegram.answers.clear()
    replay = type(event)(**{**{f: getattr(event, f) for f in event.__slots__}, "applied": True})
    await house.side.events.handle(replay, house.epoch)
    assert "очереди" in ivan.screen.words
    assert len(await house.generations.history(ivan.id, limit=5)) == 1


async def dearest_clip(person: Somebody) -> None:
    """To the card of a clip that costs more than half of the welcome bonus."""
    await person.say("/start")
    await person.find("Видео", "Kling 2.6")
    await person.say("волна")
    await person.tap("10")
    await person.tap("Со звуком")
    await person.tap("16:9")


async def test_lack_of_money_names_the_sum_and_keeps_the_draft(house: LivingHouse, ivan: Somebody) -> None:
    await dearest_clip(ivan)
    await ivan.tap("₽")
    (first,) = await house.generations.history(ivan.id, limit=5)
    await dearest_clip(ivan)
    missing = first.price - (await house.balances.of(ivan.id)).free
    assert f"Не хватает {missing // 100},{missing % 100:02}".removesuffix(",00") in ivan.screen.words
    assert not any("Создать за" in words for words in ivan.screen.buttons)
    draft = await house.drafts.current(ivan.id)
    assert draft is not None
    assert draft.state is DraftState.OPEN


async def test_money_that_went_away_after_the_card_was_drawn_is_missed_at_the_tap(
    house: LivingHouse, ivan: Somebody
) -> None:
    await dearest_clip(ivan)
    async with house.database.unit_of_work(house.epoch) as session:
        await Ledger().hold(session, user_id=ivan.id, amount=Kopecks(20_000), key="hold:elsewhere")
    screen = await ivan.tap("₽")
    assert "Не хватает" in screen.words
    assert "Не хватает" in (ivan.toast or "")
    assert await house.generations.history(ivan.id, limit=5) == ()
    assert await house.drafts.current(ivan.id) is not None


async def test_a_queued_generation_is_cancelled_and_everything_comes_back(
    house: LivingHouse, ivan: Somebody
) -> None:
    await to_card(ivan)
    await ivan.tap("₽")
    screen = await ivan.tap("Отменить")
    assert "отменено" in screen.words
    assert (await house.balances.of(ivan.id)).free == WELCOME
    screen = await ivan.tap("Ещё раз")
    assert any("₽" in words for words in screen.buttons), "the same inputs, on a new card"
    assert house.telegram.refused == []


async def test_history_shows_what_was_made_and_the_way_home(house: LivingHouse, ivan: Somebody) -> None:
    assert "пусто" in (await ivan.say("/history")).words
    await to_card(ivan)
    await ivan.tap("₽")
    screen = await ivan.say("/history")
    assert "Z-Image" in screen.words
    assert "кот в сапогах" in screen.words
    assert "в очереди" in screen.words


async def test_the_language_changes_at_once_and_stays(house: LivingHouse, ivan: Somebody) -> None:
    await ivan.say("/start")
    await ivan.tap("Настройки")
    await ivan.tap("Язык")
    screen = await ivan.tap("English")
    assert "You can spend" in screen.words
    assert "Menu" in str(list((await ivan.say("/balance")).buttons))


async def test_balance_and_help_are_one_tap_away_and_lead_home(house: LivingHouse, ivan: Somebody) -> None:
    await ivan.say("/start")
    for name, words in (("Баланс", "Бонусы"), ("Помощь", "Как это работает"), ("История", "пусто")):
        assert words in (await ivan.tap(name)).words
        assert "Можно потратить" in (await ivan.tap("Меню")).words
    assert len(house.telegram.in_chat(ivan.id)) == 1
    assert house.telegram.refused == []
