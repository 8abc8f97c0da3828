"""The staff's screen of models that are off sale: both numbers, and a way back that is refused while money is lost."""

from decimal import Decimal

import pytest
from sqlalchemy import text

from app.admin import Role
from app.catalogue import ModelSpec
from app.generation.market import losses, read_rows
from app.money import Kopecks
from app.offers import CostChange, Rates, Suspensions
from tests.integration.bot.conftest import LivingHouse
from tests.integration.bot.staffed import owner
from tests.integration.bot.test_admin import member, rows
from tests.unit.bot.people import Somebody

RATES = Rates(Decimal(79), Decimal(2))


def z_image(house: LivingHouse) -> ModelSpec:
    """A model of one price row."""
    return house.catalogue.get("z-image")


async def suspend(house: LivingHouse, said: str) -> None:
    """KIE says this of the price of Z-Image."""
    spec = z_image(house)
    (loss,) = losses(spec, read_rows(spec, said), RATES)
    change = CostChange(loss.what, loss.asked, loss.cost, Kopecks(64), Kopecks(395), said)
    async with house.database.unit_of_work(house.epoch) as session:
        await Suspensions().begin(session, spec, change)


async def count(house: LivingHouse, query: str) -> int:
    async with house.database.snapshot() as session:
        return int((await session.execute(text(query))).scalar_one())


async def test_a_model_that_still_loses_stays_off_sale_and_returns_after_the_markup_rose(
    house: LivingHouse, ivan: Somebody
) -> None:
    await ivan.say("/search Z-Image")
    await ivan.tap("Z-Image")
    await ivan.say("кот в сапогах")
    await ivan.tap("16:9")
    await suspend(house, "10 credits per image")
    refused = await ivan.tap("₽")
    assert "снята с продажи" in refused.words
    assert await count(house, "SELECT count(*) FROM generation") == 0

    boss = await owner(house)
    await boss.say("/admin")
    screen = await boss.tap("Модели")
    assert "Снято с продажи: 1" in screen.words
    assert "Цена 0,64" in screen.words.replace("\u00a0", " ")
    assert "себестоимость 3,95" in screen.words.replace("\u00a0", " ")
    screen = await boss.tap("Продавать Z-Image")
    assert "не покрывает себестоимость" in screen.words
    assert await count(house, "SELECT count(*) FROM suspension WHERE ended_at IS NULL") == 1

    async with house.database.unit_of_work(house.epoch) as session:
        await house.rates.put(session, Rates(Decimal(79), Decimal(13)))
    screen = await boss.tap("Продавать Z-Image")
    assert "Снова в продаже" in screen.words
    assert await count(house, "SELECT count(*) FROM suspension WHERE ended_by_staff") == 1
    assert [it[0] for it in await rows(house)] == ["model_put_back"]
    assert "Ни одна модель не снята" in screen.words


async def test_two_operators_who_put_back_the_same_model_do_it_once(
    house: LivingHouse, ivan: Somebody
) -> None:
    async with house.database.unit_of_work(house.epoch) as session:
        await Suspensions().begin(session, z_image(house), None)
    first, second = await owner(house), await owner(house, 1)
    for boss in (first, second):
        await boss.say("/admin")
        assert "больше нет" in (await boss.tap("Модели")).words
    old = second.screen
    await first.tap("Продавать Z-Image")
    assert "уже продаётся" in (await second.tap("Продавать Z-Image", old)).words
    assert len(await rows(house)) == 1


async def test_a_look_at_kie_is_enqueued_once_for_each_tap(house: LivingHouse, ivan: Somebody) -> None:
    boss = await owner(house)
    await boss.say("/admin")
    await boss.tap("Модели")
    assert "Сверяем" in (await boss.tap("Сверить цены")).words
    assert await count(house, "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'market.list'") == 1


@pytest.mark.parametrize("role", [Role.SUPPORT, Role.READ_ONLY])
async def test_who_may_only_look_sees_the_numbers_and_no_button_that_acts(
    house: LivingHouse, ivan: Somebody, role: Role
) -> None:
    await suspend(house, "10 credits per image")
    helper = await member(house, role)
    await helper.say("/admin")
    screen = await helper.tap("Модели")
    assert "себестоимость" in screen.words
    assert not any("Продавать" in it or "Сверить" in it for it in screen.buttons)
    for forged in ("adj:1", "adm:market"):
        await house.wire.feed(helper.callback(forged, screen))
        assert helper.toast == "Нельзя: роль не позволяет, или этого уже нет", forged


async def test_models_that_are_not_for_sale_are_listed_with_their_reasons_and_successors(
    house: LivingHouse,
) -> None:
    boss = await owner(house)
    await boss.say("/admin")
    await boss.tap("Модели")
    screen = await boss.tap("Не продаются")
    told = screen.words
    while any("→" in label for label in screen.buttons):
        screen = await boss.tap("→")
        told += screen.words
    for spec in house.catalogue.withdrawn:
        assert spec.name in told
        assert spec.reason is not None
        assert spec.reason in told
    assert any(spec.successor is not None for spec in house.catalogue.withdrawn)
