"""Every button of the menus leads to a screen of its own and back, in one message."""

import re
from pathlib import Path

import pytest
from aiogram.methods import AnswerCallbackQuery

from app.catalogue import ModelKey
from app.db import Database, Epoch
from app.errors import StorageUnavailableError
from app.money import Kopecks
from bot.callbacks import ModelTap
from bot.configured import Configured
from tests.integration.bot.conftest import LivingHouse
from tests.integration.bot.test_journey import to_card
from tests.unit.bot.fake_telegram import Shown
from tests.unit.bot.house import REFERRAL, WELCOME, build_house, real_catalogue
from tests.unit.bot.people import Somebody, Wire

MENU = {
    "ru": (
        *("Картинки и дизайн", "Видео", "Звук", "Улучшить качество", "Аватары", "Музыка"),
        *("Лучшие модели", "Поиск", "Быстрые действия", "В тренде", "Бесплатно", "Все категории"),
        *("Баланс", "История", "Избранное", "Пригласить друзей", "Настройки", "Поддержка"),
    ),
    "en": (
        *("Pictures and design", "Video", "Audio", "Enhance quality", "Avatars", "Music"),
        *("Best models", "Search", "Quick actions", "Trending", "Free", "All categories"),
        *("Balance", "History", "Favourites", "Invite friends", "Settings", "Support"),
    ),
}
HELP = {
    "ru": ("Помощь", "Как получить бесплатно", "Как пополнить", "Как считается цена", "при ошибке"),
    "en": ("Help", "How to get it free", "How to top up", "How pricing works", "on an error"),
}
HOME = {"ru": ("Меню", "Назад"), "en": ("Menu", "Back")}


@pytest.mark.proves("F20", "F23", "F25", "F31", "F38")
@pytest.mark.parametrize("language", ["ru", "en"])
async def test_all_24_buttons_lead_to_a_screen_and_back_in_the_same_message(
    house: LivingHouse, language: str
) -> None:
    person = Somebody(house.wire, first_name="Ann", language_code=language)
    home, back = HOME[language]
    await person.say("/start")
    await person.tap(MENU[language][0])
    menu = await person.tap(home)
    first, at_menu = menu.message_id, menu.words
    seen = {at_menu}
    for name in MENU[language]:
        screen = await person.tap(name)
        assert screen.words not in seen, name
        seen.add(screen.words)
        assert (await person.tap(home)).words == at_menu, name
    title = (await person.tap(HELP[language][0])).words
    for name in HELP[language][1:]:
        screen = await person.tap(name)
        assert screen.words not in seen, name
        seen.add(screen.words)
        assert (await person.tap(back)).words == title, name
    assert (await person.tap(home)).words == at_menu
    assert [it.message_id for it in house.telegram.in_chat(person.id)] == [first]
    assert len(house.telegram.answers) == len(house.telegram.called(AnswerCallbackQuery))
    assert house.telegram.refused == []
    if language == "en":
        assert not any(re.search("[а-яё]", words, re.IGNORECASE) for words in seen)


@pytest.mark.proves("F25")
async def test_all_buttons_of_the_menu_answer_while_the_storage_is_away(
    house: LivingHouse, ivan: Somebody, tmp_path: Path
) -> None:
    menu = await ivan.say("/start")
    away = Database("postgresql://nobody@127.0.0.1:1/none", application_name="x", max_connections=1)
    events = build_house(away, tmp_path, house.telegram).side.events
    ivan.wire = Wire(house.telegram, events, Epoch(1))
    for data in menu.buttons.values():
        event = await ivan.wire.event(ivan.callback(data, menu))
        with pytest.raises(StorageUnavailableError):
            await events.handle(event, Epoch(1))
        await events.give_up(event, Epoch(1))
        assert "Не получилось" in (ivan.toast or "")


@pytest.mark.proves("F30", "F31")
async def test_every_model_of_the_catalogue_opens_from_a_list_and_starts(
    house: LivingHouse, ivan: Somebody
) -> None:
    for spec in real_catalogue().models:
        screen = await ivan.say("/menu")
        await house.wire.feed(ivan.callback(ModelTap(key=spec.key).pack(), screen))
        assert spec.name in ivan.screen.words
        started = await ivan.tap("Создать")
        assert started.buttons
        assert "больше не продаётся" not in started.words
    assert house.telegram.refused == []


async def test_the_way_back_from_a_card_leads_to_the_list_where_it_was_opened(
    house: LivingHouse, ivan: Somebody
) -> None:
    await ivan.say("/start")
    for name, title in (("Лучшие модели", "Лучшие модели"), ("Картинки", "Выберите модель")):
        await ivan.tap(name)
        await ivan.tap("Z-Image")
        assert title in (await ivan.tap("Назад")).words
        assert await house.drafts.current(ivan.id) is None
        await ivan.tap("Меню")
    await ivan.tap("Все категории")
    await ivan.tap("по алфавиту")
    second = await ivan.tap("→")
    await ivan.tap(next(iter(second.buttons)))
    assert (await ivan.tap("Назад")).words == second.words, "the page is kept"


