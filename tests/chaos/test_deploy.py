"""A deploy and its rollback under load, as a platform does them: nobody notices but for the moment of the hand-over."""

import asyncio
import json
import re
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import quantiles

import aiohttp
import pytest

from tests.fixtures.balancer import balancer
from tests.fixtures.fleet import Fleet, Instance, running_fleet
from tests.fixtures.journeys import PICTURE_PRICE, order_picture
from tests.fixtures.launched import free_port, get, wait_for_role
from tests.fixtures.people import Person, SandboxClient
from tests.fixtures.postgres import Server, fresh_database
from tests.fixtures.sender import Crowd, Receipt, Sender

PEOPLE = 20
RATE = 20.0
"""Updates a second, from all of them together."""
KIE_SECONDS = 5
STOP_SECONDS = 30.0
"""What the blueprint gives an instance between SIGTERM and SIGKILL."""
DONE_SECONDS = 60.0
ACCEPTED_SECONDS = 5.0
ANSWERED_SECONDS = 60.0
"""Generous: here the instance that starts takes one of the two cores for seconds."""
IS_ACCEPTED = "SELECT count(*) FROM generation WHERE kie_task_id IS NOT NULL"
OUT_OF_ORDER = """
    SELECT count(*) FROM inbox later JOIN inbox earlier USING (lane)
    WHERE later.id > earlier.id AND later.done_at < earlier.done_at
"""


@dataclass
class Platform:
    """Sends all traffic to one instance at a time."""

    fleet: Fleet
    serving: Instance

    async def deploy(self, release: str) -> Instance:
        """Starts a new instance beside; from its readiness on it gets everything."""
        port = str(free_port())
        self.serving = await asyncio.to_thread(self.fleet.start_instance, PORT=port, RELEASE=release)
        return self.serving

    async def retire(self, old: Instance) -> float:
        """SIGTERM; the seconds until it ended well."""
        begun = time.monotonic()
        assert await asyncio.to_thread(old.launched.stop) == 0, old.launched.log[-4000:]
        return time.monotonic() - begun


@pytest.fixture
def platform(postgres_server: Server, migrated_template: str) -> Iterator[Platform]:
    address = f"http://127.0.0.1:{free_port()}"
    with fresh_database(postgres_server, migrated_template) as url, running_fleet(url, address) as fleet:
        yield Platform(fleet, fleet.start_instance(PORT=str(free_port()), RELEASE="r1"))


@pytest.mark.proves("F4", "F8", "X15", "X16")
async def test_a_deploy_and_its_rollback_lose_nothing_double_nothing_and_keep_the_order(
    platform: Platform, capsys: pytest.CaptureFixture[str]
) -> None:
    fleet, first = platform.fleet, platform.serving
    wait_for_role(first.url, "ACTIVE")
    async with (
        fleet.client() as sandbox,
        balancer(fleet, lambda: [platform.serving]),
        aiohttp.ClientSession() as session,
    ):
        await sandbox.kie("POST", "knobs", {"delay": KIE_SECONDS})
        buyers = [await sandbox.person(name) for name in ("Анна", "Борис")]
        people = await greeted(sandbox)
        crowd = Crowd(Sender(session, fleet.secret, lambda: platform.serving.url), people, RATE, wish)
        talking = asyncio.create_task(crowd.talk())

        await ordered(fleet, buyers[0], generations=1)
        second = await platform.deploy("r2")
        await asyncio.to_thread(wait_for_role, second.url, "ACTIVE")
        stops = [await platform.retire(first)]

        third = await platform.deploy("r1")
        await asyncio.to_thread(third.launched.wait_for_log, "asked the holder to hand over")
        await ordered(fleet, buyers[1], generations=2)
        stops.append(await platform.retire(second))
        await asyncio.to_thread(wait_for_role, third.url, "ACTIVE")

        crowd.leave()
        await talking
        for buyer in buyers:
            await buyer.wait_for_media("photo")
        await settled(fleet)
        receipts = crowd.sender.receipts
        waits = await judge(fleet, sandbox, receipts)
        assert await sandbox.violations() == []
    accepted = [it.accepted_at - it.sent_at for it in receipts]
    with capsys.disabled():
        print(f"\na deploy and its rollback, {len(receipts)} updates: {dict(crowd.sender.statuses)}")
        print(f"until accepted, ms: {percentiles(accepted)}; until answered, ms: {percentiles(waits)}")
        print(f"hand-over gap, ms: {gap_of(second)}; after SIGTERM: {gap_of(third)}; {stops=}")
    assert p99(accepted) < ACCEPTED_SECONDS
    assert p99(waits) < ANSWERED_SECONDS
    assert max(stops) < STOP_SECONDS
    asked = [it.launched.log.count("asked the holder to hand over") for it in (first, second, third)]
    assert asked == [0, 1, 1]
    assert fleet.books.one("SELECT epoch FROM leader") == 3, "each deploy is one take-over"
    fleet.audit()


