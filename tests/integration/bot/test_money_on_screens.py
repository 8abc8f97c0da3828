"""The money that screens name is the person's own, and the same wherever it is named."""

import pytest

from app.ledger import Corrections, Ledger
from app.money import Kopecks
from tests.integration.bot.conftest import LivingHouse
from tests.integration.bot.test_journey import to_card
from tests.integration.bot.test_repeat import made
from tests.integration.bot.test_top_up import last_invoice
from tests.unit.bot.people import Somebody

NBSP = "\u00a0"


async def pay_in(house: LivingHouse, person: Somebody, kopecks: int) -> None:
    """Cash, booked by hand."""
    async with house.database.unit_of_work(house.epoch) as session:
        await Ledger().credit(
            session,
            user_id=person.id,
            amount=Kopecks(kopecks),
            source="payments:stars",
            key=f"given:{person.id}",
        )


@pytest.mark.proves("F37")
async def test_each_card_shows_the_money_of_the_person_who_looks_at_it(
    house: LivingHouse, ivan: Somebody
) -> None:
    anna = Somebody(house.wire, id=777, first_name="Анна")
    await anna.say("/start")
    await pay_in(house, anna, 10_000)
    await to_card(ivan)
    await to_card(anna)
    assert f"Останется: 299,36{NBSP}₽" in ivan.screen.words
    assert f"Останется: 399,36{NBSP}₽" in anna.screen.words
    await anna.tap("Создать за")
    assert f"Можно потратить: 399,36{NBSP}₽" in (await anna.say("/balance")).words
    assert f"Можно потратить: 300{NBSP}₽" in (await ivan.say("/balance")).words


async def test_a_debt_is_missing_once_and_by_the_same_sum_on_the_card_and_at_the_tap(
    house: LivingHouse, ivan: Somebody
) -> None:
    await ivan.say("/start")
    await pay_in(house, ivan, 10_000)
    await to_card(ivan)
    price = next(data for words, data in ivan.screen.buttons.items() if "Создать за" in words)
    async with house.database.unit_of_work(house.epoch) as session:
        await Corrections().clawback(
            session, user_id=ivan.id, amount=Kopecks(12_000), to="payments:stars", key="back"
        )
    await house.wire.feed(ivan.callback(price, ivan.screen))
    assert ivan.toast == f"Не хватает 20{NBSP}₽", "120 came back, 100 were there, the bonus covers the price"
    assert f"Не хватает 20{NBSP}₽" in ivan.screen.words
    await ivan.tap("Пополнить на")
    assert last_invoice(house).prices[0].amount == 50


@pytest.mark.proves("F26")
@pytest.mark.parametrize(
    ("taps", "reached"),
    [
        (("Баланс", "Пополнить", f"100{NBSP}₽"), "invoice"),
        (("Поиск",), "Напишите название"),
        (("История", "🔁"), "Создать за"),
        (("Избранное",), "Здесь пока пусто"),
        (("Настройки", "Язык", "English"), "You can spend"),
        (("Помощь", "при ошибке"), "деньги уже вернулись"),
        (("Поддержка",), "Поддержка"),
        (("Настройки", "Условия"), "спишется ровно она"),
        (("Быстрые действия", "Логотип"), "Для чего логотип"),
        (("Картинки", "Z-Image", "Создать"), "Описание"),
    ],
    ids=lambda it: "-".join(it) if isinstance(it, tuple) else "",
)
async def test_every_key_task_is_at_most_three_taps_from_the_menu(
    house: LivingHouse, ivan: Somebody, taps: tuple[str, ...], reached: str
) -> None:
    await ivan.say("/start")
    await made(house, ivan, "кот")
    for words in taps:
        await ivan.tap(words)
    assert len(taps) <= 3
    if reached == "invoice":
        assert last_invoice(house).prices[0].amount == 100
    else:
        assert reached in "\n".join([ivan.screen.words, *ivan.screen.buttons])
