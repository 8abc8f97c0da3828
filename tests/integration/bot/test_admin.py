"""The staff's screens: who sees them, what they do, and that every act leaves its row."""

import logging
from dataclasses import replace

import pytest
from sqlalchemy import text

from app.admin import Role
from app.inbox import Step
from app.payments import Arrival, Method
from bot.staff_callbacks import STAFF_CALLBACKS, Agreed, BackTap, DeadTap, PaybackTap, RefundTap, StrangeTap
from tests.integration.bot.conftest import LivingHouse
from tests.integration.bot.staffed import Workroom, open_transfer, owner
from tests.integration.bot.test_journey import to_card
from tests.unit.bot.fake_telegram import Shown
from tests.unit.bot.house import OWNERS
from tests.unit.bot.people import Somebody
from tests.unit.bot.test_callbacks import LARGEST

REFUSALS = ("Нельзя: роль не позволяет, или этого уже нет", "Эта кнопка уже не действует. Вот свежий экран.")


async def rows(house: LivingHouse) -> list[tuple[str, int, str, str]]:
    """Action, actor, subject, reason of every row of the log."""
    async with house.database.snapshot() as session:
        found = await session.execute(
            text("SELECT action, actor_id, subject, reason FROM action_log ORDER BY id")
        )
        return [(row[0], row[1], row[2], row[3]) for row in found]


async def member(house: LivingHouse, role: Role, user_id: int = 950) -> Somebody:
    """Somebody whom an owner gave a role."""
    person = Somebody(house.wire, id=user_id, first_name="Оля")
    await person.say("/start")
    boss = await owner(house)
    number = (await house.wire.event(boss.message(text="x"))).id
    await house.desks.crew.grant(Step(number, house.epoch), boss.id, person.id, role)
    return person


async def to_person(boss: Somebody, person: Somebody) -> None:
    """To somebody's card."""
    await boss.say("/admin")
    await boss.tap("Найти человека")
    await boss.say(str(person.id))


async def typed_sum(boss: Somebody, way: str, text: str, bucket: str = "Деньги") -> str:
    """Credit or debit, up to the card that waits to be agreed to, or the question again."""
    await boss.tap(way)
    await boss.tap(bucket)
    return (await boss.say(text)).words


async def test_a_plain_person_gets_what_any_unknown_command_gives(house: LivingHouse, ivan: Somebody) -> None:
    unknown = (await ivan.say("/nonsense")).words
    assert (await ivan.say("/admin")).words == unknown


async def test_in_a_group_an_owner_is_a_plain_person(house: LivingHouse) -> None:
    boss = await owner(house)
    private = await boss.say("/admin")
    in_group = Somebody(house.wire, id=boss.id, chat_id=-100)
    await in_group.say("/admin")
    assert "Такой команды нет" in in_group.screen.words
    await house.wire.feed(in_group.callback("adm:overview", in_group.screen))
    assert "Управление" in private.words
    assert "Управление" not in in_group.screen.words


@pytest.mark.proves("S3", "S4")
@pytest.mark.parametrize("data", [it for it in LARGEST if type(it) in STAFF_CALLBACKS], ids=str)
async def test_a_forged_button_of_the_staff_does_nothing_and_leaves_a_log_line(
    house: LivingHouse, ivan: Somebody, data: object, caplog: pytest.LogCaptureFixture
) -> None:
    menu = await ivan.say("/start")
    with caplog.at_level(logging.WARNING, logger="bot.routers.admin_refused"):
        await house.wire.feed(ivan.callback(data.pack(), menu))  # type: ignore[attr-defined]
    assert ivan.toast == "Эта кнопка уже не действует. Вот свежий экран."
    assert [record.user_id for record in caplog.records if "stranger" in record.message] == [ivan.id]  # type: ignore[attr-defined]
    assert await rows(house) == []


