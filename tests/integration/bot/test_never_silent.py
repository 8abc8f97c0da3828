"""Whatever arrives, in whatever state: exactly one visible reaction, and every tap is answered once."""

from typing import Any

import pytest
from aiogram.exceptions import TelegramBadRequest, TelegramRetryAfter
from aiogram.methods import AnswerCallbackQuery, EditMessageText, SendMessage
from sqlalchemy import text

from app.inbox import MalformedEventError
from tests.integration.bot.conftest import LivingHouse
from tests.integration.bot.test_journey import to_card
from tests.integration.bot.updates import FILE, State, at_card_of_model, at_choice, in_menu, under_way
from tests.unit.bot.fake_telegram import BOT_ID, BOT_NAME, Shown
from tests.unit.bot.people import Somebody


@pytest.mark.proves("F20")
@pytest.mark.parametrize("state", [in_menu, at_card_of_model, at_choice, to_card, under_way])
async def test_every_button_ever_shown_still_leads_to_a_screen(
    house: LivingHouse, ivan: Somebody, state: State
) -> None:
    await to_card(ivan)
    old = [ivan.screen]
    for words in ("Назад", "Назад", "Назад", "Меню"):
        shown = ivan.screen
        old.append(Shown(shown.message_id, shown.chat_id, shown.text, keyboard=shown.keyboard))
        await ivan.tap(words)
    await state(ivan)
    for message in old:
        for data in message.buttons.values():
            await house.wire.feed(ivan.callback(data, message))
            assert len(house.telegram.called(AnswerCallbackQuery)) == len(house.telegram.answers)
            assert ivan.screen.keyboard is not None
    assert house.telegram.refused == []


@pytest.mark.proves("F20")
async def test_unknown_callback_data_leads_to_a_fresh_menu(house: LivingHouse, ivan: Somebody) -> None:
    await ivan.say("/help")
    for data in ("menu:old", "page:cat:1:2", "go:nowhere", "pick:x:y:z", "draft:1:1:explode", "run:1:1:1"):
        await house.wire.feed(ivan.callback(data, ivan.screen))
        assert ivan.toast
        assert ivan.screen.buttons


@pytest.mark.proves("F20")
async def test_buttons_of_somebody_else_change_nothing_of_theirs(house: LivingHouse, ivan: Somebody) -> None:
    await to_card(ivan)
    card = ivan.screen
    await ivan.tap("₽")
    progress = ivan.screen
    other = Somebody(house.wire, id=777, first_name="Mallory", language_code="en")
    await other.say("/start")
    for data in (*card.buttons.values(), *progress.buttons.values()):
        await house.wire.feed(other.callback(data, other.screen))
        assert "кот в сапогах" not in other.screen.words
    (generation,) = await house.generations.history(ivan.id, limit=5)
    assert generation.state.value == "held"
    assert await house.generations.history(other.id, limit=5) == ()


@pytest.mark.proves("F2")
async def test_a_tap_is_answered_even_when_its_handler_always_fails(
    house: LivingHouse, ivan: Somebody
) -> None:
    screen = await ivan.say("/start")
    data = screen.buttons["💰 Баланс"]
    refusal = TelegramBadRequest(method=SendMessage(chat_id=1, text=""), message="Bad Request: boom")
    screen.text = None  # it cannot be edited any more, so the handler sends; and that fails
    house.telegram.trouble(SendMessage, refusal)
    event = await house.wire.event(ivan.callback(data, screen))
    with pytest.raises(TelegramBadRequest):
        await house.side.events.handle(event, house.epoch)
    assert house.telegram.answers == {}
    await house.side.events.give_up(event, house.epoch)
    (answer,) = house.telegram.answers.values()
    assert answer.show_alert
    assert "деньги не потеряны" in (answer.text or "")


def too_old() -> TelegramBadRequest:
    """What Telegram says of a tap that waited for more than a few seconds."""
    reason = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    return TelegramBadRequest(method=AnswerCallbackQuery(callback_query_id="1"), message=reason)


