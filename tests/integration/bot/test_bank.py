"""A bank transfer from the first tap to the operator's word."""

import asyncio
from pathlib import Path

import pytest

from app.money import Kopecks
from tests.integration.bot.conftest import LivingHouse
from tests.integration.bot.staffed import Workroom, open_transfer, owner
from tests.unit.bot.house import ACCOUNT, build_house
from tests.unit.bot.people import Somebody, Wire

PICTURE = b"not a picture at all, only bytes"


async def cash(house: LivingHouse, person: Somebody) -> int:
    return (await house.balances.of(person.id)).cash


async def to_receipt(house: LivingHouse, person: Somebody, roubles: str = "500") -> Workroom:
    """A receipt is with the operators."""
    room = Workroom(house)
    await open_transfer(person, roubles)
    await room.send_photo(person, "receipt", PICTURE)
    await room.work()
    return room


@pytest.mark.proves("F40", "F41")
async def test_nothing_is_credited_before_an_operator_approves_and_the_person_is_told_at_each_step(
    house: LivingHouse, ivan: Somebody
) -> None:
    boss = await owner(house)
    await open_transfer(ivan)
    assert "Пришлите чек" in ivan.screen.words
    room = Workroom(house)
    await room.send_photo(ivan, "receipt", PICTURE)
    assert "получен" in ivan.screen.words
    await room.work()
    assert await cash(house, ivan) == 0

    assert "Новый чек" in boss.screen.words
    card = await boss.tap("500\u00a0₽")
    assert card.media == "photo"
    assert "Код перевода" in card.words
    assert await cash(house, ivan) == 0
    decided = await boss.tap("Зачислить 500")
    assert "Зачислено" in decided.words
    assert not any("Зачислить" in words for words in decided.buttons)
    assert await cash(house, ivan) == 50_000
    await room.work()
    assert "зачислено 500" in ivan.screen.words.lower()
    assert house.telegram.refused == []


async def test_the_details_show_the_account_and_a_code_of_the_order(
    house: LivingHouse, ivan: Somebody
) -> None:
    await ivan.say("/balance")
    await ivan.tap("Пополнить")
    await ivan.tap("Перевод на карту")
    screen = await ivan.tap("1\u00a0000\u00a0₽")
    for detail in (ACCOUNT.bank, ACCOUNT.card, ACCOUNT.holder, ACCOUNT.phone):
        assert detail in screen.words
    first = screen.words
    await ivan.tap("Назад")
    assert first == (await ivan.tap("Незаконченный")).words


async def test_a_typed_sum_is_taken_within_its_bounds_only(house: LivingHouse, ivan: Somebody) -> None:
    await ivan.say("/balance")
    await ivan.tap("Пополнить")
    await ivan.tap("Перевод на карту")
    await ivan.tap("Другая сумма")
    for wrong in ("49", "50001", "сто", "-5", "0", "100.001", "100 рублей"):
        assert "в этих пределах" in (await ivan.say(wrong)).words, wrong
    assert "Переведите 1\u00a0234,50" in (await ivan.say("1234,50")).words


async def test_another_sum_is_credited_as_the_operator_says(house: LivingHouse, ivan: Somebody) -> None:
    boss = await owner(house)
    room = await to_receipt(house, ivan)
    await boss.tap("500\u00a0₽")
    await boss.tap("Другая сумма")
    assert "больше нуля" in (await boss.say("много")).words
    assert "Зачислено 320" in (await boss.say("320")).words
    assert await cash(house, ivan) == 32_000
    await room.work()
    assert "320" in ivan.screen.words


async def test_a_refused_receipt_credits_nothing_says_why_and_may_be_followed_by_another(
    house: LivingHouse, ivan: Somebody
) -> None:
    boss = await owner(house)
    room = await to_receipt(house, ivan)
    await boss.tap("500\u00a0₽")
    await boss.tap("Отклонить")
    assert "Отклонён: чек не читается" in (await boss.tap("не читается")).words
    await room.work()
    assert "чек не читается" in ivan.screen.words
    assert await cash(house, ivan) == 0

    await open_transfer(ivan)
    await room.send_photo(ivan, "better", b"better")
    await room.work()
    await boss.tap("№ 2")
    await boss.tap("Отклонить")
    await boss.tap("Своими словами")
    await boss.say("переведено <b>не туда</b>")
    await room.work()
    assert "переведено <b>не туда</b>" in ivan.screen.words
    assert house.telegram.refused == []


@pytest.mark.proves("F42")
async def test_the_same_bytes_are_flagged_and_never_credited_twice(
    house: LivingHouse, ivan: Somebody
) -> None:
    boss = await owner(house)
    room = await to_receipt(house, ivan)
    await boss.tap("500\u00a0₽")
    await boss.tap("Зачислить")
    cheat = Somebody(house.wire, id=666, first_name="Хитрец")
    await open_transfer(cheat)
    await room.send_photo(cheat, "another id", PICTURE)
    await room.work()
    assert "Тот же файл" in boss.screen.words
    card = await boss.tap("⚠️ № 2")
    assert "Тот же файл" in card.words
    await boss.tap("Зачислить")
    assert boss.toast is not None
    assert "уже зачислен" in boss.toast
    assert await cash(house, cheat) == 0