@pytest.mark.proves("F23", "F92")
async def test_every_button_of_the_staff_leads_somewhere(house: LivingHouse, ivan: Somebody) -> None:
    """Presses whatever is there, screen by screen, and meets the refusal nowhere."""
    await to_card(ivan)
    await ivan.tap("₽")
    room = Workroom(house)
    await open_transfer(ivan)
    await room.send_photo(ivan, "receipt", b"receipt")
    await room.work()
    boss = await owner(house)
    await boss.say("/admin")
    screens = _seen(house, boss)
    await to_person(boss, ivan)
    screens += _seen(house, boss)
    pressed: set[str] = set()
    while screens:
        screen = screens.pop()
        for data in screen.buttons.values():
            if data in pressed or data.startswith("go:"):
                continue
            pressed.add(data)
            await house.wire.feed(boss.callback(data, screen))
            assert boss.toast not in REFUSALS, (screen.words, data)
            screens += _seen(house, boss)
    prefixes = {data.split(":")[0] for data in pressed}
    # Nothing was delivered and nothing was paid, so nothing can be given back; nothing was typed to be agreed to;
    # no model is off sale.
    unseen = (RefundTap, PaybackTap, StrangeTap, DeadTap, Agreed, BackTap)
    assert prefixes >= {it.__prefix__ for it in STAFF_CALLBACKS if it not in unseen}
    # A tap on an old copy of a message is drawn as if it still looked so.
    assert [it for it in house.telegram.refused if "not modified" not in it] == []


def _seen(house: LivingHouse, person: Somebody) -> list[Shown]:
    """What stands in the chat now, kept as it is while the messages change."""
    return [replace(it) for it in house.telegram.in_chat(person.id)]


@pytest.mark.proves("S4")
async def test_credit_and_debit_move_cash_tell_the_person_and_leave_rows(
    house: LivingHouse, ivan: Somebody
) -> None:
    await ivan.say("/start")
    boss, room = await owner(house), Workroom(house)
    await to_person(boss, ivan)
    await boss.tap("Зачислить")
    await boss.tap("Деньги")
    for wrong in ("500", "за просто так", "0 ничего", "-5 минус"):
        assert "причина после неё" in (await boss.say(wrong)).words, wrong
    card = (await boss.say("500,50 сбой <b>KIE</b>")).words
    assert "Деньги: 0\u00a0₽ → 500,50\u00a0₽" in card
    assert "сбой <b>KIE</b>" in card
    assert (await house.balances.of(ivan.id)).cash == 0
    assert "Сделано" in (await boss.tap("Подтвердить")).words
    assert (await house.balances.of(ivan.id)).cash == 50_050
    await room.work()
    assert "сбой <b>KIE</b>" in ivan.screen.words
    assert "500,50\u00a0₽ → 400,50\u00a0₽" in await typed_sum(boss, "Списать", "100 ошибка")
    await boss.tap("Подтвердить")
    assert (await house.balances.of(ivan.id)).cash == 40_050
    assert "свободных денег" in await typed_sum(boss, "Списать", "100000 слишком")
    assert await rows(house) == [
        ("credited", boss.id, f"person:{ivan.id}", "сбой <b>KIE</b>"),
        ("debited", boss.id, f"person:{ivan.id}", "ошибка"),
    ]
    assert house.telegram.refused == []


async def test_a_credit_whose_event_comes_twice_is_one(house: LivingHouse, ivan: Somebody) -> None:
    await ivan.say("/start")
    boss = await owner(house)
    await to_person(boss, ivan)
    await typed_sum(boss, "Зачислить", "10 раз")
    card = replace(boss.screen)
    agree = next(data for words, data in card.buttons.items() if "Подтвердить" in words)
    event = await house.wire.event(boss.callback(agree, card))
    await house.side.events.handle(event, house.epoch)
    await house.side.events.handle(event, house.epoch)
    await boss.tap("Подтвердить", card)
    assert boss.toast == "Это уже сделано или изменилось: ничего не произошло"
    assert (await house.balances.of(ivan.id)).cash == 1000
    assert len(await rows(house)) == 1


async def test_a_large_sum_is_for_owners(house: LivingHouse, ivan: Somebody) -> None:
    await ivan.say("/start")
    operator = await member(house, Role.OPERATOR)
    await to_person(operator, ivan)
    assert "только владелец" in await typed_sum(operator, "Зачислить", "5000,01 много")
    assert (await house.balances.of(ivan.id)).cash == 0


