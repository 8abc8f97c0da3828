"""Five hundred people start a generation within a second: `python -m tests.bench.crowd [people] [greedy]`.

Two instances of the real server behind one address; the ACTIVE one is killed in the middle. KIE's limit of creations
is FACTOR times its own, so that the queue is worked off in three minutes instead of five; the stand-in itself refuses
nothing, and what it saw is compared with the limit. One person has bought fifty before, which KIE was too busy to take:
they stand in the queue before all others, and may not delay them.
"""

import asyncio
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.bench.goals import Row, report
from tests.fixtures.balancer import balancer
from tests.fixtures.fleet import Fleet, running_fleet
from tests.fixtures.journeys import choose, order_picture
from tests.fixtures.launched import free_port, resident, wait_for_role
from tests.fixtures.people import Person, SandboxClient
from tests.fixtures.postgres import fresh_database, make_template, running_server

PEOPLE = 500
FIFTY = 50
FACTOR = 2
KIES_LIMIT = 20 * FACTOR
OURS = 18 * FACTOR
WINDOW = 10.0
PURCHASE_SECONDS = 7.0
"""Of one's fifty: six updates each, and sixty a minute are taken for a flood."""
AT_ONCE = 12
"""People who look for their model at the same time, before it begins."""
ENDED_WITHIN = 600.0
LOOK_SECONDS = 0.2
MOST_GROWTH_MB = 128
"""Of a worker while the queue is worked off: five hundred waiting generations live in Postgres, not in it."""


@dataclass(frozen=True)
class Card:
    """A price to be tapped."""

    person: Person
    message: int
    data: str

    async def tap(self) -> None:
        """Buys."""
        await self.person.press(self.message, self.data)


@dataclass(frozen=True)
class Run:
    """What was seen. Seconds; megabytes."""

    tapped_within: float
    ended: int
    delivered: int
    creations: Sequence[tuple[float, int]]
    """When KIE accepted each, and for whom, in order."""
    greedy: int
    growth: float
    peak: float


async def card_of(person: Person, prompt: str) -> Card:
    """Everything but the last tap."""
    started = await person.say("/start")
    await person.tap("Картинки", after=started)
    await person.tap("Z-Image", after=started)
    await person.wait_for_text("Напишите", after=started)
    told = await person.say(prompt)
    await choose(person, "1:1", after=told)
    message, button = await person.wait_for_button("0,64", after=told)
    return Card(person, message["message_id"], button["callback_data"])


async def buy_one_after_the_other(fleet: Fleet, person: Person, count: int) -> None:
    """Slowly enough to pass for a person, who sees each one accepted before the next."""
    for number in range(count):
        begun = time.monotonic()
        await order_picture(person, f"картина {number}")
        while _count(fleet, f"user_id = {person.id}") <= number:
            assert time.monotonic() < begun + ENDED_WITHIN, "a purchase was not accepted"
            await asyncio.sleep(LOOK_SECONDS)
        await asyncio.sleep(max(0.0, begun + PURCHASE_SECONDS - time.monotonic()))


