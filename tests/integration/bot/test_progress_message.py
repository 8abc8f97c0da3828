"""Where the progress of a generation stands, and what it says when the jobs are quicker than its drawing."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest
from aiogram.exceptions import TelegramServerError
from aiogram.methods import EditMessageText, SendMessage
from sqlalchemy import text

from app.generation import Generation
from tests.integration.bot.conftest import LivingHouse
from tests.integration.bot.test_journey import to_card
from tests.unit.bot.fake_telegram import Shown
from tests.unit.bot.people import Somebody

MOVE = text("UPDATE generation SET state = :state, failure = :failure, told_at = now(), next_check_at = NULL")


async def the_card(person: Somebody) -> tuple[Shown, str]:
    """The confirm card, and what its price carries."""
    await to_card(person)
    return person.screen, next(data for words, data in person.screen.buttons.items() if "₽" in words)


def moved_to(house: LivingHouse, state: str) -> Callable[[], Awaitable[None]]:
    """The jobs bring every generation there, and tell it."""

    async def move() -> None:
        async with house.database.unit_of_work(house.epoch) as session:
            failure = "lost" if state == "failed" else None
            await session.execute(MOVE, {"state": state, "failure": failure})

    return move


async def newest(house: LivingHouse, person: Somebody) -> Generation:
    """The person's only generation."""
    (generation,) = await house.generations.history(person.id)
    return generation


@pytest.mark.proves("F1")
async def test_a_progress_that_could_not_take_the_cards_place_is_found_where_it_stands(
    house: LivingHouse, ivan: Somebody
) -> None:
    card, price = await the_card(ivan)
    tap = ivan.callback(price, card)
    del house.telegram.messages[card.message_id]
    await house.wire.feed(tap)
    assert "очереди" in ivan.screen.words
    assert ivan.screen.message_id != card.message_id
    assert (await newest(house, ivan)).progress_message_id == ivan.screen.message_id


async def test_a_progress_that_is_drawn_again_after_a_crash_is_found_where_it_stands(
    house: LivingHouse, ivan: Somebody
) -> None:
    card, price = await the_card(ivan)
    event = await house.wire.event(ivan.callback(price, card))
    house.telegram.trouble(
        EditMessageText, TelegramServerError(method=SendMessage(chat_id=1, text=""), message="Bad Gateway")
    )
    with pytest.raises(TelegramServerError):
        await house.side.events.handle(event, house.epoch)
    del house.telegram.messages[card.message_id]
    await house.side.events.handle(replace(event, attempt=2, applied=True), house.epoch)
    assert (await newest(house, ivan)).progress_message_id == ivan.screen.message_id


@pytest.mark.parametrize(("state", "said"), [("submitted", "Отправлено"), ("delivered", "готово")])
async def test_what_happens_while_the_first_progress_is_drawn_is_drawn_over_it(
    house: LivingHouse, ivan: Somebody, state: str, said: str
) -> None:
    card, price = await the_card(ivan)
    house.telegram.meanwhile[EditMessageText] = moved_to(house, state)
    await house.wire.feed(ivan.callback(price, card))
    assert said in house.telegram.messages[card.message_id].words
    assert house.telegram.messages[card.message_id].buttons == {}
    assert house.telegram.refused == []


async def test_a_progress_that_comes_after_the_news_of_the_failure_does_not_stay(
    house: LivingHouse, ivan: Somebody
) -> None:
    card, price = await the_card(ivan)
    tap = ivan.callback(price, card)
    del house.telegram.messages[card.message_id]
    house.telegram.meanwhile[SendMessage] = moved_to(house, "failed")
    await house.wire.feed(tap)
    assert house.telegram.in_chat(ivan.id) == []


async def test_a_progress_whose_generation_failed_before_it_was_drawn_again_is_left_to_the_news(
    house: LivingHouse, ivan: Somebody
) -> None:
    card, price = await the_card(ivan)
    event = await house.wire.event(ivan.callback(price, card))
    house.telegram.trouble(
        EditMessageText, TelegramServerError(method=SendMessage(chat_id=1, text=""), message="Bad Gateway")
    )
    with pytest.raises(TelegramServerError):
        await house.side.events.handle(event, house.epoch)
    await moved_to(house, "failed")()
    del house.telegram.messages[card.message_id]
    await house.side.events.handle(replace(event, attempt=2, applied=True), house.epoch)
    await ivan.say("/menu")
    assert house.telegram.refused == []
