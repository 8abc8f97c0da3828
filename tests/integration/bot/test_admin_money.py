"""The staff's screens about money: strange payments, refunds into debt, margins and the books."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from app.admin import AlertWatch, Role
from app.clock import SystemClock
from app.inbox import Step
from app.money import Kopecks
from app.payments import Arrival, Method
from bot.alerts import OperatorAlerts
from bot.pacing import UnsolicitedRate
from tests.integration.bot.conftest import LivingHouse
from tests.integration.bot.staffed import Workroom, owner
from tests.integration.bot.test_admin import member, rows, to_person
from tests.unit.bot.house import OWNERS, TERMS, WELCOME
from tests.unit.bot.people import Somebody

STRANGER = 999
HUNDRED = "100\u00a0₽"


async def strange_payment(house: LivingHouse, person: Somebody) -> int:
    """A stranger paid for the person's order: the money waits in suspense."""
    number = (await house.wire.event(person.message(text="x"))).id
    order = await house.payments.create_order(Step(number, house.epoch), person.id, TERMS.wish(100))
    told = Arrival(Method.STARS, "strange-charge", STRANGER, "XTR", 100, order.payload)
    return (await house.payments.credit(house.epoch, told)).id


def alerts_to(house: LivingHouse, chat_id: int) -> OperatorAlerts:
    """What operators are told, in this chat."""
    return OperatorAlerts(
        house.side.unsolicited, house.side.texts, UnsolicitedRate(1000, SystemClock()), chat_id
    )


async def to_strange(boss: Somebody, payment_id: int) -> str:
    """To the card of a strange payment."""
    await boss.say("/admin")
    await boss.tap("Странные")
    return (await boss.tap(f"№ {payment_id}")).words


async def test_a_strange_payment_is_credited_to_the_owner_of_its_order_after_one_look_and_one_tap(
    house: LivingHouse, ivan: Somebody
) -> None:
    await ivan.say("/start")
    payment_id = await strange_payment(house, ivan)
    boss, room = await owner(house), Workroom(house)
    card = await to_strange(boss, payment_id)
    assert "платил не тот, чей заказ" in card
    assert str(STRANGER) in card
    confirm = (await boss.tap("владельцу заказа")).words
    assert "Деньги: 0\u00a0₽ → 100\u00a0₽" in confirm
    assert (await house.balances.of(ivan.id)).cash == 0
    assert "Решено" in (await boss.tap("Подтвердить")).words
    assert (await house.balances.of(ivan.id)).cash == 10_000
    await room.work()
    assert "нашёлся" in ivan.screen.words
    assert await rows(house) == [("payment_assigned", boss.id, f"payment:{payment_id}", "the order's owner")]
    await boss.say("/admin")
    assert "Странных платежей нет" in (await boss.tap("Странные")).words
    assert house.telegram.refused == []


async def test_the_slower_of_two_operators_sees_what_the_faster_one_decided(
    house: LivingHouse, ivan: Somebody
) -> None:
    await ivan.say("/start")
    payment_id = await strange_payment(house, ivan)
    first, second = await owner(house), await owner(house, 1)
    for boss in (first, second):
        await to_strange(boss, payment_id)
        await boss.tap("владельцу заказа")
    await first.tap("Подтвердить")
    assert "уже решили" in (await second.tap("Подтвердить")).words
    assert (await house.balances.of(ivan.id)).cash == 10_000
    assert len(await rows(house)) == 1


async def test_a_strange_payment_is_assigned_to_a_typed_person_or_left_with_a_note(
    house: LivingHouse, ivan: Somebody
) -> None:
    await ivan.say("/start")
    payment_id = await strange_payment(house, ivan)
    boss = await owner(house)
    await to_strange(boss, payment_id)
    await boss.tap("Зачислить человеку")
    for wrong, answer in (
        (str(ivan.id), "причина после него"),
        ("12345 нашёл", "Такого человека нет"),
        ("кот нашёл", "Такого человека нет"),
    ):
        assert answer in (await boss.say(wrong)).words, wrong
    assert "нашёл: по <b>чеку</b>" in (await boss.say(f"{ivan.id} нашёл: по <b>чеку</b>")).words
    await to_strange(boss, payment_id)
    await boss.tap("Оставить с пометкой")
    assert "как есть" in (await boss.say("проверка")).words
    await boss.tap("Подтвердить")
    assert await rows(house) == [("payment_accepted", boss.id, f"payment:{payment_id}", "проверка")]
    assert (await house.balances.of(ivan.id)).cash == 0
    assert house.telegram.refused == []


async def test_support_looks_at_a_strange_payment_and_decides_nothing(
    house: LivingHouse, ivan: Somebody
) -> None:
    await ivan.say("/start")
    payment_id = await strange_payment(house, ivan)
    support = await member(house, Role.SUPPORT)
    await to_strange(support, payment_id)
    labels = " ".join(support.screen.buttons)
    assert "Зачислить" not in labels
    assert "Оставить" not in labels
    for data in (f"adw:{payment_id}:owner", f"adw:{payment_id}:assign", f"adb:{payment_id}", "adn:1:0"):
        await house.wire.feed(support.callback(data, support.screen))
        assert support.toast == "Нельзя: роль не позволяет, или этого уже нет", data
    await support.say("/admin")
    labels = " ".join(support.screen.buttons)
    assert "Маржа" not in labels
    assert "Учёт" not in labels