async def measure(fleet: Fleet, people: int, greedy_ones: int) -> Run:
    """The whole of it."""
    first, second = (fleet.start_instance(PORT=str(free_port())) for _ in range(2))
    wait_for_role(first.url, "ACTIVE")
    alive = [first, second]
    async with fleet.client() as sandbox, balancer(fleet, lambda: alive[:1]):
        await sandbox.kie("POST", "knobs", {"rate_limit": 0, "parallel_limit": 0, "delay": 1.0})
        greedy = await sandbox.person()
        await sandbox.kie("POST", "knobs", {"code": 429, "calls": "create"})
        crowd = [await sandbox.person() for _ in range(people)]
        _, cards = await asyncio.gather(
            buy_one_after_the_other(fleet, greedy, greedy_ones), _cards_of_all(crowd)
        )
        total = people + greedy_ones
        before = _largest(first.launched.workers())
        await sandbox.kie("POST", "knobs", {"code": None})
        begun = time.monotonic()
        await asyncio.gather(*(card.tap() for card in cards))
        tapped_within = time.monotonic() - begun
        peak = await _until_delivered(fleet, total // 3, lambda: _largest(first.launched.workers()))
        alive.remove(first)
        first.launched.kill_everything()
        growth = peak - before
        peak = max(peak, await _until_delivered(fleet, total, lambda: _largest(second.launched.workers())))
        return Run(
            tapped_within,
            _count(fleet, "state IN ('delivered', 'failed', 'kept', 'cancelled')"),
            _count(fleet, "state = 'delivered'"),
            await _creations(fleet, sandbox),
            greedy.id,
            growth,
            peak,
        )


def rows(run: Run, people: int, greedy_ones: int) -> list[Row]:
    """Each goal with what it is compared to."""
    total = people + greedy_ones
    times = [at for at, _ in run.creations]
    busiest = max(sum(start <= at < start + WINDOW for at in times) for start in times)
    last_of_others = max(place for place, (_, user) in enumerate(run.creations) if user != run.greedy)
    before_them = sum(user == run.greedy for _, user in run.creations[:last_of_others])
    return [
        Row("K1", "seconds for all taps", run.tapped_within, people, "taps", "s"),
        Row("K2", "delivered, no 429 told to anybody", run.delivered, total, "bought", "", goal=1.0),
        Row("K3", "creations in the busiest 10 s", busiest, KIES_LIMIT, "KIE's limit", "", most=KIES_LIMIT),
        Row(
            "K4",
            "of one's many before the last of others",
            before_them,
            greedy_ones,
            "of one",
            "",
            most=OURS // 2,
        ),
        Row("K5", "tasks at KIE", len(run.creations), total, "bought", "", most=total),
        Row("K6", "growth of the worker", run.growth, run.peak, "MB at most", "MB", most=MOST_GROWTH_MB),
    ]


async def _cards_of_all(people: list[Person]) -> list[Card]:
    ready = asyncio.Semaphore(AT_ONCE)

    async def look(person: Person) -> Card:
        async with ready:
            return await card_of(person, "картина")

    return list(await asyncio.gather(*map(look, people)))


async def _until_delivered(fleet: Fleet, count: int, size: Callable[[], float]) -> float:
    """Returns when so many have ended; the largest size seen meanwhile."""
    deadline, largest = time.monotonic() + ENDED_WITHIN, 0.0
    while _count(fleet, "state IN ('delivered', 'failed', 'kept')") < count:
        assert time.monotonic() < deadline, fleet.books.all(
            "SELECT state, count(*) FROM generation GROUP BY 1"
        )
        largest = max(largest, size())
        await asyncio.sleep(LOOK_SECONDS)
    return largest


def _count(fleet: Fleet, condition: str) -> int:
    return int(str(fleet.books.one(f"SELECT count(*) FROM generation WHERE {condition}")))


async def _creations(fleet: Fleet, sandbox: SandboxClient) -> list[tuple[float, int]]:
    found = fleet.books.all("SELECT kie_task_id, user_id FROM generation")
    owners = {str(task): int(str(user)) for task, user in found}
    tasks = (await sandbox.kie("GET", "tasks"))["tasks"]
    return sorted((task["created"], owners.get(task["taskId"], 0)) for task in tasks)


def _largest(pids: Sequence[int]) -> float:
    """Resident megabytes of the largest of these processes."""
    return max((resident(pid) for pid in pids), default=0.0)


def main(people: int = PEOPLE, greedy_ones: int = FIFTY) -> int:
    """0 when every goal is reached."""
    settings = {"KIE_CREATES_PER_10S": str(OURS), "MAX_PARALLEL_GENERATIONS": str(greedy_ones)}
    settings["TELEGRAM_RATE"] = "100"
    address = f"http://127.0.0.1:{free_port()}"
    with (
        running_server() as server,
        fresh_database(server, make_template(server)) as url,
        running_fleet(url, address, **settings) as fleet,
    ):
        run = asyncio.run(measure(fleet, people, greedy_ones))
        fleet.audit()
    print(f"limits are KIE's times {FACTOR}; {people} people at once, and one with {greedy_ones} before them")
    return 0 if report(rows(run, people, greedy_ones)) else 1


if __name__ == "__main__":
    sys.exit(main(*(int(word) for word in sys.argv[1:3])))
