"""Two instances without a public address: one asks Telegram, and when it dies the other one goes on."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.fixtures.fleet import Fleet, running_fleet
from tests.fixtures.launched import wait_for_role
from tests.fixtures.postgres import Server, fresh_database

WISHES = 20
PATIENCE_SECONDS = 120.0


@pytest.fixture
def fleet(postgres_server: Server, migrated_template: str) -> Iterator[Fleet]:
    with fresh_database(postgres_server, migrated_template) as url, running_fleet(url) as fleet:
        yield fleet


@pytest.mark.proves("F3", "F4")
async def test_a_poller_that_is_killed_loses_nothing_and_nothing_is_stored_twice(fleet: Fleet) -> None:
    first, second = (fleet.start_instance(BOT_MODE="polling", WEBHOOK_BASE_URL="") for _ in range(2))
    wait_for_role(first.url, "ACTIVE")
    async with fleet.client() as sandbox:
        people = [await sandbox.person(f"Человек {number}") for number in range(4)]
        for person in people:
            await person.say("/start")
        await people[0].wait_for_button("Картинки")
        for number in range(WISHES):
            if number == WISHES // 2:
                first.launched.kill_everything()
            await people[number % 4].say(f"желание {number}")
        assert wait_for_role(second.url, "ACTIVE")["epoch"] > 1
        await all_done(fleet, WISHES + 4)
        calls = await sandbox.telegram("GET", "calls?method=sendMessage")
        sent = Counter(int(call["params"]["chat_id"]) for call in calls if call["ok"])
        conflicts = [v for v in await sandbox.telegram("GET", "violations") if v["error_code"] == 409]
    assert conflicts == []
    assert all(sent[person.id] >= WISHES // 4 + 1 for person in people)
    assert fleet.books.one("SELECT count(*) FROM inbox WHERE status = 'dead'") == 0
    assert fleet.books.one("SELECT count(*) FROM ledger_transfer WHERE kind = 'bonus'") == 4


async def all_done(fleet: Fleet, expected: int) -> None:
    """Returns when so many events are stored, and all of them done."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    counts = "SELECT count(*), count(*) FILTER (WHERE status = 'done') FROM inbox"
    while (found := fleet.books.all(counts)) != [(expected, expected)]:
        assert time.monotonic() < deadline, f"{found} of {expected}"
        await asyncio.sleep(0.05)
