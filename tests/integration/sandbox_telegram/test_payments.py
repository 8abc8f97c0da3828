"""Stars: from the invoice to the refund, and what is refused on the way."""

from typing import Any

import pytest
from aiogram.types import Update

from tests.integration.sandbox_telegram.process import Process, Sandbox, open_sandbox, until

INVOICE: dict[str, Any] = {
    "title": "Credit",
    "description": "One hundred Stars",
    "payload": "order:1",
    "currency": "XTR",
    "prices": [{"label": "Credit", "amount": 100}],
}
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


async def press_pay(sandbox: Sandbox, person: int, **more: Any) -> str:
    """A new invoice, and the person's finger on it."""
    message = (await sandbox.bot("sendInvoice", INVOICE, chat_id=person, **more)).result["message_id"]
    pressed = await sandbox.client("POST", f"chats/{person}/payments", person=person, message_id=message)
    return str(pressed["pre_checkout_query_id"])


async def paid(sandbox: Sandbox, person: int) -> str:
    """A paid invoice's charge."""
    query = await press_pay(sandbox, person)
    assert (await sandbox.bot("answerPreCheckoutQuery", pre_checkout_query_id=query, ok=True)).result is True
    return str((await sandbox.client("GET", f"payments/{query}"))["charge"])


async def test_a_payment_moves_stars_and_is_told(own: Sandbox) -> None:
    person = await own.starter()
    charge = await paid(own, person)
    updates = [Update.model_validate(update) for update in (await own.bot("getUpdates")).result]
    query, payment = updates[-2].pre_checkout_query, updates[-1].message
    assert query is not None
    assert (query.currency, query.total_amount, query.invoice_payload) == ("XTR", 100, "order:1")
    assert payment is not None
    assert payment.successful_payment is not None
    assert payment.successful_payment.telegram_payment_charge_id == charge
    assert payment.successful_payment.invoice_payload == "order:1"
    stars = await own.client("GET", "stars")
    assert (stars["balance"], stars["people"][str(person)]) == (100, 9_900)
    assert (await own.bot("getMyStarBalance")).result == {"amount": 100}
    (transaction,) = (await own.bot("getStarTransactions")).result["transactions"]
    assert (transaction["id"], transaction["amount"]) == (charge, 100)
    assert transaction["source"]["user"]["id"] == person


async def test_a_declined_payment_shows_the_words_of_the_bot(own: Sandbox) -> None:
    query = await press_pay(own, await own.starter())
    declined = {"pre_checkout_query_id": query, "ok": False}
    assert (await own.bot("answerPreCheckoutQuery", declined)).status == 400
    assert (await own.bot("answerPreCheckoutQuery", declined, error_message="sold out")).result is True
    outcome = await own.client("GET", f"payments/{query}")
    assert (outcome["state"], outcome["error"], outcome["charge"]) == ("declined", "sold out", None)
    assert (await own.bot("answerPreCheckoutQuery", pre_checkout_query_id=query, ok=True)).error == TOO_OLD
    assert (await own.client("GET", "stars"))["balance"] == 0


async def test_a_payment_that_is_not_answered_in_ten_seconds_fails(own: Sandbox) -> None:
    query = await press_pay(own, await own.starter())
    await own.client("POST", "clock", advance=11)

    async def expired() -> bool:
        changes = await own.client("GET", "changes")
        return any(c["kind"] == "payment" and c["body"]["state"] == "expired" for c in changes)

    await until(expired, "the payment does not expire")
    assert (await own.bot("answerPreCheckoutQuery", pre_checkout_query_id=query, ok=True)).error == TOO_OLD


async def test_a_refund_is_whole_and_happens_once(own: Sandbox) -> None:
    person = await own.starter()
    charge = await paid(own, person)
    refund = {"user_id": person, "telegram_payment_charge_id": charge}
    assert (await own.bot("refundStarPayment", refund)).result is True
    assert (await own.bot("refundStarPayment", refund)).error == "Bad Request: CHARGE_ALREADY_REFUNDED"
    told = Update.model_validate((await own.bot("getUpdates", offset=-1)).result[0]).message
    assert told is not None
    assert told.refunded_payment is not None
    assert told.refunded_payment.telegram_payment_charge_id == charge
    stars = await own.client("GET", "stars")
    assert (stars["balance"], stars["people"][str(person)]) == (0, 10_000)
    back = (await own.bot("getStarTransactions", offset=1)).result["transactions"]
    assert [(t["id"], t["receiver"]["user"]["id"]) for t in back] == [(charge, person)]


async def test_a_charge_of_somebody_else_is_not_found(own: Sandbox) -> None:
    charge = await paid(own, await own.starter())
    answered = await own.bot("refundStarPayment", user_id=1, telegram_payment_charge_id=charge)
    assert answered.error == "Bad Request: CHARGE_NOT_FOUND"


