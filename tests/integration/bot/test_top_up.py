"""Putting money in with Stars: the order, the invoice, the credit, and the draft that waited for it."""

from typing import Any

import pytest
from aiogram.methods import SendInvoice

from app.money import Kopecks
from app.users import DraftState
from tests.integration.bot.conftest import LivingHouse
from tests.integration.bot.test_journey import dearest_clip, to_card
from tests.unit.bot.people import Somebody


def last_invoice(house: LivingHouse) -> SendInvoice:
    """What was sent last to be paid."""
    invoice = house.telegram.called(SendInvoice)[-1]
    assert isinstance(invoice, SendInvoice)
    return invoice


def paid(person: Somebody, invoice: SendInvoice, charge: str = "charge-1", **changes: Any) -> dict[str, Any]:
    """Telegram's word that an invoice was paid."""
    facts = {
        "currency": invoice.currency,
        "total_amount": invoice.prices[0].amount,
        "invoice_payload": invoice.payload,
        "telegram_payment_charge_id": charge,
        "provider_payment_charge_id": "p",
    }
    return person.message(successful_payment=facts | changes)


async def without_money(house: LivingHouse, person: Somebody) -> None:
    """To the card of a clip after the bonus was spent on another one."""
    await dearest_clip(person)
    await person.tap("Создать за")
    await dearest_clip(person)


@pytest.mark.proves("F26")
async def test_from_lack_of_money_to_the_same_draft_running_in_two_taps_and_a_payment(
    house: LivingHouse, ivan: Somebody
) -> None:
    await without_money(house, ivan)
    (first,) = await house.generations.history(ivan.id)
    missing = first.price - (await house.balances.of(ivan.id)).free
    waiting = await house.drafts.current(ivan.id)
    assert waiting is not None

    await ivan.tap("Пополнить на")
    invoice = last_invoice(house)
    packs = (50, 100, 250, 500, 1000)
    assert invoice.prices[0].amount == next(pack for pack in packs if pack * 100 >= missing)
    await house.wire.feed(paid(ivan, invoice))
    assert "Зачислено" in ivan.screen.words
    card = await ivan.tap("Запустить сейчас")
    assert any("Создать за" in words for words in card.buttons)
    await ivan.tap("Создать за")
    newest, _ = await house.generations.history(ivan.id)
    assert newest.draft_id == waiting.id
    assert newest.inputs == waiting.inputs
    assert house.telegram.refused == []


@pytest.mark.proves("F43", "F53")
async def test_a_payment_told_three_times_by_two_events_is_credited_once(
    house: LivingHouse, ivan: Somebody
) -> None:
    await ivan.say("/balance")
    await ivan.tap("Пополнить")
    await ivan.tap("100 ₽".replace(" ", "\u00a0"))
    invoice = last_invoice(house)
    event = await house.wire.feed(paid(ivan, invoice))
    await house.side.events.handle(event, house.epoch)
    await house.wire.feed(paid(ivan, invoice))
    assert (await house.balances.of(ivan.id)).cash == Kopecks(10_000)
    assert "100" in ivan.screen.words


@pytest.mark.proves("F43")
async def test_what_is_credited_is_what_really_came_and_not_what_the_screen_offered(
    house: LivingHouse, ivan: Somebody
) -> None:
    await ivan.say("/balance")
    await ivan.tap("Пополнить")
    await ivan.tap("1\u00a0000\u00a0₽")
    await house.wire.feed(paid(ivan, last_invoice(house), total_amount=1))
    assert (await house.balances.of(ivan.id)).cash == 100


@pytest.mark.proves("F43")
async def test_money_in_another_currency_waits_for_an_operator_and_the_person_is_told_its_number(
    house: LivingHouse, ivan: Somebody
) -> None:
    await ivan.say("/balance")
    await ivan.tap("Пополнить")
    await ivan.tap("50\u00a0₽")
    await house.wire.feed(paid(ivan, last_invoice(house), currency="USD"))
    assert (await house.balances.of(ivan.id)).cash == 0
    assert "не подошёл" in ivan.screen.words


def returned(person: Somebody, invoice: SendInvoice, charge: str = "charge-1") -> dict[str, Any]:
    """Telegram's word that Stars went back."""
    return person.message(
        refunded_payment={
            "currency": "XTR",
            "total_amount": invoice.prices[0].amount,
            "invoice_payload": invoice.payload,
            "telegram_payment_charge_id": charge,
        }
    )


