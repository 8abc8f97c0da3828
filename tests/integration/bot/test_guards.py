"""What a person sees of the guards: free runs and what is left of them, the budget, and why something must wait."""

from pathlib import Path

import pytest

from app.db import Database
from app.generation import FreeAllowance
from tests.integration.bot.conftest import LivingHouse
from tests.integration.bot.test_journey import to_card
from tests.unit.bot.house import ZONE, build_house
from tests.unit.bot.people import Somebody, Wire

GENEROUS = FreeAllowance(2, 2, ZONE)


@pytest.fixture
def giving(house: LivingHouse, database: Database, tmp_path: Path) -> Somebody:
    """A person in a house with two free runs a day."""
    events = build_house(database, tmp_path, house.telegram, free=GENEROUS).side.events
    return Somebody(Wire(house.telegram, events, house.epoch, house.wire.store, house.wire.numbers), id=502)


@pytest.mark.proves("F46", "F58")
async def test_the_free_screen_leads_to_a_free_picture_and_counts_down(
    house: LivingHouse, giving: Somebody
) -> None:
    await giving.say("/start")
    screen = await giving.tap("Бесплатно")
    assert "Бесплатных сегодня: 2" in screen.words
    card = await giving.tap("Z-Image")
    assert "Бесплатных сегодня: 2" in card.words
    await giving.tap("Создать")
    await giving.say("рыжий кот")
    card = await giving.tap("1:1")
    assert "Цена: бесплатно" in card.words
    assert "Бесплатных сегодня: 2" in card.words
    assert "В очереди" in (await giving.tap("Создать бесплатно")).words
    balance = await house.balances.of(giving.id)
    assert (balance.held, balance.bonus) == (0, 30_000)
    assert "Бесплатных сегодня: 1" in (await giving.say("/balance")).words
    await giving.say("/menu")
    await giving.tap("Бесплатно")
    await giving.tap("Z-Image")
    assert "Бесплатных сегодня: 1" in (await giving.tap("Назад")).words
    assert house.telegram.refused == []


async def test_the_help_promises_just_the_free_runs_that_there_are(
    house: LivingHouse, giving: Somebody, ivan: Somebody
) -> None:
    for person, promise in ((giving, "Каждый день: 2"), (ivan, "пока нет")):
        await person.say("/help")
        assert promise in (await person.tap("Как получить бесплатно")).words


async def test_without_a_free_tier_the_free_screen_names_the_cheapest(
    house: LivingHouse, ivan: Somebody
) -> None:
    await ivan.say("/start")
    screen = await ivan.tap("Бесплатно")
    assert "сейчас нет" in screen.words
    assert any("Z-Image" in text for text in screen.buttons)


async def test_a_budget_is_set_in_two_taps_and_stops_what_does_not_fit(
    house: LivingHouse, ivan: Somebody
) -> None:
    await ivan.say("/start")
    assert "лимита нет" in (await ivan.say("/budget")).words
    await ivan.tap("На день")
    assert "из 100 ₽" in (await ivan.tap("100")).words.replace("\u00a0", " ")
    async with house.database.unfenced_unit_of_work() as session:
        connection = await session.connection()
        await connection.exec_driver_sql("UPDATE budget SET limit_kopecks = 63")
    await ivan.say("/start")
    await ivan.tap("Картинки")
    await ivan.tap("Z-Image")
    card = await ivan.say("кот в сапогах")
    assert "больше вашего дневного бюджета" in card.words
    assert not any("Создать" in text for text in card.buttons)
    await ivan.tap("Бюджет")
    await ivan.tap("На день")
    assert "лимита нет" in (await ivan.tap("Без лимита")).words
    assert (await house.balances.of(ivan.id)).held == 0


async def test_an_order_waits_while_kie_cannot_be_paid_and_runs_when_it_can(
    house: LivingHouse, ivan: Somebody
) -> None:
    await to_card(ivan)
    card = ivan.screen
    await _kie_has(house, 0)
    refused = await ivan.tap("Создать", card)
    assert "Деньги не отложены" in refused.words
    assert ivan.toast == "Сейчас нельзя. Деньги не отложены."
    assert (await house.balances.of(ivan.id)).held == 0
    await _kie_has(house, 1000)
    again = await ivan.tap("Проверить ещё раз")
    await ivan.tap("Создать", again)
    assert (await house.balances.of(ivan.id)).held == 64


async def _kie_has(house: LivingHouse, credits_left: int) -> None:
    async with house.database.unfenced_unit_of_work() as session:
        connection = await session.connection()
        await connection.exec_driver_sql("DELETE FROM kie_balance")
        await connection.exec_driver_sql(
            f"INSERT INTO kie_balance VALUES (1, {credits_left}, clock_timestamp(), false)"
        )
