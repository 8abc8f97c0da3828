"""While nobody is ACTIVE, and among workers without a bot, a payment is let through within a second."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

import psycopg
import pytest

from tests.fixtures.balancer import balancer
from tests.fixtures.fleet import Fleet, running_fleet
from tests.fixtures.launched import Launched, free_port, wait_for_role
from tests.fixtures.people import Person, SandboxClient
from tests.fixtures.postgres import Server, fresh_database

ANSWER_SECONDS = 60.0
AIOGRAM_MEGABYTES = 40.0
"""Less than what loading it takes."""
KEY = """
    SELECT (classid::bigint << 32) | objid::bigint FROM pg_locks JOIN pg_stat_activity USING (pid)
    WHERE locktype = 'advisory' AND granted AND application_name = (SELECT holder FROM leader)
"""
WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"


@pytest.fixture
def fleet(postgres_server: Server, migrated_template: str) -> Iterator[Fleet]:
    address = f"http://127.0.0.1:{free_port()}"
    with fresh_database(postgres_server, migrated_template) as url, running_fleet(url, address) as fleet:
        fleet.start_instance(PORT=str(free_port()))
        yield fleet


@pytest.mark.proves("X37")
async def test_while_nobody_is_active_workers_without_a_bot_answer_pre_checkouts_within_a_second(
    fleet: Fleet, capsys: pytest.CaptureFixture[str]
) -> None:
    active = fleet.instances[0]
    wait_for_role(active.url, "ACTIVE")
    async with fleet.client() as sandbox, balancer(fleet, lambda: [fleet.instances[-1]]):
        people = [await sandbox.person(name) for name in ("Анна", "Борис", "Вера")]
        invoices = [await invoice_of(person) for person in people]
        await everything_done(fleet)
        with nobody_reigns(fleet) as reign_again:
            # Of several workers one at most loads the bot before it reigns.
            passive = await asyncio.to_thread(
                fleet.start_instance, PORT=str(free_port()), WEB_CONCURRENCY="2"
            )
            active.launched.kill_everything()
            seconds = [
                await answered(sandbox, person, invoice)
                for person, invoice in zip(people, invoices, strict=True)
            ]
            before = min(memory(passive.launched))
            assert "ACTIVE" not in passive.role()
            assert "lock acquired" not in passive.launched.log
            assert fleet.books.one("SELECT count(*) FROM payment") == 0
            reign_again()
            for person in people:
                await person.wait_for_text("Зачислено")
        after = max(memory(passive.launched))
        assert await sandbox.violations() == []
    with capsys.disabled():
        shown = ", ".join(f"{it * 1000:.0f}" for it in seconds)
        print(f"\npre-checkouts without an ACTIVE instance, ms: {shown}; MB: {before:.0f}, later {after:.0f}")
    assert median(seconds) < 1.0
    assert after - before > AIOGRAM_MEGABYTES
    fleet.audit()


async def invoice_of(person: Person) -> int:
    """The message id of an invoice."""
    await person.say("/balance")
    await person.tap("Пополнить")
    await person.tap("50\u00a0₽")
    await person.agree()
    invoice = await person.wait_until(
        lambda messages: next((it for it in reversed(messages) if "invoice" in it), None), "an invoice"
    )
    return int(invoice["message_id"])


async def answered(sandbox: SandboxClient, person: Person, invoice: int) -> float:
    """Seconds from the tap on "pay" until the bot's answer."""
    body = {"person": person.id, "message_id": invoice, "pay": True}
    before = await answers(sandbox)
    begun = time.time()
    await sandbox.telegram("POST", f"chats/{person.id}/payments", body)
    deadline = time.monotonic() + ANSWER_SECONDS
    while len(after := await answers(sandbox)) == len(before):
        assert time.monotonic() < deadline, "the pre-checkout was never answered"
        await asyncio.sleep(0.02)
    return float(after[-1]["at"]) - begun


async def answers(sandbox: SandboxClient) -> list[dict[str, Any]]:
    """The bot's answers to pre-checkouts."""
    return list(await sandbox.telegram("GET", "calls?method=answerPreCheckoutQuery"))


async def everything_done(fleet: Fleet) -> None:
    """Nothing waits for who is killed next."""
    deadline = time.monotonic() + ANSWER_SECONDS
    while fleet.books.one("SELECT count(*) FROM inbox WHERE status = 'new'"):
        assert time.monotonic() < deadline, "events are not done"
        await asyncio.sleep(0.05)


@contextmanager
def nobody_reigns(fleet: Fleet) -> Iterator[Any]:
    """A session that is the first to wait for the lock, and does nothing with it until what this yields is called."""
    key = fleet.books.one(KEY)
    with psycopg.connect(fleet.database_url, autocommit=True) as session:
        session.pgconn.send_query(f"SELECT pg_advisory_lock({key})".encode())
        deadline = time.monotonic() + ANSWER_SECONDS
        while not fleet.books.one(WAITING):
            assert time.monotonic() < deadline, "nobody waits"
            time.sleep(0.02)
        yield session.pgconn.finish


def memory(launched: Launched) -> list[float]:
    """Megabytes of each worker."""
    statuses = [Path(f"/proc/{pid}/status").read_text().splitlines() for pid in launched.workers()]
    return [int(line.split()[1]) / 1024 for status in statuses for line in status if line.startswith("VmRSS")]
