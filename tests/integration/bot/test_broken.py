"""When something inside fails for good: each tap is answered, each message is answered, and the next one works."""

import asyncio
from pathlib import Path

import pytest
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import DeleteMessage, EditMessageReplyMarkup, EditMessageText

from app.ledger import Balance, Ledger
from bot.balances import Balances
from tests.integration.bot.conftest import LivingHouse
from tests.integration.inbox.conftest import consuming, until_settled
from tests.unit.bot.house import build_house
from tests.unit.bot.people import Somebody

CANNOT_BE_EDITED = (
    "Bad Request: message to edit not found",
    "Bad Request: message can't be edited",
    "Bad Request: MESSAGE_ID_INVALID",
    "Bad Request: there is no text in the message to edit",
    "Bad Request: message identifier is not specified",
)
CANNOT_BE_DELETED = (
    "Bad Request: message to delete not found",
    "Bad Request: message can't be deleted",
    "Bad Request: message can't be deleted for everyone",
)


class Unreadable(Balances):
    """A service with a mistake in it."""

    async def of(self, user_id: int) -> Balance:
        """Never answers."""
        raise ZeroDivisionError(user_id)


@pytest.mark.proves("F2")
@pytest.mark.parametrize("data", ["go:balance", "go:menu", "garbage", "go:nowhere"])
async def test_a_tap_is_answered_once_when_a_service_fails_at_every_try(
    house: LivingHouse, ivan: Somebody, tmp_path: Path, data: str
) -> None:
    screen = await ivan.say("/help")
    await house.wire.event(ivan.callback(data, screen))
    await house.wire.event(ivan.callback("go:help_prices", screen))
    broken = build_house(
        house.database, tmp_path, house.telegram, balances=Unreadable(house.database, Ledger())
    )
    async with consuming(house.database, house.epoch, broken.side.events):
        settled = await until_settled(house.database, seconds=30)
        await until_answered(house, 2)
    first, second = house.telegram.answers.values()
    assert sorted(settled.values()) == ["dead", "done", "done"]
    alert, other = (first, second) if first.show_alert else (second, first)
    assert "деньги не потеряны" in (alert.text or "")
    assert not other.show_alert
    assert house.telegram.refused == []


@pytest.mark.proves("F1", "F2")
async def test_a_message_is_answered_once_when_a_service_fails_at_every_try(
    house: LivingHouse, ivan: Somebody, tmp_path: Path
) -> None:
    await house.wire.event(
        ivan.message(text="/balance", entities=[{"type": "bot_command", "offset": 0, "length": 8}])
    )
    broken = build_house(
        house.database, tmp_path, house.telegram, balances=Unreadable(house.database, Ledger())
    )
    async with consuming(house.database, house.epoch, broken.side.events):
        await until_settled(house.database, seconds=30)
        async with asyncio.timeout(30):
            while not house.telegram.in_chat(ivan.id):  # noqa: ASYNC110 - the fake tells nobody
                await asyncio.sleep(0.01)
    assert ["Не получилось" in it.words for it in house.telegram.in_chat(ivan.id)] == [True]


@pytest.mark.proves("F18")
@pytest.mark.parametrize("reason", CANNOT_BE_EDITED)
async def test_a_screen_that_cannot_be_edited_for_whatever_reason_is_sent_anew(
    house: LivingHouse, ivan: Somebody, reason: str
) -> None:
    old = await ivan.say("/menu")
    house.telegram.trouble(EditMessageText, refusal(reason))
    await ivan.tap("Баланс", old)
    assert "Бонусы" in ivan.screen.words
    assert ivan.screen.message_id != old.message_id
    assert [it.message_id for it in house.telegram.in_chat(ivan.id)] == [ivan.screen.message_id]
    assert len(house.telegram.answers) == 1


@pytest.mark.proves("F18")
async def test_an_edit_that_telegram_finds_unchanged_is_a_success(house: LivingHouse, ivan: Somebody) -> None:
    old = await ivan.say("/menu")
    unchanged = (
        "Bad Request: message is not modified: specified new message content and reply markup are the same"
    )
    house.telegram.trouble(EditMessageText, refusal(unchanged))
    await ivan.tap("Баланс", old)
    assert ivan.screen.message_id == old.message_id
    assert len(house.telegram.answers) == 1


@pytest.mark.proves("F18")
@pytest.mark.parametrize("reason", CANNOT_BE_DELETED)
@pytest.mark.parametrize("strips", [True, False])
async def test_an_old_screen_that_cannot_be_taken_away_does_no_harm(
    house: LivingHouse, ivan: Somebody, reason: str, strips: bool
) -> None:
    old = await ivan.say("/menu")
    house.telegram.trouble(DeleteMessage, refusal(reason))
    if not strips:
        house.telegram.trouble(EditMessageReplyMarkup, refusal(CANNOT_BE_EDITED[0]))
    await ivan.say("/balance")
    assert "Бонусы" in ivan.screen.words
    assert bool(old.buttons) is not strips


def refusal(reason: str) -> TelegramBadRequest:
    """What Telegram says to the next call."""
    return TelegramBadRequest(method=DeleteMessage(chat_id=1, message_id=1), message=reason)


async def until_answered(house: LivingHouse, taps: int) -> None:
    """The apology comes after the event is parked."""
    async with asyncio.timeout(30):
        while len(house.telegram.answers) < taps:  # noqa: ASYNC110 - the fake tells nobody
            await asyncio.sleep(0.01)