@pytest.mark.proves("F54", "X39")
async def test_stars_that_went_back_are_taken_off_the_balance_once_and_the_person_sees_it(
    house: LivingHouse, ivan: Somebody
) -> None:
    await ivan.say("/balance")
    await ivan.tap("Пополнить")
    await ivan.tap("100\u00a0₽")
    invoice = last_invoice(house)
    await house.wire.feed(paid(ivan, invoice))
    await house.ban(ivan)  # money is money
    event = await house.wire.feed(returned(ivan, invoice))
    await house.side.events.handle(event, house.epoch)
    await house.wire.feed(returned(ivan, invoice))
    assert (await house.balances.of(ivan.id)).cash == 0
    assert (await house.balances.of(ivan.id)).debt == 0
    assert "Звёзды вернулись" in ivan.screen.words
    await house.wire.feed(returned(ivan, invoice, "never heard of"))
    assert "Вам вернулось 100 ⭐" in ivan.screen.words


async def test_two_taps_on_a_pack_are_two_invoices_and_each_tap_replayed_is_the_same_order(
    house: LivingHouse, ivan: Somebody
) -> None:
    await ivan.say("/balance")
    screen = await ivan.tap("Пополнить")
    data = next(data for words, data in screen.buttons.items() if "50\u00a0₽" in words)
    event = await house.wire.feed(ivan.callback(data, screen))
    first = last_invoice(house)
    tapped = dict(house.telegram.answers)
    house.telegram.answers.clear()
    await house.side.events.handle(event, house.epoch)
    assert last_invoice(house).payload == first.payload
    house.telegram.answers |= tapped
    await house.wire.feed(ivan.callback(data, screen))
    assert last_invoice(house).payload != first.payload


async def test_any_number_of_stars_can_be_typed(house: LivingHouse, ivan: Somebody) -> None:
    await ivan.say("/balance")
    await ivan.tap("Пополнить")
    await ivan.tap("Другая сумма")
    for wrong in ("сто", "0", "10001", "-5", "12.5", "1e9", "٣", "9" * 400, "звёзд", "100 рублей"):
        assert "целое число" in (await ivan.say(wrong)).words, wrong
    await ivan.say("137 ⭐")
    assert last_invoice(house).prices[0].amount == 137
    assert "137" in last_invoice(house).description
    assert "Что сделать из этого текста" in (await ivan.say("137 котов")).words
    assert house.telegram.refused == []


@pytest.mark.parametrize("typed", ["100 звёзд", "⭐ 1 00", "100⭐\ufe0f", " 100\u00a0Звезд "])
async def test_a_number_may_come_with_its_name(house: LivingHouse, ivan: Somebody, typed: str) -> None:
    await ivan.say("/balance")
    await ivan.tap("Пополнить")
    await ivan.tap("Другая сумма")
    await ivan.say(typed)
    assert last_invoice(house).prices[0].amount == 100


async def test_the_balance_leads_back_to_the_order_that_waits(house: LivingHouse, ivan: Somebody) -> None:
    await without_money(house, ivan)
    await ivan.tap("Другая сумма")
    assert "Не хватает" in (await ivan.tap("К заказу")).words
    await ivan.say("/balance")
    assert "Не хватает" in (await ivan.tap("К заказу")).words
    draft = await house.drafts.current(ivan.id)
    assert draft is not None
    assert draft.state is DraftState.OPEN


async def test_money_without_a_waiting_order_offers_no_run(house: LivingHouse, ivan: Somebody) -> None:
    await ivan.say("/balance")
    await ivan.tap("Пополнить")
    await ivan.tap("50\u00a0₽")
    await house.wire.feed(paid(ivan, last_invoice(house)))
    assert not any("Запустить" in words for words in ivan.screen.buttons)


@pytest.mark.proves("F20")
async def test_run_now_of_an_order_that_went_on_meanwhile_shows_where_it_is(
    house: LivingHouse, ivan: Somebody
) -> None:
    await to_card(ivan)
    await ivan.say("/balance")
    await ivan.tap("Пополнить")
    await ivan.tap("50\u00a0₽")
    await house.wire.feed(paid(ivan, last_invoice(house)))
    credited = ivan.screen
    run = next(data for words, data in credited.buttons.items() if "Запустить" in words)
    await ivan.tap("Запустить")
    await ivan.tap("Создать за")
    await house.wire.feed(ivan.callback(run, credited))
    assert len(await house.generations.history(ivan.id)) == 1
    assert ivan.screen.buttons
