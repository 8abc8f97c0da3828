"""A subscription in Stars: offered, paid, renewed, canceled and resumed, here or in Telegram."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import CreateInvoiceLink, EditUserStarSubscription, SendMessage

from app.clock import SystemClock
from app.ledger import Explanation
from app.payments import Method, RenewalStopper, SubscriptionService
from tests.integration.bot.conftest import LivingHouse
from tests.unit.bot.people import Somebody

MONTH = timedelta(days=30)


async def offer(house: LivingHouse, person: Somebody) -> CreateInvoiceLink:
    """To the link that pays it."""
    await person.say("/balance")
    await person.tap("Пополнить")
    await person.tap("Подписка")
    await person.tap("Подписаться · 300 ⭐")
    link = house.telegram.called(CreateInvoiceLink)[-1]
    assert isinstance(link, CreateInvoiceLink)
    return link


def charged(person: Somebody, link: CreateInvoiceLink, charge: str, ends: datetime) -> dict[str, Any]:
    """Telegram's word that a month was paid."""
    return person.message(
        successful_payment={
            "currency": "XTR",
            "total_amount": 300,
            "invoice_payload": link.payload,
            "telegram_payment_charge_id": charge,
            "provider_payment_charge_id": "p",
            "subscription_expiration_date": int(ends.timestamp()),
            "is_recurring": True,
            "is_first_recurring": charge == "month-1",
        }
    )


def changed(person: Somebody, link: CreateInvoiceLink, state: str) -> dict[str, Any]:
    """Telegram's word that something happened to it there."""
    return {"subscription": {"user": person.sender, "invoice_payload": link.payload, "state": state}}


async def test_it_is_offered_with_what_it_costs_and_gives_and_paid_in_telegrams_window(
    house: LivingHouse, ivan: Somebody
) -> None:
    link = await offer(house, ivan)
    assert link.subscription_period == 2_592_000
    assert link.prices[0].amount == 300
    assert "300\u00a0₽" in link.description
    keyboard = ivan.screen.keyboard
    assert keyboard is not None
    assert keyboard.inline_keyboard[0][0].url == f"https://t.me/${link.payload}"
    assert (await house.balances.of(ivan.id)).cash == 0
    assert house.telegram.refused == []


@pytest.mark.proves("X35")
async def test_each_month_is_credited_once_and_the_next_date_is_shown(
    house: LivingHouse, ivan: Somebody
) -> None:
    link = await offer(house, ivan)
    ends = datetime.now(UTC) + MONTH
    event = await house.wire.feed(charged(ivan, link, "month-1", ends))
    await house.side.events.handle(event, house.epoch)
    assert (await house.balances.of(ivan.id)).cash == 30_000
    for _ in range(2):
        await house.wire.feed(charged(ivan, link, "month-2", ends + MONTH))
    assert (await house.balances.of(ivan.id)).cash == 60_000
    await ivan.say("/balance")
    await ivan.tap("Пополнить")
    shown = await ivan.tap("Подписка")
    words = house.side.texts.for_language("ru")
    assert words.moment(ends + MONTH) in shown.words
    assert "Отменить подписку" in shown.buttons


async def test_it_is_canceled_and_resumed_by_its_first_charge(house: LivingHouse, ivan: Somebody) -> None:
    link = await offer(house, ivan)
    await house.wire.feed(charged(ivan, link, "month-1", datetime.now(UTC) + MONTH))
    await ivan.tap("Пополнить")
    await ivan.tap("Подписка")
    assert "отменена" in (await ivan.tap("Отменить подписку")).words
    assert "действует" in (await ivan.tap("Возобновить")).words
    edits = [it for it in house.telegram.calls if isinstance(it, EditUserStarSubscription)]
    assert [(it.telegram_payment_charge_id, it.is_canceled) for it in edits] == [
        ("month-1", True),
        ("month-1", False),
    ]


