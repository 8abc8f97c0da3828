"""Two instances behind one address: everything twice, to either, and each effect once and in order."""

import asyncio
import random
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.fixtures.balancer import balancer
from tests.fixtures.fleet import Fleet, running_fleet
from tests.fixtures.launched import free_port, wait_for_role
from tests.fixtures.people import Person, SandboxClient
from tests.fixtures.postgres import Server, fresh_database

PEOPLE = 100
NOTES = 4
SEED = 20261123


@pytest.fixture
def fleet(postgres_server: Server, migrated_template: str) -> Iterator[Fleet]:
    address = f"http://127.0.0.1:{free_port()}"
    with fresh_database(postgres_server, migrated_template) as url, running_fleet(url, address) as fleet:
        fleet.start_instance(PORT=str(free_port()))
        fleet.start_instance(PORT=str(free_port()))
        yield fleet


async def take_notes(person: Person, luck: random.Random) -> None:
    """Says hello, then one prompt after the other, each after the one before was taken over."""
    await person.say("/start")
    for number in range(NOTES):
        await person.say(f"желание {person.id}-{number}")
        await asyncio.sleep(luck.random() * 0.01)


@pytest.mark.proves("F4", "F8", "F10", "F13", "F22", "X3")
async def test_a_hundred_people_sent_twice_to_two_instances_have_each_effect_once_and_in_order(
    fleet: Fleet,
) -> None:
    luck = random.Random(SEED)
    expected = PEOPLE * (NOTES + 1)
    roles = {wait_for_role(fleet.instances[0].url, "ACTIVE")["role"]} | {
        "PASSIVE" in fleet.instances[1].role()
    }
    assert roles == {"ACTIVE", True}
    async with fleet.client() as sandbox, balancer(fleet, lambda: luck.choices(fleet.instances, k=2)):
        people = [await sandbox.person(f"Человек {number}") for number in range(PEOPLE)]
        await asyncio.gather(*(take_notes(person, luck) for person in people))
        await all_done(fleet, expected)
        # Each update is answered by one message: /start by the menu, each prompt by the models for it. An answer of
        # Telegram's that took longer than the bot waits is the one reason for a copy, and it stands in the log.
        sent = (await sent_to(sandbox, people)).values()
        again = sum(one.launched.log.count("an event's handler failed") for one in fleet.instances)
        assert not any("an event waits for storage" in one.launched.log for one in fleet.instances)
        assert min(sent) == NOTES + 1
        assert sum(sent) - expected <= again
        assert await sandbox.telegram("GET", "violations") == []
    assert fleet.books.one("SELECT count(*) FROM inbox") == expected
    assert fleet.books.one("SELECT count(*) FROM person") == PEOPLE
    assert fleet.books.one("SELECT count(*) FROM ledger_transfer WHERE kind = 'bonus'") == PEOPLE
    out_of_order = fleet.books.one(
        "SELECT count(*) FROM inbox later JOIN inbox earlier USING (lane) "
        "WHERE later.id > earlier.id AND later.done_at < earlier.done_at"
    )
    assert out_of_order == 0
    fleet.audit()


async def sent_to(sandbox: SandboxClient, people: list[Person]) -> Counter[int]:
    """How many messages the bot sent to each of them."""
    calls = await sandbox.telegram("GET", "calls?method=sendMessage")
    chats = Counter(int(call["params"]["chat_id"]) for call in calls if call["ok"])
    return Counter({person.id: chats[person.id] for person in people})


async def all_done(fleet: Fleet, expected: int) -> None:
    """Returns when so many events are done."""
    done: object = None
    for _ in range(6000):
        done = fleet.books.one("SELECT count(*) FROM inbox WHERE status = 'done'")
        if done == expected:
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"{done} of {expected} events are done")
