"""The movements of a person's money, and the bill of a generation."""

from app.ledger import Ledger
from app.money import Kopecks
from bot.texts import load_texts
from bot.views.statement import statement_view
from tests.integration.bot.conftest import LivingHouse
from tests.integration.bot.test_journey import to_card
from tests.integration.bot.test_repeat import made
from tests.unit.bot.people import Somebody


async def test_each_movement_has_a_line_and_the_file_has_all_of_them(
    house: LivingHouse, ivan: Somebody
) -> None:
    await ivan.say("/start")
    generation = await made(house, ivan, "кот")
    async with house.database.unit_of_work(house.epoch) as session:
        await Ledger().credit(
            session, user_id=ivan.id, amount=Kopecks(10_000), source="payments:stars", key="stars:1"
        )
    await ivan.say("/balance")
    shown = await ivan.tap("Операции")
    lines = shown.words.split("\n\n")[1:]
    assert [words.split("\n")[0] for words in lines] == [
        "+100\u00a0₽ · Пополнение",
        f"+0,64\u00a0₽ · Вернулось за работу №{generation.id}",
        f"−0,64\u00a0₽ · Отложено на работу №{generation.id}",
        "+300\u00a0₽ · Бонус",
    ]
    await ivan.tap("Скачать", shown)
    assert ivan.screen.media == "document"
    assert ivan.toast == "Файл отправлен"
    assert shown.words == house.telegram.in_chat(ivan.id)[-2].words


async def test_the_statement_pages_to_the_first_movement_and_back(house: LivingHouse, ivan: Somebody) -> None:
    await ivan.say("/start")
    async with house.database.unit_of_work(house.epoch) as session:
        for number in range(1, 21):
            await Ledger().credit(
                session,
                user_id=ivan.id,
                amount=Kopecks(number * 100),
                source="payments:stars",
                key=f"stars:{number}",
            )
    await ivan.say("/balance")
    shown = await ivan.tap("Операции")
    met = shown.words.split("\n\n")[1:]
    while any("Раньше" in words for words in shown.buttons):
        shown = await ivan.tap("Раньше")
        met += shown.words.split("\n\n")[1:]
    assert len(met) == 21
    assert met[0].startswith("+20\u00a0₽")
    assert "Бонус" in met[-1]
    assert "+20\u00a0₽" in (await ivan.tap("К новым")).words


def test_without_any_movement_the_page_says_so_and_offers_no_file() -> None:
    view = statement_view(load_texts().for_language("ru"), [], is_first=True)
    assert "Здесь появится" in view.text
    assert view.keyboard is not None
    assert [len(row) for row in view.keyboard.inline_keyboard] == [2]


async def test_a_bill_shows_the_price_and_what_came_back_and_only_to_its_owner(
    house: LivingHouse, ivan: Somebody
) -> None:
    await to_card(ivan, "тайный кот")
    await ivan.tap("₽")
    (generation,) = await house.generations.history(ivan.id)
    await house.wire.feed(ivan.callback(f"made:{generation.id}:bill", ivan.screen))
    assert f"Чек №{generation.id}" in ivan.screen.words
    assert "Отложено до готовности" in ivan.screen.words
    assert "Цена: 0,64" in ivan.screen.words
    await house.wire.feed(ivan.callback(f"made:{generation.id}:cancel", house.telegram.in_chat(ivan.id)[0]))
    await house.wire.feed(ivan.callback(f"made:{generation.id}:bill", ivan.screen))
    assert "Вернулось: 0,64" in ivan.screen.words
    other = Somebody(house.wire, id=777, first_name="Mallory")
    await other.say("/start")
    await house.wire.feed(other.callback(f"made:{generation.id}:bill", other.screen))
    assert "тайный" not in other.screen.words
    assert other.toast