async def test_a_search_is_typed_answered_in_place_and_ends_with_the_screen(
    house: LivingHouse, ivan: Somebody
) -> None:
    await ivan.say("/start")
    await ivan.tap("Поиск")
    results = await ivan.say("nano bananna")
    assert "Nano Banana Pro" in results.buttons
    typed = {"message_id": results.reply_to, "date": 1, "chat": {"id": ivan.id, "type": "private"}}
    await ivan.tap("Nano Banana Pro", reply_to_message={**typed, "text": "nano bananna"})
    back = await ivan.tap("Назад", reply_to_message={**typed, "text": "nano bananna"})
    assert "Что нашлось" in back.words
    assert "Kling" in (await ivan.say("клипы kling")).words, "the results wait for another search"
    await ivan.tap("Меню")
    assert "Что сделать из этого текста" in (await ivan.say("кот")).words
    assert "Z-Image" in (await ivan.say("/search z-image")).words
    assert house.telegram.refused == []


async def test_back_to_a_search_by_command_finds_the_same_again(house: LivingHouse, ivan: Somebody) -> None:
    first = await ivan.say("/search google картинки")
    found = set(first.buttons)
    typed = {"message_id": first.reply_to, "date": 1, "chat": {"id": ivan.id, "type": "private"}}
    said = {**typed, "text": "/search google картинки"}
    await ivan.tap("Nano Banana Pro", reply_to_message=said)
    assert set((await ivan.tap("Назад", reply_to_message=said)).buttons) == found


async def test_a_search_survives_a_restart(house: LivingHouse, ivan: Somebody, tmp_path: Path) -> None:
    await ivan.say("/search")
    ivan.wire.events = build_house(house.database, tmp_path, house.telegram).side.events
    assert "Что нашлось" in (await ivan.say("видео")).words


async def test_the_star_marks_a_model_once_and_for_this_person_only(
    house: LivingHouse, ivan: Somebody
) -> None:
    assert "пусто" in (await ivan.say("/favorites")).words
    await ivan.say("/start")
    await ivan.tap("Картинки")
    card = await ivan.tap("Z-Image")
    before = Shown(card.message_id, card.chat_id, card.text, keyboard=card.keyboard)
    await ivan.tap("В избранное")
    assert ivan.toast == "В избранном"
    await ivan.tap("В избранное", before)
    assert await house.favourites.of(ivan.id) == (ModelKey("z-image"),)
    assert "Z-Image" in (await ivan.say("/favorites")).words
    other = Somebody(house.wire, id=777)
    await other.say("/start")
    assert "пусто" in (await other.say("/favorites")).words
    await ivan.tap("Z-Image")
    await ivan.tap("Убрать")
    assert "пусто" in (await ivan.tap("Назад")).words


async def test_what_was_made_is_recent_and_trending(house: LivingHouse, ivan: Somebody) -> None:
    await to_card(ivan)
    await ivan.tap("₽")
    await ivan.say("/menu")
    assert "Z-Image" in (await ivan.tap("В тренде")).words
    await ivan.tap("Меню")
    await ivan.tap("Избранное")
    assert "Z-Image" in (await ivan.tap("Недавние")).words


@pytest.mark.proves("F60")
async def test_the_bonus_that_is_promised_is_the_bonus_that_is_booked(
    house: LivingHouse, ivan: Somebody, tmp_path: Path
) -> None:
    said = (await ivan.say("/start")).words
    assert "300 ₽ бонусами" in said.replace("\u00a0", " ")
    assert (await house.balances.of(ivan.id)).bonus == WELCOME
    none = Configured(welcome_bonus=Kopecks(0), referral_bonus=Kopecks(0), result_copy_days=30)
    ivan.wire.events = build_house(house.database, tmp_path, house.telegram, none).side.events
    other = Somebody(ivan.wire, id=778)
    assert "бонусами" not in (await other.say("/start")).words
    await other.tap("Бесплатно")
    assert "бонуса сейчас нет" in (await other.tap("Как получить")).words


@pytest.mark.proves("F38")
async def test_support_names_exactly_what_is_configured(
    house: LivingHouse, ivan: Somebody, tmp_path: Path
) -> None:
    assert "ещё не указал контакт" in (await ivan.say("/support")).words
    assert "/support" not in (await ivan.tap("при ошибке")).words
    there = Configured(
        WELCOME, REFERRAL, 30, "@trt_help", "Отвечаем <быстро> & днём", "https://example.org/terms"
    )
    ivan.wire.events = build_house(house.database, tmp_path, house.telegram, there).side.events
    screen = await ivan.say("/paysupport")
    assert "Отвечаем <быстро> & днём" in screen.words
    assert screen.keyboard is not None
    assert screen.keyboard.inline_keyboard[0][0].url == "https://t.me/trt_help"
    terms = await ivan.say("/terms")
    assert terms.keyboard is not None
    assert terms.keyboard.inline_keyboard[0][0].url == "https://example.org/terms"
    assert house.telegram.refused == []


@pytest.mark.proves("F20")
async def test_buttons_that_lost_their_meaning_lead_to_a_fresh_screen(
    house: LivingHouse, ivan: Somebody
) -> None:
    menu = await ivan.say("/menu")
    for data in (
        *("star:999:1:1:s:0", "leave:999:1:b:0", "preset:gone", "buy:0", "buy:99999999", "model:gone:s:0"),
        *("list:b:999", "list:q:0", "family:video:00000000:7", "shelf:music:9", "quick:99", "offers:99"),
        *("made:999:again", "made:999:show", "past:1", "model:z-image", "go:nowhere", "draft:1:1:leave"),
    ):
        await house.wire.feed(ivan.callback(data, menu))
        assert ivan.screen.buttons, data
        menu = ivan.screen
    assert len(house.telegram.in_chat(ivan.id)) == 1
    assert house.telegram.refused == []
