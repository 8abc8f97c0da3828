"""Stars over two instances: one credit however it is told, a subscription's months, refunds, and what was lost."""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from tests.fixtures.balancer import balancer
from tests.fixtures.fleet import Fleet, running_fleet
from tests.fixtures.launched import free_port, wait_for_role
from tests.fixtures.people import WAIT_SECONDS, Message, Person, SandboxClient, text_of
from tests.fixtures.postgres import Server, fresh_database

TOLD = 50
MONTH = 2_592_000
HOUR = 3_600
# A screen that has waited for a month is not taken away, only stripped of its buttons.
A_MONTH_OLD = "message can't be deleted for everyone"
# What the clock would do: the job is put into the queue at once.
RECONCILE = """
    SELECT procrastinate_defer_jobs_v1(ARRAY[ROW('default', 'payments.reconcile_whole', 0, NULL, NULL,
        jsonb_build_object('id', 0), NULL)::procrastinate_job_to_defer_v1])
"""
CASH = "SELECT posted FROM ledger_wallet WHERE user_id = %s AND bucket = 'cash'"
DEBT = "SELECT posted FROM ledger_wallet WHERE user_id = %s AND bucket = 'debt'"


@pytest.fixture(scope="module")
def fleet(postgres_server: Server, migrated_template: str) -> Iterator[Fleet]:
    """Two instances that take webhooks by turns."""
    address = f"http://127.0.0.1:{free_port()}"
    with (
        fresh_database(postgres_server, migrated_template) as url,
        running_fleet(url, address, STAR_SUBSCRIPTION="300") as fleet,
    ):
        fleet.start_instance(PORT=str(free_port()))
        fleet.start_instance(PORT=str(free_port()))
        yield fleet


@pytest.fixture
async def outside(fleet: Fleet) -> AsyncIterator[SandboxClient]:
    """The client API; nothing that the bots sent was refused, and the books are right at the end."""
    luck = random.Random(20261123)
    wait_for_role(fleet.instances[0].url, "ACTIVE")
    async with fleet.client() as sandbox, balancer(fleet, lambda: [luck.choice(fleet.instances)]):
        yield sandbox
        refused = await sandbox.telegram("GET", "violations")
        assert [it for it in refused if A_MONTH_OLD not in it["reason"]] == []
    fleet.audit()


async def settled(person: Person, begun: dict[str, Any]) -> dict[str, Any]:
    """How a payment that was begun ended."""
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline:
        payment = dict(await person.sandbox.telegram("GET", f"payments/{begun['pre_checkout_query_id']}"))
        if payment["state"] != "asked":
            return payment
        await asyncio.sleep(0.05)
    raise AssertionError("the payment was never answered")


async def invoice_of(person: Person, pack: str) -> Message:
    """The invoice of a pack."""
    await person.say("/balance")
    await person.tap("Пополнить")
    await person.tap(pack)
    await person.agree()
    return await person.wait_until(
        lambda messages: next((it for it in reversed(messages) if "invoice" in it), None), "an invoice"
    )


async def pay(person: Person, pack: str = "100\u00a0₽") -> str:
    """Buys a pack; its charge."""
    invoice = await invoice_of(person, pack)
    body = {"person": person.id, "message_id": invoice["message_id"], "pay": True}
    begun = await person.sandbox.telegram("POST", f"chats/{person.id}/payments", body)
    payment = await settled(person, begun)
    assert payment["state"] == "paid", payment
    return str(payment["charge"])


async def becomes(fleet: Fleet, question: str, expected: object, *arguments: object) -> None:
    """The books say so in the end."""
    deadline = time.monotonic() + WAIT_SECONDS
    while (found := fleet.books.one(question, *arguments)) != expected:
        assert time.monotonic() < deadline, f"{found} is not {expected}: {question}"
        await asyncio.sleep(0.05)


async def everything_done(fleet: Fleet) -> None:
    """No tap waits for its answer any more, which a clock that is moved would make too late."""
    await becomes(fleet, "SELECT count(*) FROM inbox WHERE status = 'new'", 0)


async def told_of(sandbox: SandboxClient, charge: str) -> dict[str, Any]:
    """The update that tells of a charge."""
    for line in await sandbox.telegram("GET", "updates?after=0"):
        paid = line["update"].get("message", {}).get("successful_payment", {})
        if paid.get("telegram_payment_charge_id") == charge:
            return dict(line["update"])
    raise AssertionError("nobody was told of this charge")