@pytest.mark.proves("F1", "F2")
async def test_a_tap_that_waited_too_long_for_its_toast_gets_the_words_as_a_message(
    house: LivingHouse, ivan: Somebody
) -> None:
    await ivan.say("/start")
    menu = await ivan.say("/menu")
    house.telegram.trouble(AnswerCallbackQuery, too_old(), too_old(), too_old())
    await house.wire.feed(ivan.callback("go:menu", menu))
    assert ivan.screen.words == "Вы уже здесь"
    await house.wire.feed(ivan.callback("go:balance", menu))
    assert "Бонусы" in menu.words
    assert ivan.screen.words == "Вы уже здесь", "a tap that drew a screen needs no words"
    event = await house.wire.event(ivan.callback("go:balance", menu))
    await house.side.events.give_up(event, house.epoch)
    assert "деньги не потеряны" in ivan.screen.words
    assert house.telegram.answers == {}


@pytest.mark.proves("F2")
async def test_a_message_that_is_given_up_is_answered_with_words(house: LivingHouse, ivan: Somebody) -> None:
    event = await house.wire.event(ivan.message(text="/start"))
    await house.side.events.give_up(event, house.epoch)
    assert "Не получилось" in ivan.screen.words


async def test_what_is_no_update_raises_and_is_given_up_in_silence(house: LivingHouse) -> None:
    event = await house.wire.event({})
    broken = type(event)(**{**{f: getattr(event, f) for f in event.__slots__}, "payload": b"[]"})
    with pytest.raises(MalformedEventError):
        await house.side.events.handle(broken, house.epoch)
    await house.side.events.give_up(broken, house.epoch)
    assert house.telegram.calls == []


@pytest.mark.proves("F18")
async def test_a_screen_that_was_deleted_or_became_too_old_is_sent_anew(
    house: LivingHouse, ivan: Somebody
) -> None:
    screen = await ivan.say("/start")
    del house.telegram.messages[screen.message_id]
    await house.wire.feed(ivan.callback(screen.buttons["💰 Баланс"], screen))
    assert "Бонусы" in ivan.screen.words
    screen = ivan.screen
    old = ivan.callback(screen.buttons["🏠 Меню"], screen)
    old["callback_query"]["message"] = {
        "message_id": screen.message_id,
        "date": 0,
        "chat": {"id": ivan.id, "type": "private"},
    }
    await house.wire.feed(old)
    assert "Можно потратить" in ivan.screen.words
    assert ivan.screen.message_id != screen.message_id


@pytest.mark.proves("F18")
async def test_a_tapped_message_that_came_without_its_words_is_edited_all_the_same(
    house: LivingHouse, ivan: Somebody
) -> None:
    screen = await ivan.say("/start")
    tap = ivan.callback(screen.buttons["💰 Баланс"], screen)
    kept = ("message_id", "date", "chat")
    tap["callback_query"]["message"] = {name: tap["callback_query"]["message"][name] for name in kept}
    await house.wire.feed(tap)
    assert "Бонусы" in ivan.screen.words
    assert ivan.screen.message_id == screen.message_id


@pytest.mark.proves("F18")
async def test_a_tap_that_changes_nothing_edits_nothing_and_says_so(
    house: LivingHouse, ivan: Somebody
) -> None:
    await ivan.say("/menu")
    await ivan.tap("Помощь")
    await ivan.tap("Меню")
    menu = ivan.screen
    await house.wire.feed(ivan.callback("go:menu", menu))
    assert ivan.toast == "Вы уже здесь"
    assert house.telegram.refused == []


@pytest.mark.proves("F95")
async def test_a_banned_person_gets_one_polite_answer_and_nothing_else(
    house: LivingHouse, ivan: Somebody
) -> None:
    menu = await ivan.say("/start")
    await house.ban(ivan)
    before = len(house.telegram.calls)
    await house.wire.feed(ivan.message(text="кот"))
    await house.wire.feed(ivan.callback("go:balance", menu))
    said = [it.__api_method__ for it in house.telegram.calls[before:]]
    assert said == ["sendMessage", "answerCallbackQuery"]
    assert ivan.toast == "Доступ к боту закрыт."
    assert await house.drafts.current(ivan.id) is None


