"""Every kind of update in every state: exactly one visible reaction, and each tap is answered once."""

from collections.abc import Sequence
from itertools import count
from typing import Any

import pytest
from aiogram.methods import AnswerCallbackQuery, TelegramMethod

from tests.integration.bot.conftest import LivingHouse
from tests.integration.bot.test_journey import to_card
from tests.integration.bot.updates import MESSAGES, SIZED, STATES, STRANGE, State
from tests.unit.bot.fake_telegram import Shown, chat_json
from tests.unit.bot.people import Somebody

NUMBERS = count(10_000)


async def somebody_at(house: LivingHouse, state: State) -> Somebody:
    """A new person in this state."""
    person = Somebody(house.wire, id=next(NUMBERS))
    await state(person)
    return person


def reactions(calls: Sequence[TelegramMethod[Any]]) -> int:
    """Messages sent or edited; an old screen that goes away is no reaction of its own."""
    return sum(1 for it in calls if it.__api_method__.startswith(("send", "editMessageT")))


def check_tap(house: LivingHouse, calls: Sequence[TelegramMethod[Any]], what: str) -> None:
    """One answer; words in it, or one screen, or both."""
    answers = [it for it in calls if isinstance(it, AnswerCallbackQuery)]
    assert len(answers) == 1, what
    shown = reactions(calls)
    assert shown <= 1, what
    assert shown or answers[0].text, what
    assert house.telegram.refused == [], what


@pytest.mark.proves("F1")
@pytest.mark.parametrize("state", STATES, ids=lambda it: it.__name__)
async def test_every_kind_of_message_in_every_state_gets_one_reaction(
    house: LivingHouse, state: State
) -> None:
    for kind, content in MESSAGES.items():
        person = await somebody_at(house, state)
        before = len(house.telegram.calls)
        await house.wire.feed(person.message(**content))
        assert reactions(house.telegram.calls[before:]) == 1, kind
    assert house.telegram.refused == []


@pytest.mark.proves("F1")
@pytest.mark.parametrize("state", STATES, ids=lambda it: it.__name__)
async def test_what_means_nothing_gets_one_reaction_and_changes_nothing(
    house: LivingHouse, state: State
) -> None:
    person = await somebody_at(house, state)
    draft = await house.drafts.current(person.id)
    for kind, content in STRANGE.items():
        before = len(house.telegram.calls)
        await house.wire.feed(person.message(**content))
        assert reactions(house.telegram.calls[before:]) == 1, kind
        assert await house.drafts.current(person.id) == draft, kind
    assert house.telegram.refused == []


@pytest.mark.proves("F1")
@pytest.mark.parametrize("state", STATES, ids=lambda it: it.__name__)
async def test_an_album_in_every_state_gets_one_screen(house: LivingHouse, state: State) -> None:
    person = await somebody_at(house, state)
    before = [it.message_id for it in house.telegram.in_chat(person.id)]
    for number in range(3):
        photo = {**SIZED, "file_id": f"f{number}", "file_unique_id": f"u{number}"}
        await house.wire.feed(person.message(photo=[photo], media_group_id="77"))
    appeared = [it for it in house.telegram.in_chat(person.id) if it.message_id not in before]
    assert len(appeared) == 1
    assert house.telegram.refused == []


@pytest.mark.proves("F1", "F2", "F20")
@pytest.mark.parametrize("state", STATES[1:], ids=lambda it: it.__name__)
async def test_every_kind_of_tap_in_every_state_is_answered_once_and_seen(
    house: LivingHouse, state: State
) -> None:
    stranger = Somebody(house.wire, id=next(NUMBERS), first_name="Mallory")
    await to_card(stranger, "чужая тайна")
    foreign = [*stranger.screen.buttons.values()]
    await stranger.tap("₽")
    foreign += stranger.screen.buttons.values()
    person = Somebody(house.wire, id=next(NUMBERS))
    old = await person.say("/menu")
    old_data = list(old.buttons.values())[3]
    await state(person)
    for data in (*person.screen.buttons.values(), old_data, *foreign, "garbage", "go:nowhere", "made:1:show"):
        before = len(house.telegram.calls)
        await house.wire.feed(person.callback(data, person.screen))
        check_tap(house, house.telegram.calls[before:], data)
        assert "чужая" not in person.screen.words
    for message in messages_that_cannot_be_edited(person):
        before = len(house.telegram.calls)
        tap = person.callback(old_data, person.screen)
        tap["callback_query"] |= {"message": message} if message else {}
        if message is None:
            del tap["callback_query"]["message"]
        await house.wire.feed(tap)
        check_tap(house, house.telegram.calls[before:], str(message))


def messages_that_cannot_be_edited(person: Somebody) -> tuple[dict[str, Any] | None, ...]:
    """One too old, one that is not ours any more, none at all."""
    gone = Shown(message_id=1, chat_id=person.chat_id, text="x")
    old = {"message_id": gone.message_id, "date": 0, "chat": chat_json(person.chat_id)}
    return old, {**old, "date": 1_790_000_000, "text": "x"}, None


UNANSWERED: dict[str, dict[str, Any]] = {
    "edited message": {"edited_message": {"text": "иначе"}},
    "channel post": {"channel_post": {"text": "новость"}},
    "a group's chatter": {"message": {"text": "болтовня", "chat": chat_json(-1001)}},
    "a photo in a group": {"message": {"photo": [SIZED], "chat": chat_json(-1001)}},
    "a command for another bot": {"message": {"text": "/start@other_bot", "chat": chat_json(-1001)}},
}


@pytest.mark.proves("F1")
@pytest.mark.parametrize("kind", UNANSWERED)
async def test_what_nobody_said_to_the_bot_is_not_answered(
    house: LivingHouse, ivan: Somebody, kind: str
) -> None:
    await to_card(ivan)
    draft = await house.drafts.current(ivan.id)
    before = len(house.telegram.calls)
    for name, content in UNANSWERED[kind].items():
        await house.wire.feed({name: ivan.message()["message"] | content})
    assert reactions(house.telegram.calls[before:]) == 0
    assert await house.drafts.current(ivan.id) == draft


@pytest.mark.proves("F1")
async def test_a_pre_checkout_is_answered_on_the_wire_and_not_once_more(
    house: LivingHouse, ivan: Somebody
) -> None:
    await ivan.say("/start")
    before = len(house.telegram.calls)
    query = {
        "id": "1",
        "from": ivan.sender,
        "currency": "XTR",
        "total_amount": 50,
        "invoice_payload": "order",
    }
    await house.wire.feed({"pre_checkout_query": query})
    assert reactions(house.telegram.calls[before:]) == 0