@pytest.mark.proves("F42")
async def test_a_pdf_is_known_again_by_its_bytes(house: LivingHouse, ivan: Somebody) -> None:
    boss = await owner(house)
    room = Workroom(house)
    for name in ("one", "two"):
        person = Somebody(house.wire, id=700 + len(name) + ord(name[0]), first_name=name)
        await open_transfer(person)
        await room.send_pdf(person, name, b"%PDF-1.7 the same")
    await room.work()
    assert "Тот же файл" in boss.screen.words
    assert (await boss.tap("⚠️ № 2")).media == "document"


async def test_a_receipt_that_telegram_does_not_give_goes_to_the_operators_with_that_said(
    house: LivingHouse, ivan: Somebody
) -> None:
    boss = await owner(house)
    room = Workroom(house)
    await open_transfer(ivan)
    await room.send_photo(ivan, "receipt", PICTURE)
    room.files.contents.clear()
    await room.work()
    assert "не прочитан" in boss.screen.words
    assert await cash(house, ivan) == 0


@pytest.mark.proves("X41")
async def test_two_operators_at_once_credit_once(house: LivingHouse, ivan: Somebody) -> None:
    bosses = [await owner(house, 0), await owner(house, 1)]
    await to_receipt(house, ivan)
    cards = [await boss.tap("500\u00a0₽") for boss in bosses]
    taps = [
        house.wire.feed(
            boss.callback(next(it for it in card.buttons.values() if it.startswith("ada:")), card)
        )
        for boss, card in zip(bosses, cards, strict=True)
    ]
    await asyncio.gather(*taps)
    assert await cash(house, ivan) == 50_000
    assert {boss.toast for boss in bosses} == {"Зачислено", "Уже решено"}


async def test_a_sum_over_the_limit_needs_two_operators(house: LivingHouse, ivan: Somebody) -> None:
    bosses = [await owner(house, 0), await owner(house, 1)]
    room = Workroom(house)
    await ivan.say("/balance")
    await ivan.tap("Пополнить")
    await ivan.tap("Перевод на карту")
    await ivan.tap("Другая сумма")
    await ivan.say("6000")
    await ivan.tap("Я оплатил")
    await room.send_photo(ivan, "receipt", PICTURE)
    await room.work()
    for boss in bosses:
        await boss.tap("6\u00a0000\u00a0₽")
    await bosses[0].tap("Зачислить")
    assert "Первое «да»" in bosses[0].screen.words
    await bosses[0].tap("Зачислить")
    assert "другой оператор" in (bosses[0].toast or "")
    assert await cash(house, ivan) == 0
    await bosses[1].tap("Зачислить")
    assert await cash(house, ivan) == 600_000


async def test_the_rest_of_an_album_and_a_second_receipt_change_nothing(
    house: LivingHouse, ivan: Somebody
) -> None:
    boss = await owner(house)
    room = Workroom(house)
    await open_transfer(ivan)
    for name in ("one", "two", "three"):
        await room.send_photo(ivan, name, name.encode(), media_group_id="a")
    assert "уже у оператора" in ivan.screen.words
    await room.work()
    await boss.say("/admin")
    assert any("Чеки: 1" in words for words in boss.screen.buttons)


async def test_words_while_a_receipt_is_awaited_are_a_wish_and_a_clip_is_no_receipt(
    house: LivingHouse, ivan: Somebody
) -> None:
    await open_transfer(ivan)
    clip = {"file_id": "v", "file_unique_id": "v", "width": 1, "height": 1, "duration": 1}
    await house.wire.feed(ivan.message(video=clip))
    assert "не похоже на чек" in ivan.screen.words
    assert "Что сделать из этого текста" in (await ivan.say("рыжий кот")).words


@pytest.mark.proves("F61")
async def test_without_its_settings_the_method_is_not_offered_and_old_buttons_do_nothing(
    house: LivingHouse, tmp_path: Path
) -> None:
    bare = build_house(house.database, tmp_path, account=None)
    person = Somebody(Wire(bare.telegram, bare.side.events, house.epoch, house.wire.store))
    await person.say("/balance")
    screen = await person.tap("Пополнить")
    assert not any("Перевод" in words for words in screen.buttons)
    for data in ("go:bank", "go:bank_sum", "sum:50000", "transfer:1:show"):
        await bare.side.events.handle(
            await person.wire.event(person.callback(data, person.screen)), house.epoch
        )
        assert "моделей на выбор" in person.screen.words, data


async def test_somebody_elses_order_takes_no_receipt(house: LivingHouse, ivan: Somebody) -> None:
    await open_transfer(ivan)
    stranger = Somebody(house.wire, id=777)
    menu = await stranger.say("/start")
    await house.wire.feed(stranger.callback("transfer:1:paid", menu))
    assert "чек" not in stranger.screen.words.lower()


async def test_ten_receipts_a_day_are_looked_at(house: LivingHouse, ivan: Somebody) -> None:
    room = Workroom(house)
    for number in range(11):
        await open_transfer(ivan)
        await room.send_photo(ivan, f"r{number}", f"{number}".encode())
    assert "слишком много" in ivan.screen.words
    assert await cash(house, ivan) == Kopecks(0)
