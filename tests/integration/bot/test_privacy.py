"""What a person sees of their rights: the file, the two questions before the deletion, and what comes after."""

import pytest
from sqlalchemy import text

from app.money import Kopecks
from app.users import Presence
from bot.privacy_callbacks import Depart
from tests.integration.bot.conftest import LivingHouse
from tests.unit.bot.people import Somebody


async def give(house: LivingHouse, person: Somebody, kopecks: int) -> None:
    async with house.database.unit_of_work(house.epoch) as session:
        await house.ledger.credit(
            session, user_id=person.id, amount=Kopecks(kopecks), source="payments:stars", key=f"x:{kopecks}"
        )


async def presence(house: LivingHouse, person: Somebody) -> Presence:
    async with house.database.snapshot() as session:
        return (await house.users.get(session, person.id)).presence


async def forget(house: LivingHouse, person: Somebody) -> None:
    """What the job does to the person's row."""
    async with house.database.unit_of_work(house.epoch) as session:
        await session.execute(
            text("UPDATE person SET first_name = '', left_at = now() WHERE id = :id"), {"id": person.id}
        )


@pytest.mark.proves("S13")
async def test_the_file_is_asked_for_by_one_tap_and_once_a_day(house: LivingHouse, ivan: Somebody) -> None:
    await ivan.say("/privacy")
    assert "Собираем файл" in (await ivan.tap("Мои данные")).words
    await ivan.say("/privacy")
    assert "Файл уже собираем" in (await ivan.tap("Мои данные")).words


@pytest.mark.proves("S13")
async def test_two_questions_name_the_money_and_only_the_sum_that_was_seen_is_given_up(
    house: LivingHouse, ivan: Somebody
) -> None:
    await ivan.say("/start")
    await give(house, ivan, 12_300)
    await ivan.say("/privacy")
    first = await ivan.tap("Удалить аккаунт")
    assert "123\u00a0₽ ваших денег" in first.words
    assert "300\u00a0₽" in first.words, "the bonus"
    second = await ivan.tap("последний вопрос")
    assert "отказываетесь от 123\u00a0₽" in second.words

    await give(house, ivan, 700)
    again = await ivan.tap("Удалить навсегда")
    assert "изменилась" in (ivan.toast or "")
    assert "130\u00a0₽ ваших денег" in again.words
    assert await presence(house, ivan) is Presence.HERE

    await ivan.tap("последний вопрос")
    assert "Аккаунт удаляется" in (await ivan.tap("Удалить навсегда")).words
    assert await presence(house, ivan) is Presence.LEAVING
    assert house.telegram.refused == []


@pytest.mark.proves("S13", "F59")
async def test_whoever_leaves_or_is_gone_gets_one_polite_answer_to_everything_and_start_begins_anew(
    house: LivingHouse, ivan: Somebody
) -> None:
    menu = await ivan.say("/start")
    await ivan.say("/privacy")
    await ivan.tap("Удалить аккаунт")
    await ivan.tap("последний вопрос")
    await ivan.tap("Удалить навсегда")
    for words in ("/start", "/balance", "кот"):
        assert "удаляется" in (await ivan.say(words)).words
    await house.wire.feed(ivan.callback("go:balance", menu))
    assert "удаляется" in (ivan.toast or "")

    await forget(house, ivan)
    assert "аккаунт удалён" in (await ivan.say("/balance")).words
    await house.wire.feed(ivan.callback("go:balance", menu))
    assert "аккаунт удалён" in (ivan.toast or "")
    in_group = Somebody(house.wire, id=ivan.id, chat_id=-100)
    assert "аккаунт удалён" in (await in_group.say("/start")).words
    assert await presence(house, ivan) is Presence.GONE

    await ivan.say("/start")
    assert "бонусами" not in ivan.screen.words
    assert await presence(house, ivan) is Presence.HERE
    assert (await house.balances.of(ivan.id)).bonus == 30_000, (
        "that of the first life, which nobody took here"
    )
    assert house.telegram.refused == []


@pytest.mark.proves("S13")
async def test_a_banned_person_has_the_right_to_their_data_and_to_nothing_else(
    house: LivingHouse, ivan: Somebody
) -> None:
    await ivan.say("/start")
    await house.ban(ivan)
    assert "закрыт" in (await ivan.say("/balance")).words
    privacy = await ivan.say("/privacy")
    assert any("Удалить" in it for it in privacy.buttons)
    assert "Собираем файл" in (await ivan.tap("Мои данные")).words


@pytest.mark.proves("S13")
async def test_a_group_sees_no_rights_and_a_forged_tap_there_deletes_nobody(
    house: LivingHouse, ivan: Somebody
) -> None:
    in_group = Somebody(house.wire, id=ivan.id, chat_id=-100)
    screen = await in_group.say("/privacy")
    assert not any("Удалить" in it or "Мои данные" in it for it in screen.buttons)
    await house.wire.feed(in_group.callback(Depart(given_up=0, sure=True).pack(), screen))
    await house.wire.feed(in_group.callback("go:export", screen))
    assert await presence(house, ivan) is Presence.HERE
    async with house.database.snapshot() as session:
        asked = "SELECT (SELECT count(*) FROM departure) + (SELECT count(*) FROM data_export)"
        assert (await session.execute(text(asked))).scalar_one() == 0