async def test_a_card_that_says_something_else_by_now_is_not_agreed_to(
    house: LivingHouse, ivan: Somebody
) -> None:
    """Two cards in the chat: the button of the older one does not do what the newer one says."""
    await ivan.say("/start")
    boss = await owner(house)
    cards = []
    for typed in ("10 первое", "5000 второе"):
        await to_person(boss, ivan)
        await boss.tap("Зачислить")
        await boss.tap("Деньги")
        await boss.say(typed)
        cards.append(replace(boss.screen))
    await boss.tap("Подтвердить", cards[0])
    assert boss.toast == "Это уже сделано или изменилось: ничего не произошло"
    await boss.tap("Подтвердить", cards[1])
    assert (await house.balances.of(ivan.id)).cash == 0
    assert await rows(house) == []


@pytest.mark.proves("F54")
async def test_a_refund_of_spent_money_shows_the_debt_first_and_only_an_owner_agrees_to_it(
    house: LivingHouse, ivan: Somebody
) -> None:
    await ivan.say("/start")
    told = Arrival(Method.STARS, "charge", ivan.id, "XTR", 100, "nowhere")
    payment = await house.payments.credit(house.epoch, told)
    async with house.database.unit_of_work(house.epoch) as session:
        spent = Kopecks(WELCOME + 6_000)
        await house.ledger.hold(session, user_id=ivan.id, amount=spent, key="hold:1")
        await house.ledger.capture(session, hold_key="hold:1", key="spent:1")
    operator, boss = await member(house, Role.OPERATOR), await owner(house)
    for person in (operator, boss):
        await to_person(person, ivan)
        await person.tap("Платежи")
        await person.tap(f"↩️ № {payment.id}")
        card = (await person.say("передумал")).words
        assert "60\u00a0₽ уже потрачено: это станет долгом" in card
        assert "Долг: 0\u00a0₽ → 60\u00a0₽" in card
    assert not any("Подтвердить" in words for words in operator.screen.buttons)
    assert "только владелец" in operator.screen.words
    assert "начат" in (await boss.tap("Подтвердить")).words
    assert [row[0] for row in await rows(house)] == ["role_granted", "payment_refunded"]


async def test_the_margins_are_paged_by_stretch_and_the_books_say_when_they_were_proven(
    house: LivingHouse, ivan: Somebody
) -> None:
    boss = await owner(house)
    await boss.say("/admin")
    assert "ничего не сделано" in (await boss.tap("Маржа")).words
    assert "за 7 дней" in (await boss.tap("7 дней")).words
    assert "за 30 дней" in (await boss.tap("30 дней")).words
    await boss.tap("Управление")
    assert "ещё не было" in (await boss.tap("Учёт")).words
    async with house.database.unfenced_unit_of_work() as session:
        await session.execute(
            text(
                "INSERT INTO audit_run (moment, finished_at, took_ms, findings, shown, digest)"
                ' VALUES (1, now(), 1500, 2, \'[["rule", "row <7>", "detail"]]\', \'x\')'
            )
        )
    words = (await boss.tap("Обновить")).words
    assert "Учёт не сходится" in words
    assert "rule: row <7>: detail" in words
    assert "… и ещё 1" in words
    assert house.telegram.refused == []


async def test_an_alert_leads_to_where_it_is_handled(house: LivingHouse, ivan: Somebody) -> None:
    boss = await owner(house)
    await ivan.say("/start")
    payment_id = await strange_payment(house, ivan)
    alerts = alerts_to(house, OWNERS[0])
    for _ in range(2):
        await AlertWatch(house.database, alerts).look(house.epoch, 0)
    told = [it for it in house.telegram.in_chat(boss.id) if "не подошли" in it.words]
    assert len(told) == 1
    await boss.tap("Странные платежи", told[0])
    assert any(f"№ {payment_id} · {HUNDRED}" in words for words in boss.screen.buttons)


async def test_in_a_group_an_alert_is_a_link_into_the_private_chat(
    house: LivingHouse, ivan: Somebody
) -> None:
    await ivan.say("/start")
    await strange_payment(house, ivan)
    await AlertWatch(house.database, alerts_to(house, -100)).look(house.epoch, 0)
    (told,) = house.telegram.in_chat(-100)
    assert told.keyboard is not None
    url = told.keyboard.inline_keyboard[0][0].url or ""
    assert url.startswith("https://t.me/")
    boss = await owner(house)
    assert "Управление" in (await boss.say(f"/start {url.partition('start=')[2]}")).words
    assert "Управление" not in (await ivan.say("/start admin")).words