@pytest.mark.proves("F4", "F43", "X3", "X35")
async def test_a_payment_told_fifty_times_over_two_instances_is_one_credit(
    fleet: Fleet, outside: SandboxClient
) -> None:
    person = await outside.person()
    charge = await pay(person)
    await person.wait_for_text("Зачислено")
    update = await told_of(outside, charge)
    again = {key: value for key, value in update.items() if key != "update_id"}

    for number in range(TOLD // 2):
        await outside.telegram("POST", f"updates/{update['update_id']}/redeliver", {})
        await outside.telegram("POST", "updates", {"update": again, "queue": f"again-{number}"})

    handled = """
        SELECT count(*) FROM inbox
        WHERE lane = %s AND status = 'done' AND position(convert_to(%s, 'UTF8') IN payload) > 0
    """
    await becomes(fleet, handled, 1 + TOLD // 2, str(person.id), charge)
    assert fleet.books.one(CASH, person.id) == 10_000
    assert fleet.books.one("SELECT count(*) FROM payment WHERE user_id = %s", person.id) == 1


@pytest.mark.proves("X37")
async def test_while_the_active_instance_is_frozen_the_other_one_answers_the_pre_checkout(
    fleet: Fleet, outside: SandboxClient
) -> None:
    person = await outside.person()
    invoice = await invoice_of(person, "50\u00a0₽")
    # Else the tap that led here is answered twice: by who was frozen before it was done, and by who took over.
    await everything_done(fleet)
    active = next(it for it in fleet.instances if "ACTIVE" in it.role())
    body = {"person": person.id, "message_id": invoice["message_id"], "pay": True}
    fleet.instances.remove(active)  # the platform sends nothing there any more
    active.pause()
    try:
        payment = await settled(person, await outside.telegram("POST", f"chats/{person.id}/payments", body))
        assert payment["state"] == "paid", payment
        await person.wait_for_text("Зачислено")  # by who took over
    finally:
        active.go_on()
        fleet.instances.append(active)
    assert fleet.books.one(CASH, person.id) == 5_000


async def subscribed(person: Person) -> str:
    """Its first charge."""
    await person.say("/balance")
    await person.tap("Пополнить")
    await person.tap("Подписка")
    await person.tap("Подписаться")
    await person.agree()
    _, button = await person.wait_for_button("Оплатить 300")
    body = {"person": person.id, "link": button["url"], "pay": True}
    payment = await settled(
        person, await person.sandbox.telegram("POST", f"chats/{person.id}/payments", body)
    )
    assert payment["state"] == "paid", payment
    await person.wait_for_text("Зачислено")
    return str(payment["charge"])


@pytest.mark.proves("X35")
async def test_a_subscription_is_credited_each_month_until_it_is_canceled(
    fleet: Fleet, outside: SandboxClient
) -> None:
    person = await outside.person()
    charge = await subscribed(person)
    await everything_done(fleet)
    await outside.telegram("POST", "clock", {"advance": MONTH + 60})
    await becomes(fleet, CASH, 60_000, person.id)
    await person.tap("Пополнить")
    await person.tap("Подписка")
    await person.wait_for_text("Следующее списание")
    await person.tap("Отменить подписку")
    await person.wait_for_text("больше не продлится")
    listed = f"people/{person.id}/subscriptions"
    assert (await outside.telegram("GET", listed))[0]["state"] == "canceled_by_bot"
    await person.tap("Возобновить")
    await person.wait_for_text("Следующее списание")
    await outside.telegram("POST", f"{listed}/{charge}", {"canceled": True})
    await person.wait_for_text("больше не продлится")
    assert fleet.books.one("SELECT renewal FROM subscription WHERE user_id = %s", person.id) == "canceled"
    await everything_done(fleet)
    await outside.telegram("POST", "clock", {"advance": -MONTH - 60})


@pytest.mark.proves("X36", "X39", "X40")
async def test_what_telegram_did_not_tell_is_found_in_its_list_and_what_it_told_is_booked_once(
    fleet: Fleet, outside: SandboxClient
) -> None:
    told, untold, lost = [await outside.person(name) for name in ("Анна", "Борис", "Вера")]
    await outside.telegram("POST", "clock", {"advance": -HOUR})  # all this was an hour ago
    charges = {person.id: await pay(person) for person in (told, untold)}
    for person in (told, untold):
        await person.wait_for_text("Зачислено")
    await everything_done(fleet)
    invoice = await invoice_of(lost, "100\u00a0₽")
    await outside.telegram("POST", "faults", {"kind": "drop", "update": "message"})
    body = {"person": lost.id, "message_id": invoice["message_id"], "pay": True}
    paid = await settled(lost, await outside.telegram("POST", f"chats/{lost.id}/payments", body))
    assert paid["state"] == "paid", paid
    for person, is_told in ((told, True), (untold, False)):
        refund = {"charge": charges[person.id], "told": is_told}
        await outside.telegram("POST", "stars/refunds", refund)
    assert "снято" in text_of(await told.wait_for_text("Звёзды вернулись"))
    assert fleet.books.one(CASH, untold.id) == 10_000
    await everything_done(fleet)
    await outside.telegram("POST", "clock", {"advance": HOUR})

    for _ in range(2):
        fleet.books.execute(RECONCILE)
        await becomes(fleet, "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')", 0)

    assert "Нашли вашу оплату" in text_of(await lost.wait_for_text("Нашли"))
    assert "снято" in text_of(await untold.wait_for_text("Звёзды вернулись"))
    cash = [fleet.books.one(CASH, person.id) for person in (told, untold, lost)]
    assert cash == [0, 0, 10_000]
    assert [fleet.books.one(DEBT, person.id) for person in (told, untold, lost)] == [0, 0, 0]
