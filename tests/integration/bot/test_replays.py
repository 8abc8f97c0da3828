"""A crash between the commit and the drawing: the event comes again, and the person sees what they would have seen."""

from dataclasses import replace

import pytest
from aiogram.exceptions import TelegramServerError
from aiogram.methods import SendMessage

from tests.integration.bot.conftest import LivingHouse
from tests.integration.bot.test_journey import to_card
from tests.unit.bot.fake_telegram import Shown
from tests.unit.bot.people import Somebody


@pytest.mark.proves("F60")
async def test_a_greeting_that_got_lost_greets_the_newcomer_once_more(
    house: LivingHouse, ivan: Somebody
) -> None:
    lost = TelegramServerError(method=SendMessage(chat_id=1, text=""), message="Bad Gateway")
    house.telegram.trouble(SendMessage, lost)
    event = await house.wire.event(ivan.message(text="/start"))
    with pytest.raises(TelegramServerError):
        await house.side.events.handle(event, house.epoch)
    await house.side.events.handle(replace(event, attempt=2), house.epoch)
    assert "Делаю картинки" in ivan.screen.words
    assert "300\u00a0₽ бонусами" in ivan.screen.words
    assert "Делаю картинки" not in (await ivan.say("/start")).words


async def test_an_apology_is_said_in_the_language_that_the_person_chose(
    house: LivingHouse, ivan: Somebody
) -> None:
    menu = await ivan.say("/language")
    await ivan.tap("English")
    event = await house.wire.event(ivan.callback("go:balance", menu))
    await house.side.events.give_up(event, house.epoch)
    assert "did not work" in (ivan.toast or "")


async def test_an_apology_to_a_stranger_is_said_in_the_language_that_their_screens_would_have(
    house: LivingHouse,
) -> None:
    greta = Somebody(house.wire, first_name="Greta", language_code="de")
    event = await house.wire.event(greta.message(text="/start"))
    await house.side.events.give_up(event, house.epoch)
    sorry = greta.screen.words
    await greta.say("/start")
    assert not any("а" <= letter <= "я" for letter in (sorry + greta.screen.words).lower())


@pytest.mark.proves("F1", "F15")
async def test_a_text_at_the_menu_is_a_new_wish_and_the_draft_waits_one_tap_away(
    house: LivingHouse, ivan: Somebody
) -> None:
    await to_card(ivan, "кот в сапогах")
    menu = await ivan.say("/menu")
    assert "▶️ Продолжить: Z-Image" in menu.buttons
    offers = await ivan.say("пёс на лугу")
    assert "Что сделать из этого текста" in offers.words
    draft = await house.drafts.current(ivan.id)
    assert draft is not None
    assert draft.inputs["prompt"] == "кот в сапогах"
    await ivan.tap("Меню")
    card = await ivan.tap("Продолжить")
    assert "кот в сапогах" in card.words
    assert "пёс" in (await ivan.say("пёс в сапогах")).words


async def test_a_model_that_was_only_looked_at_is_not_offered_to_go_on_with(
    house: LivingHouse, ivan: Somebody
) -> None:
    await ivan.say("/start")
    await ivan.tap("Картинки")
    await ivan.tap("Z-Image")
    assert not any("Продолжить" in words for words in (await ivan.tap("Меню")).buttons)


async def test_another_language_in_the_middle_of_the_wizard_leads_back_into_it(
    house: LivingHouse, ivan: Somebody
) -> None:
    await ivan.say("/start")
    await ivan.find("Видео", "Kling 2.6")
    await ivan.say("волна")
    asked = (await house.drafts.current(ivan.id)) or pytest.fail("no draft")
    await ivan.say("/language")
    await ivan.tap("English")
    await ivan.tap("Go on: Kling")
    now = (await house.drafts.current(ivan.id)) or pytest.fail("no draft")
    assert (now.id, now.inputs, now.asking) == (asked.id, asked.inputs, asked.asking)
    assert not any("а" <= letter <= "я" for letter in " ".join(ivan.screen.buttons).lower())


@pytest.mark.parametrize(
    "said", ["@trt_test_bot кот на луне", "кот на луне @TRT_test_bot", "кот\n@trt_test_bot на луне"]
)
async def test_in_a_group_the_name_of_the_bot_is_no_part_of_the_wish(house: LivingHouse, said: str) -> None:
    person = Somebody(house.wire, chat_id=-1001)
    update = person.message(text=said)
    await house.wire.feed(update)
    assert "Z-Image" in person.screen.buttons
    await person.tap("Z-Image", reply_to_message=update["message"])
    draft = (await house.drafts.current(person.id)) or pytest.fail("no draft")
    assert draft.inputs["prompt"] == "кот на луне"


@pytest.mark.proves("F20")
async def test_a_tap_on_somebody_elses_card_in_a_group_shows_the_group_no_draft_of_the_one_who_tapped(
    house: LivingHouse, ivan: Somebody
) -> None:
    await to_card(ivan, "тайный подарок")
    anna = Somebody(house.wire, id=777, first_name="Анна", chat_id=-1001)
    await anna.say("/menu")
    await anna.tap("Картинки")
    card = await anna.tap("Z-Image")
    in_group = Somebody(house.wire, id=ivan.id, chat_id=-1001)
    for data in card.buttons.values():
        await house.wire.feed(in_group.callback(data, card))
    assert all("тайный" not in message.words for message in house.telegram.in_chat(-1001))
    assert (await house.drafts.current(anna.id)) is not None


async def test_the_second_of_two_quick_taps_still_tells_of_the_old_screen_and_draws_nothing_again(
    house: LivingHouse, ivan: Somebody
) -> None:
    menu = await ivan.say("/start")
    before = Shown(menu.message_id, menu.chat_id, menu.text, keyboard=menu.keyboard)
    for _ in range(2):
        await house.wire.feed(ivan.callback("go:balance", before))
    assert "Бонусы" in ivan.screen.words
    assert ivan.toast == "Вы уже здесь"
    assert house.telegram.refused == []


async def test_a_tap_from_a_screen_that_was_left_meanwhile_leads_back_to_it(
    house: LivingHouse, ivan: Somebody
) -> None:
    menu = await ivan.say("/start")
    before = Shown(menu.message_id, menu.chat_id, menu.text, keyboard=menu.keyboard)
    await ivan.tap("Баланс")
    await house.wire.feed(ivan.callback("go:menu", before))
    assert "моделей на выбор" in ivan.screen.words