@pytest.mark.proves("F95")
async def test_a_ban_shuts_out_at_once_and_is_taken_back_with_reasons_in_the_log(
    house: LivingHouse, ivan: Somebody
) -> None:
    await ivan.say("/start")
    boss, room = await owner(house), Workroom(house)
    await to_person(boss, ivan)
    await boss.tap("Забанить")
    assert "Забанен" in (await boss.say("спам")).words
    assert "Доступ к боту закрыт" in (await ivan.say("кот")).words
    await boss.tap("Снять бан")
    await boss.say("извинился")
    await room.work()
    assert "снова открыт" in ivan.screen.words
    assert "₽" in (await ivan.say("/balance")).words
    assert [(row[0], row[3]) for row in await rows(house)] == [("banned", "спам"), ("unbanned", "извинился")]


async def test_the_staff_is_not_banned_and_owners_are_not_unmade(house: LivingHouse) -> None:
    operator, boss = await member(house, Role.OPERATOR), await owner(house)
    second = await owner(house, 1)
    before = len(await rows(house))
    for target in (operator, second):
        await to_person(boss, target)
        await boss.tap("Забанить")
        assert "из команды" in (await boss.say("зол")).words
    assert len(await rows(house)) == before


async def test_roles_are_given_and_taken_by_owners_and_decide_what_is_shown(
    house: LivingHouse, ivan: Somebody
) -> None:
    await ivan.say("/start")
    boss = await owner(house)
    await to_person(boss, ivan)
    await boss.tap("Роль")
    await boss.tap("Поддержка")
    assert "поддержка" in boss.screen.words
    await ivan.say("/admin")
    assert not any("Курсы" in words or "Команда" in words for words in ivan.screen.buttons)
    await to_person(ivan, ivan)
    assert not any("Зачислить" in words for words in ivan.screen.buttons)
    await house.wire.feed(ivan.callback(f"adp:{ivan.id}:credit", ivan.screen))
    assert ivan.toast == "Нельзя: роль не позволяет, или этого уже нет"
    await boss.tap("Снять роль")
    assert "Такой команды нет" in (await ivan.say("/admin")).words
    assert [row[0] for row in await rows(house)] == ["role_granted", "role_taken"]


async def test_a_question_to_an_operator_is_void_when_the_role_is_gone(
    house: LivingHouse, ivan: Somebody
) -> None:
    await ivan.say("/start")
    operator, boss = await member(house, Role.OPERATOR), await owner(house)
    await to_person(operator, ivan)
    await typed_sum(operator, "Зачислить", "500 напоследок")
    card = replace(operator.screen)
    await to_person(boss, operator)
    await boss.tap("Роль")
    await boss.tap("Снять роль")
    await operator.tap("Подтвердить", card)
    await operator.say("500 напоследок")
    assert (await house.balances.of(ivan.id)).cash == 0


async def test_rates_are_in_force_with_the_next_tap_and_frozen_cards_keep_theirs(
    house: LivingHouse, ivan: Somebody
) -> None:
    await to_card(ivan)
    frozen = next(words for words in ivan.screen.buttons if "Создать за" in words)
    draft = await house.drafts.current(ivan.id)
    assert draft is not None
    boss = await owner(house)
    await boss.say("/admin")
    await boss.tap("Курсы")
    await boss.tap("Наценка")
    assert "ниже себестоимости" in (await boss.say("0,5 щедрость")).words
    await boss.tap("Наценка")
    assert "Наценка: ×4" in (await boss.say("4 подорожало")).words
    await ivan.tap("Создать за")
    (made,) = await house.generations.history(ivan.id)
    assert house_money(house, made.price) in frozen
    await to_card(ivan)
    dearer = next(words for words in ivan.screen.buttons if "Создать за" in words)
    assert dearer != frozen
    assert ("rates_changed", boss.id, "rate:markup", "подорожало") in await rows(house)


async def test_the_worth_of_a_star_changes_for_new_orders_only(house: LivingHouse, ivan: Somebody) -> None:
    boss = await owner(house)
    await boss.say("/admin")
    await boss.tap("Курсы")
    await boss.tap("Звезда")
    await boss.say("1,5 праздник")
    await ivan.say("/balance")
    await ivan.tap("Пополнить")
    assert any("100 ⭐ · 150" in words for words in ivan.screen.buttons)