@pytest.mark.parametrize(
    ("content", "heard"),
    [
        ({"text": "просто болтовня"}, False),
        ({"photo": [{**FILE, "width": 1, "height": 1}]}, False),
        ({"text": "/start@other_bot"}, False),
        ({"text": "/menu"}, True),
        ({"text": f"/menu@{BOT_NAME}"}, True),
        ({"text": f"@{BOT_NAME} кот на луне"}, True),
    ],
)
async def test_in_a_group_the_bot_answers_only_when_addressed(
    house: LivingHouse, content: dict[str, Any], heard: bool
) -> None:
    person = Somebody(house.wire, chat_id=-1001)
    await house.wire.feed(person.message(**content))
    assert bool(house.telegram.in_chat(-1001)) is heard


async def test_in_a_group_a_reply_to_the_bot_is_addressed_to_it(house: LivingHouse) -> None:
    person = Somebody(house.wire, chat_id=-1001)
    replied = {
        "message_id": 5,
        "date": 1,
        "chat": {"id": -1001, "type": "supergroup", "title": "G"},
        "from": {"id": BOT_ID, "is_bot": True, "first_name": "Bot"},
        "text": "?",
    }
    await house.wire.feed(person.message(text="кот", reply_to_message=replied))
    assert house.telegram.in_chat(-1001)


async def test_in_a_group_a_tap_on_another_persons_screen_opens_ones_own(house: LivingHouse) -> None:
    anna = Somebody(house.wire, id=1, first_name="Анна", chat_id=-1001)
    boris = Somebody(house.wire, id=2, first_name="Борис", chat_id=-1001)
    hers = await anna.say("/menu")
    await house.wire.feed(boris.callback("go:help", hers))
    assert "Как это работает" in boris.screen.words
    assert boris.screen.message_id != hers.message_id
    assert "Можно потратить" in house.telegram.messages[hers.message_id].words


@pytest.mark.proves("F95")
@pytest.mark.parametrize("chat_id", [0, -1001], ids=["banned", "in a group"])
async def test_money_that_came_in_is_booked_whoever_sent_it_and_wherever(
    house: LivingHouse, chat_id: int
) -> None:
    payer = Somebody(house.wire, chat_id=chat_id)
    await payer.say("/start")
    if not chat_id:
        await house.ban(payer)
    paid = {
        "currency": "XTR",
        "total_amount": 50,
        "invoice_payload": "unknown",
        "telegram_payment_charge_id": "charge-1",
        "provider_payment_charge_id": "",
    }
    await house.wire.feed(payer.message(successful_payment=paid))
    async with house.database.snapshot() as session:
        assert (await session.execute(text("SELECT count(*) FROM payment"))).scalar_one() == 1


@pytest.mark.proves("F2", "F94")
async def test_a_tap_in_a_chat_that_is_too_busy_for_a_screen_is_answered_with_words(
    house: LivingHouse, ivan: Somebody
) -> None:
    await ivan.say("/start")
    busy = TelegramRetryAfter(method=SendMessage(chat_id=1, text="x"), message="Flood", retry_after=40)
    house.telegram.trouble(EditMessageText, busy)
    await ivan.tap("Баланс")
    assert "40" in str(ivan.toast)
    assert len(house.telegram.called(AnswerCallbackQuery)) == 1
    await ivan.tap("Баланс")
    assert "Можно потратить" in ivan.screen.words


@pytest.mark.proves("F18")
async def test_a_price_tapped_on_a_card_that_is_gone_starts_and_nobody_edits_the_card(
    house: LivingHouse, ivan: Somebody
) -> None:
    await to_card(ivan)
    card = ivan.screen
    tap = ivan.callback(next(data for data in card.buttons.values() if data.startswith("run:")), card)
    chat = {"id": ivan.id, "type": "private"}
    tap["callback_query"]["message"] = {"message_id": card.message_id, "date": 0, "chat": chat}
    del house.telegram.messages[card.message_id]
    await house.wire.feed(tap)
    assert "очереди" in ivan.screen.words
    (generation,) = await house.generations.history(ivan.id, limit=5)
    assert generation.progress_message_id == ivan.screen.message_id
    assert house.telegram.refused == []