async def test_what_telegram_refuses_is_said_and_changes_nothing(house: LivingHouse, ivan: Somebody) -> None:
    link = await offer(house, ivan)
    await house.wire.feed(charged(ivan, link, "month-1", datetime.now(UTC) + MONTH))
    await ivan.tap("Пополнить")
    await ivan.tap("Подписка")
    call = EditUserStarSubscription(user_id=1, telegram_payment_charge_id="x", is_canceled=True)
    house.telegram.trouble(EditUserStarSubscription, TelegramBadRequest(call, "CHARGE_NOT_FOUND"))
    shown = await ivan.tap("Отменить подписку")
    assert "действует" in shown.words
    assert "не принял" in (ivan.toast or "")


@pytest.mark.parametrize(("state", "words"), [("canceled", "отменена"), ("failed", "не смог списать")])
async def test_what_happened_in_telegram_is_shown_and_kept(
    house: LivingHouse, ivan: Somebody, state: str, words: str
) -> None:
    link = await offer(house, ivan)
    await house.wire.feed(charged(ivan, link, "month-1", datetime.now(UTC) + MONTH))
    sent = len(house.telegram.called(SendMessage))
    await house.wire.feed(changed(ivan, link, state))
    assert len(house.telegram.called(SendMessage)) == sent + 1
    assert words in ivan.screen.words
    await house.wire.feed(changed(ivan, link, "active"))
    assert "действует" in ivan.screen.words


@pytest.mark.proves("F20")
async def test_a_button_of_another_subscription_changes_nothing(house: LivingHouse, ivan: Somebody) -> None:
    anna = Somebody(house.wire, id=502, first_name="Anna")
    link = await offer(house, ivan)
    await house.wire.feed(charged(ivan, link, "month-1", datetime.now(UTC) + MONTH))
    await ivan.tap("Пополнить")
    foreign = (await ivan.tap("Подписка")).buttons["Отменить подписку"]
    await anna.say("/balance")
    await house.wire.feed(anna.callback(foreign, anna.screen))
    await house.wire.feed(changed(anna, link, "canceled"))
    assert house.telegram.called(EditUserStarSubscription) == []
    await ivan.say("/balance")
    await ivan.tap("Пополнить")
    assert "действует" in (await ivan.tap("Подписка")).words


async def test_who_has_one_is_not_offered_a_second(house: LivingHouse, ivan: Somebody) -> None:
    await ivan.say("/balance")
    await ivan.tap("Пополнить")
    offered = await ivan.tap("Подписка")
    subscribe = next(data for text, data in offered.buttons.items() if "Подписаться" in text)
    link = await offer(house, ivan)
    await house.wire.feed(charged(ivan, link, "month-1", datetime.now(UTC) + MONTH))
    links = len(house.telegram.called(CreateInvoiceLink))
    await house.wire.feed(ivan.callback(subscribe, ivan.screen))
    assert "действует" in ivan.screen.words
    assert len(house.telegram.called(CreateInvoiceLink)) == links


async def test_paysupport_tells_what_happens_to_a_payment(house: LivingHouse, ivan: Somebody) -> None:
    assert "каждый час" in (await ivan.say("/paysupport")).words
    assert "Поддержка" in (await ivan.say("/support")).words


async def test_a_month_that_went_back_stops_the_renewal_and_the_person_resumes_it_from_the_news(
    house: LivingHouse, ivan: Somebody
) -> None:
    link = await offer(house, ivan)
    ends = datetime.now(UTC) + MONTH
    await house.wire.feed(charged(ivan, link, "month-1", ends))
    why = Explanation(actor="staff:901", reason="asked for")
    await house.refunds.went_back(house.epoch, Method.STARS, "month-1", why)
    subscriptions = SubscriptionService(house.database, house.side.stars, SystemClock())
    stopper = RenewalStopper(house.database, subscriptions, house.users, house.side.payment_news)
    running = await subscriptions.of(ivan.id)
    assert running is not None
    for _ in range(2):
        await stopper.stop(house.epoch, running.order_id)
    told = [it for it in house.telegram.in_chat(ivan.id) if "больше не продлится" in it.words]
    assert len(told) == 1
    (stopped,) = house.telegram.called(EditUserStarSubscription)
    assert isinstance(stopped, EditUserStarSubscription)
    assert (stopped.telegram_payment_charge_id, stopped.is_canceled) == ("month-1", True)
    await ivan.tap("Подписка", told[0])
    assert "Следующее списание" in (await ivan.tap("Возобновить")).words
    assert house.telegram.refused == []