async def test_a_generation_is_given_back_once(house: LivingHouse, ivan: Somebody) -> None:
    await to_card(ivan)
    await ivan.tap("Создать за")
    (made,) = await house.generations.history(ivan.id)
    async with house.database.unit_of_work(house.epoch) as session:
        await session.execute(
            text("UPDATE generation SET state = 'delivered', next_check_at = NULL WHERE id = :id"),
            {"id": made.id},
        )
        await house.ledger.capture(session, hold_key=f"hold:{made.id}", key=f"resolution:{made.id}")
    before = (await house.balances.of(ivan.id)).free
    boss, room = await owner(house), Workroom(house)
    await to_person(boss, ivan)
    await boss.tap("Работы")
    await boss.tap(f"№ {made.id}")
    shown = replace(boss.screen)
    await boss.tap("Вернуть")
    assert "Сделано" in (await boss.say("вышло криво")).words
    assert (await house.balances.of(ivan.id)).free == before + made.price
    await boss.tap("Вернуть", shown)
    assert "возвращать нечего" in (await boss.say("ещё раз")).words
    assert (await house.balances.of(ivan.id)).free == before + made.price
    await room.work()
    assert "вышло криво" in ivan.screen.words


async def test_a_payment_is_sent_back_from_the_persons_card(house: LivingHouse, ivan: Somebody) -> None:
    await ivan.say("/start")
    told = Arrival(Method.STARS, "charge", ivan.id, "XTR", 100, "nowhere")
    await house.payments.credit(house.epoch, told)
    boss = await owner(house)
    await to_person(boss, ivan)
    await boss.tap("Платежи")
    assert "у нас" in boss.screen.words
    await boss.tap("100\u00a0₽")
    assert "Деньги: 100\u00a0₽ → 0\u00a0₽" in (await boss.say("передумал")).words
    assert (await house.balances.of(ivan.id)).cash_held == 0
    assert "начат" in (await boss.tap("Подтвердить")).words
    balance = await house.balances.of(ivan.id)
    assert (balance.free_cash, balance.cash_held) == (0, 10_000)
    await to_person(boss, ivan)
    await boss.tap("Платежи")
    assert "возвращается" in boss.screen.words
    assert not any("100\u00a0₽" in words for words in boss.screen.buttons)


@pytest.mark.proves("F57")
async def test_the_log_only_grows(house: LivingHouse, ivan: Somebody) -> None:
    await ivan.say("/start")
    boss = await owner(house)
    await to_person(boss, ivan)
    await boss.tap("Забанить")
    await boss.say("спам")
    for statement in (
        "UPDATE action_log SET reason = 'x'",
        "DELETE FROM action_log",
        "TRUNCATE action_log",
        "UPDATE rates SET markup = 1",
        "DELETE FROM rates",
        "TRUNCATE rates",
    ):
        if "rates" in statement:
            async with house.database.unfenced_unit_of_work() as session:
                await session.execute(text("INSERT INTO rates (usd_rub, markup, star_rub) VALUES (1, 1, 1)"))
        with pytest.raises(Exception, match=r"table only grows|permission denied"):
            async with house.database.unfenced_unit_of_work() as session:
                await session.execute(text(statement))
    assert len(await rows(house)) == 1


async def test_the_log_is_shown_page_by_page(house: LivingHouse, ivan: Somebody) -> None:
    await ivan.say("/start")
    boss = await owner(house)
    for number in range(10):
        await to_person(boss, ivan)
        await typed_sum(boss, "Зачислить", f"1 причина-{number}")
        await boss.tap("Подтвердить")
    await boss.say("/admin")
    first = (await boss.tap("Журнал")).words
    assert "причина-9" in first
    assert "причина-0" not in first
    assert "причина-0" in (await boss.tap("Раньше")).words
    assert house.telegram.refused == []


async def test_an_owner_who_never_wrote_is_no_reason_to_lose_the_news(
    house: LivingHouse, ivan: Somebody
) -> None:
    room = Workroom(house)
    await open_transfer(ivan)
    await room.send_photo(ivan, "receipt", b"receipt")
    await room.work()
    boss = await owner(house, 1)
    await boss.say("/admin")
    assert any("Чеки: 1" in words for words in boss.screen.buttons)
    assert house.telegram.in_chat(OWNERS[0]) == []


def house_money(house: LivingHouse, kopecks: int) -> str:
    """As the bot writes it."""
    return house.side.texts.for_language("ru").money(kopecks)  # type: ignore[arg-type]