def wish(person: int, number: int) -> str:
    """Answered by one message: the models for it."""
    return f"желание {person}-{number}"


async def greeted(sandbox: SandboxClient) -> list[int]:
    """People who have begun a chat, since the bot cannot write to anybody else."""
    people = [await sandbox.person(f"Человек {number}") for number in range(PEOPLE)]
    for person in people:
        await person.say("/start")
    for person in people:
        await person.wait_for_button("Картинки")
    return [person.id for person in people]


async def ordered(fleet: Fleet, buyer: Person, *, generations: int) -> None:
    """Returns when the provider works at it, which takes longer than the next step of the platform."""
    await order_picture(buyer)
    await becomes(fleet, IS_ACCEPTED, generations)


async def settled(fleet: Fleet) -> None:
    """Everything that was stored is done."""
    await becomes(fleet, "SELECT count(*) FROM inbox WHERE status <> 'done'", 0)
    await becomes(fleet, "SELECT count(*) FROM generation WHERE state <> 'delivered'", 0)


async def becomes(fleet: Fleet, question: str, expected: int) -> None:
    """The books say so in the end."""
    deadline = time.monotonic() + DONE_SECONDS
    while (found := fleet.books.one(question)) != expected:
        assert time.monotonic() < deadline, f"{found} is not {expected}: {question}"
        await asyncio.sleep(0.05)


async def judge(fleet: Fleet, sandbox: SandboxClient, receipts: Sequence[Receipt]) -> list[float]:
    """Nothing is lost, doubled or out of order; seconds from each update to its answer."""
    sent = {str(it.update_id) for it in receipts}
    stored = {
        str(row[0]) for row in fleet.books.all("SELECT external_id FROM inbox WHERE source = 'telegram'")
    }
    assert sent <= stored
    assert fleet.books.one("SELECT count(*) - count(DISTINCT external_id) FROM inbox") == 0
    assert fleet.books.one(OUT_OF_ORDER) == 0
    assert fleet.books.one("SELECT count(*) FROM ledger_transfer WHERE kind = 'bonus'") == PEOPLE + 2
    paid = "SELECT count(*), sum(amount) FROM ledger_entry WHERE account = 'revenue'"
    assert fleet.books.all(paid) == [(2, 2 * PICTURE_PRICE)]
    answers = await answers_by_chat(sandbox)
    waits: list[float] = []
    surplus = 0
    for person in {it.person for it in receipts}:
        told = sorted((it for it in receipts if it.person == person), key=lambda it: it.number)
        heard = answers[person][1:]  # the first one greets
        assert len(heard) >= len(told), f"{person} was not answered"
        surplus += len(heard) - len(told)
        if len(heard) == len(told):
            waits += [at - it.sent_at for at, it in zip(heard, told, strict=True)]
    assert surplus <= cancelled(fleet), "answered twice without a reason"
    return waits


async def answers_by_chat(sandbox: SandboxClient) -> dict[int, list[float]]:
    """When the bot sent messages, chat by chat; seconds of this machine's clock."""
    answers: dict[int, list[float]] = defaultdict(list)
    for call in await sandbox.telegram("GET", "calls?method=sendMessage"):
        if call["ok"]:
            answers[int(call["params"]["chat_id"])].append(call["at"])
    return answers


def cancelled(fleet: Fleet) -> int:
    """Handlers that were cut off in the middle, each of which may have answered already and answers again."""
    lines = (line for it in fleet.instances for line in it.launched.log.splitlines())
    facts = [json.loads(line) for line in lines if "handlers in flight are cancelled" in line]
    failed = sum(it.launched.log.count("an event's handler failed") for it in fleet.instances)
    return failed + sum(int(fact["lanes"]) for fact in facts)


def gap_of(instance: Instance) -> int:
    """Milliseconds without an ACTIVE one before this instance's reign, as its log says."""
    found = re.search(r"Singleton lock acquired .*?gap_ms=(\d+)", instance.launched.log)
    assert found is not None, get(f"{instance.url}/role")
    return int(found.group(1))


def p99(seconds: Sequence[float]) -> float:
    """In seconds."""
    return quantiles(seconds, n=100)[98]


def percentiles(seconds: Sequence[float]) -> str:
    """Milliseconds."""
    cuts = quantiles(seconds, n=100)
    return f"p50 {cuts[49] * 1000:.0f}, p99 {cuts[98] * 1000:.0f}, max {max(seconds) * 1000:.0f}"