async def test_a_refund_from_outside_may_show_only_in_the_transactions(own: Sandbox) -> None:
    person = await own.starter()
    charge = await paid(own, person)
    before = len(await own.client("GET", "updates"))
    await own.client("POST", "stars/refunds", charge=charge, told=False)
    assert len(await own.client("GET", "updates")) == before
    assert len((await own.bot("getStarTransactions")).result["transactions"]) == 2


async def test_an_invoice_is_paid_once_and_a_poor_person_cannot_pay(own: Sandbox) -> None:
    person = await own.starter()
    message = (await own.bot("sendInvoice", INVOICE, chat_id=person)).result["message_id"]
    press = {"person": person, "message_id": message}
    query = (await own.client("POST", f"chats/{person}/payments", **press))["pre_checkout_query_id"]
    await own.bot("answerPreCheckoutQuery", pre_checkout_query_id=query, ok=True)
    await own.client("POST", f"chats/{person}/payments", status=409, **press)
    await own.client("POST", f"people/{person}/stars", amount=-9_850)
    other = (await own.bot("sendInvoice", INVOICE, chat_id=person)).result["message_id"]
    answer = await own.client("POST", f"chats/{person}/payments", status=409, person=person, message_id=other)
    assert answer == {"error": "BALANCE_TOO_LOW"}


async def test_a_link_may_be_paid_by_many_and_a_subscription_has_its_month(own: Sandbox) -> None:
    link = (await own.bot("createInvoiceLink", INVOICE, subscription_period=2_592_000)).result
    for name in ("Anna", "Boris"):
        person = await own.starter(name)
        pressed = await own.client("POST", f"chats/{person}/payments", person=person, link=link)
        query = pressed["pre_checkout_query_id"]
        assert (await own.bot("answerPreCheckoutQuery", pre_checkout_query_id=query, ok=True)).result
        payment = (await own.seen(person))[-1]["successful_payment"]
        assert payment["is_first_recurring"] is True
    answered = await own.bot("createInvoiceLink", INVOICE, subscription_period=60)
    assert answered.error == "Bad Request: SUBSCRIPTION_PERIOD_INVALID"


async def test_a_person_who_closes_the_window_pays_nothing(own: Sandbox) -> None:
    person = await own.starter()
    message = (await own.bot("sendInvoice", INVOICE, chat_id=person)).result["message_id"]
    path = f"chats/{person}/payments"
    assert await own.client("POST", path, person=person, message_id=message, pay=False) == {}
    await own.client("POST", path, status=404, person=person, message_id=message + 1)


async def test_payments_survive_kill_9(own_process: Process, mortal: Sandbox) -> None:
    person = await mortal.starter()
    charge = await paid(mortal, person)
    query = await press_pay(mortal, person)
    own_process.kill()
    own_process.start()
    async with open_sandbox(own_process.url) as again:
        assert (await again.bot("answerPreCheckoutQuery", pre_checkout_query_id=query, ok=True)).result
        transactions = (await again.bot("getStarTransactions")).result["transactions"]
        assert [t["amount"] for t in transactions] == [100, 100]
        assert transactions[0]["id"] == charge


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"currency": "USD"}, "PAYMENT_PROVIDER_INVALID"),
        ({"provider_token": "1:TEST"}, "empty provider_token"),
        ({"prices": []}, "STARS_INVOICE_INVALID"),
        ({"prices": INVOICE["prices"] * 2}, "STARS_INVOICE_INVALID"),
        ({"prices": [{"label": "x", "amount": 0}]}, "CURRENCY_TOTAL_AMOUNT_INVALID"),
        ({"title": ""}, "title has 1-32 characters"),
        ({"title": "x" * 33}, "title has 1-32 characters"),
        ({"description": "x" * 256}, "description has 1-255 characters"),
        ({"payload": "ы" * 65}, "INVOICE_PAYLOAD_INVALID"),
        ({"payload": ""}, "INVOICE_PAYLOAD_INVALID"),
        ({"start_parameter": "a b"}, "START_PARAM_INVALID"),
        (
            {"reply_markup": {"inline_keyboard": [[{"text": "back", "callback_data": "x"}]]}},
            "first button of an invoice message must be a Pay button",
        ),
    ],
)
async def test_an_invoice_that_telegram_would_not_send_is_refused(
    sandbox: Sandbox, change: dict[str, Any], reason: str
) -> None:
    person = await sandbox.starter()
    assert reason in (await sandbox.bot("sendInvoice", {**INVOICE, **change}, chat_id=person)).error


async def test_the_pay_button_of_an_invoice_can_be_tapped(sandbox: Sandbox) -> None:
    person = await sandbox.starter()
    markup = {
        "inline_keyboard": [[{"text": "Pay 100", "pay": True}], [{"text": "Back", "callback_data": "x"}]]
    }
    message = (await sandbox.bot("sendInvoice", INVOICE, chat_id=person, reply_markup=markup)).result[
        "message_id"
    ]
    pressed = await sandbox.client(
        "POST", f"chats/{person}/taps", person=person, message_id=message, text="Pay 100"
    )
    assert pressed["pre_checkout_query_id"]


MONTH = 2_592_000


async def subscribed(sandbox: Sandbox, person: int) -> str:
    """A subscription's first charge."""
    link = (await sandbox.bot("createInvoiceLink", INVOICE, subscription_period=MONTH)).result
    pressed = await sandbox.client("POST", f"chats/{person}/payments", person=person, link=link)
    query = pressed["pre_checkout_query_id"]
    assert (await sandbox.bot("answerPreCheckoutQuery", pre_checkout_query_id=query, ok=True)).result
    return str((await sandbox.client("GET", f"payments/{query}"))["charge"])


async def subscription(sandbox: Sandbox, person: int) -> dict[str, Any]:
    """The only one."""
    (found,) = await sandbox.client("GET", f"people/{person}/subscriptions")
    return dict(found)


async def test_a_month_later_a_subscription_is_paid_again_under_another_charge(own: Sandbox) -> None:
    person = await own.starter()
    first = await subscribed(own, person)
    ends = (await subscription(own, person))["until"]
    await own.client("POST", "clock", advance=MONTH + 1)

    async def renewed() -> Any:
        paid = [it["successful_payment"] for it in await own.seen(person) if "successful_payment" in it]
        return paid[1:]

    (again,) = await until(renewed, "the subscription is not renewed")
    assert again["is_recurring"] is True
    assert "is_first_recurring" not in again
    assert again["invoice_payload"] == "order:1"
    assert again["telegram_payment_charge_id"] != first
    assert again["subscription_expiration_date"] == ends + MONTH
    assert await subscription(own, person) == {"charge": first, "state": "active", "until": ends + MONTH}
    lines = (await own.bot("getStarTransactions")).result["transactions"]
    assert [line["source"]["subscription_period"] for line in lines] == [MONTH, MONTH]
    assert lines[1]["id"] == again["telegram_payment_charge_id"]


async def test_a_subscription_that_nobody_can_pay_fails_and_the_bot_is_told(own: Sandbox) -> None:
    person = await own.starter()
    await subscribed(own, person)
    await own.client("POST", f"people/{person}/stars", amount=-9_900)
    await own.client("POST", "clock", advance=MONTH + 1)

    async def told() -> Any:
        updates = (await own.bot("getUpdates")).result
        return [it["subscription"] for it in updates if "subscription" in it]

    (failed,) = await until(told, "the bot does not hear of it")
    assert (failed["user"]["id"], failed["invoice_payload"], failed["state"]) == (person, "order:1", "failed")
    assert (await subscription(own, person))["state"] == "failed"


async def test_a_canceled_subscription_is_not_paid_again(own: Sandbox) -> None:
    person = await own.starter()
    charge = await subscribed(own, person)
    change = {"user_id": person, "telegram_payment_charge_id": charge}
    for _ in range(2):
        assert (await own.bot("editUserStarSubscription", change, is_canceled=True)).result is True
    assert (await subscription(own, person))["state"] == "canceled_by_bot"
    await own.client("POST", f"people/{person}/subscriptions/{charge}", status=409, canceled=False)
    assert (await own.bot("editUserStarSubscription", change, is_canceled=False)).result is True
    assert (await own.bot("editUserStarSubscription", change, is_canceled=True)).result is True
    await own.client("POST", "clock", advance=MONTH + 1)
    refused = await own.bot("editUserStarSubscription", change, is_canceled=False)
    assert refused.error == "Bad Request: SUBSCRIPTION_NOT_ACTIVE"
    assert len((await own.bot("getStarTransactions")).result["transactions"]) == 1


async def test_the_person_cancels_and_resumes_in_the_client_and_the_bot_is_told(own: Sandbox) -> None:
    person = await own.starter()
    charge = await subscribed(own, person)
    for canceled in (True, False):
        await own.client("POST", f"people/{person}/subscriptions/{charge}", canceled=canceled)
    updates = [Update.model_validate(update) for update in (await own.bot("getUpdates")).result]
    assert [it.subscription.state for it in updates if it.subscription] == ["canceled", "active"]


async def test_a_subscription_of_somebody_else_is_not_found(own: Sandbox) -> None:
    charge = await subscribed(own, await own.starter())
    change = {"user_id": 1, "telegram_payment_charge_id": charge, "is_canceled": True}
    assert (await own.bot("editUserStarSubscription", change)).error == "Bad Request: CHARGE_NOT_FOUND"
