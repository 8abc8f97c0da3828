"""One siege: a crowd talks and some buy while instances die, Postgres restarts and its connections break.

Then a long one goes on in peace, to see whether memory or waiting grows; and everything settles and is judged.
"""

import asyncio
import math
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import cycle

import aiohttp

from tests.chaos.chatter import GROUP, Reckoning, reckon, to_others, to_the_bot
from tests.chaos.hosting import AGAIN, KILL, ONCE, PARTITION, Hosting, hosting
from tests.chaos.shoppers import Shopper, accepted, arrive
from tests.chaos.verdict import Verdict, judge, settled
from tests.fixtures.balancer import balancer
from tests.fixtures.people import Person, SandboxClient
from tests.fixtures.sender import Crowd, Receipt, Sender

INSTANCES = 3
FIRST_OF_OTHERS = 600_000_000
"""A person's id, below those that the stand-in gives: nobody has to know who talks in a group."""
SECONDS_BETWEEN = 6.0
"""Of one person's updates to the bot. Each is answered with two calls, a chat takes one a second, and after an outage
what is overdue comes on top: at half of this, chats alone would be too slow for what was sent while nobody was there.
"""
AT_ONCE = 96
"""Events in work at a time (`Pace.lanes`): as many replies may be on their way when a reign ends."""
LONGEST_TAKEOVER = {KILL: 12.0, PARTITION: 20.0}
"""Seconds, on a machine that is busy with other things. A partition is seen when the lease of ten seconds runs out."""
TROUBLED = 2 / 3
"""Of a long siege."""
HANG_SECONDS = 180.0
"""For the first purchase: without one there is nothing to lose."""
MOST_GROWTH = 1.3
MOST_DRIFT = 2.0
UNNOTICED = 0.5
"""Seconds of waiting below which twice as long is nothing."""


@dataclass(frozen=True)
class Plan:
    """`to_the_bot` and `to_others`: updates a second. Without `seconds` every mishap comes once, with `pause` between.

    With them mishaps come until two thirds of the time are over; the last third is calm.
    """

    seed: int
    to_the_bot: float
    to_others: float
    shoppers: int
    pause: float
    seconds: float = 0.0


@dataclass(frozen=True)
class Peace:
    """Seconds by the wall clock; megabytes of the ACTIVE process, after a tenth of the time and at its end."""

    begun: float
    ended: float
    memory: tuple[float, float]


@dataclass(frozen=True)
class Calm:
    """How a long siege ended: memory as in `Peace`; seconds."""

    memory: tuple[float, float]
    waits: tuple[float, float]
    """p99 of its first and of its last third."""

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """Of the table."""
        return (
            ("in calm, p99 at first and at last", _two(self.waits, "s")),
            ("in calm, memory at a tenth and at last", _two(self.memory, "MB")),
        )

    @property
    def wrong(self) -> tuple[str, ...]:
        """What grows."""
        grown = self.memory[1] > MOST_GROWTH * self.memory[0]
        slower = self.waits[1] > max(MOST_DRIFT * self.waits[0], UNNOTICED)
        return (*(("memory grows",) if grown else ()), *(("waiting grows",) if slower else ()))


@dataclass(frozen=True)
class Outcome:
    """What was done to the instances, and what they made of it."""

    seconds: float
    sent: int
    statuses: Counter[int]
    happened: Counter[str]
    takeovers: dict[str, list[float]]
    starts: int
    seconds_up: dict[int, float]
    reckoning: Reckoning
    verdict: Verdict
    calm: Calm | None
    audit: str

    @property
    def wrong(self) -> tuple[str, ...]:
        """Everything that must not be."""
        late = [it for what, times in self.takeovers.items() for it in times if it > LONGEST_TAKEOVER[what]]
        excused = AT_ONCE * self.happened.total()
        return (
            *self.reckoning.wrong,
            *self.verdict.wrong,
            *(self.calm.wrong if self.calm else ()),
            *(f"a take-over after {it:.1f} s" for it in late),
            *(("too many replies came twice",) if self.reckoning.answered_twice > excused else ()),
        )

    def lines(self) -> list[str]:
        """The table."""
        it = self.reckoning
        rows: list[tuple[str, object]] = [
            ("seconds of traffic", round(self.seconds)),
            *((f"  instances up: {count}", round(self.seconds_up[count])) for count in (1, 2, 3)),
            ("updates sent", self.sent),
            ("  a second", round(self.sent / self.seconds)),
            ("answered 200", self.statuses[200]),
            ("answered 503", self.statuses[503]),
            ("not answered, or broken", self.statuses.total() - self.statuses[200] - self.statuses[503]),
            ("processed", it.processed),
            ("lost", it.lost),
            ("that nobody sent", it.invented),
            ("effects doubled", it.doubled),
            ("out of order", it.out_of_order),
            ("dead letters", it.dead),
            ("replies missing", it.unanswered),
            ("replies that came twice", it.answered_twice),
            *sorted(self.happened.items()),
            ("starts after kills", self.starts),
            ("take-over after kill -9, p50 p99 max", _three(self.takeovers[KILL])),
            ("take-over after partition, p50 p99 max", _three(self.takeovers[PARTITION])),
            ("tap to answer, p50 p99 max", _three(list(it.waits.values()))),
            *(self.calm.rows if self.calm else ()),
            ("generations bought", self.verdict.generations),
            *((f"  ended: {end}", times) for end, times in sorted(self.verdict.ends.items())),
            ("second copies of results", self.verdict.second_copies),
            ("audit", self.audit.strip().splitlines()[-1]),
            ("wrong", len(self.wrong)),
        ]
        return [f"{name:<40} {value:>8}" for name, value in rows] + [f"  {words}" for words in self.wrong]


async def siege(plan: Plan) -> Outcome:
    """Runs it. Raises AssertionError when it does not settle or the audit finds something."""
    async with hosting(plan.seed) as hosted:
        fleet = hosted.fleet
        await asyncio.gather(*(hosted.add_instance() for _ in range(INSTANCES - 1)))
        async with fleet.client() as sandbox, balancer(fleet, lambda: [hosted.chosen()]):
            await asyncio.to_thread(fleet.wait_for_webhook)
            shoppers = await arrive(sandbox, plan.shoppers, plan.seed)
            people = await _greeted(sandbox, round(plan.to_the_bot * SECONDS_BETWEEN))
            async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
                sender = Sender(session, fleet.secret, lambda: hosted.chosen().url)
                begun = time.monotonic()
                peace = await _under_siege(hosted, plan, _crowds(plan, sender, people), shoppers)
                seconds = time.monotonic() - begun
            return await _judged(hosted, sandbox, sender, shoppers, peace, seconds)


async def _greeted(sandbox: SandboxClient, count: int) -> list[Person]:
    """So many people whom the bot may write to."""
    people = [await sandbox.person() for _ in range(count)]
    for person in people:
        await person.say("/start")
    for person in people:
        await person.wait_for_button("Картинки")
    return people


def _crowds(plan: Plan, sender: Sender, people: Sequence[Person]) -> list[Crowd]:
    others = range(FIRST_OF_OTHERS, FIRST_OF_OTHERS + round(plan.to_others * SECONDS_BETWEEN))
    return [
        Crowd(sender, [it.id for it in people], plan.to_the_bot, to_the_bot),
        Crowd(sender, others, plan.to_others, to_others, group=GROUP),
    ]


async def _under_siege(
    hosted: Hosting, plan: Plan, crowds: Sequence[Crowd], shoppers: Sequence[Shopper]
) -> Peace | None:
    """Two instances at first, while the third one comes. Returns when every update begun was answered 200."""
    async with asyncio.TaskGroup() as group:
        buying = [group.create_task(shopper.shop()) for shopper in shoppers]
        for crowd in crowds:
            group.create_task(crowd.talk())
        peace = await _troubles(hosted, plan)
        await accepted(lambda: hosted.fleet.books, 1, within=HANG_SECONDS)
        for task in buying:
            task.cancel()
        for crowd in crowds:
            crowd.leave()
    return peace


async def _troubles(hosted: Hosting, plan: Plan) -> Peace | None:
    begun = time.monotonic()
    hosted.count_anew()
    half = len(ONCE) // 2
    await _trouble(hosted, ONCE[:half], plan.pause)
    await hosted.add_instance()
    await _trouble(hosted, ONCE[half:], plan.pause)
    if plan.seconds:
        await _trouble(hosted, cycle(AGAIN), plan.pause, end=begun + plan.seconds * TROUBLED)
    await hosted.all_are_back()
    peace = await _peace(hosted, begun + plan.seconds - time.monotonic()) if plan.seconds else None
    hosted.count()
    return peace


async def _trouble(hosted: Hosting, mishaps: Iterable[str], pause: float, *, end: float = math.inf) -> None:
    """One after the other; before each one traffic is switched."""
    for mishap in mishaps:
        if time.monotonic() > end:
            return
        hosted.switch()
        await asyncio.sleep(pause)
        await hosted.strike(mishap)


async def _peace(hosted: Hosting, seconds: float) -> Peace:
    begun = time.time()
    await asyncio.sleep(seconds / 10)
    at_first = await hosted.memory()
    await asyncio.sleep(seconds * 9 / 10)
    return Peace(begun, time.time(), (at_first, await hosted.memory()))


async def _judged(
    hosted: Hosting,
    sandbox: SandboxClient,
    sender: Sender,
    shoppers: Sequence[Shopper],
    peace: Peace | None,
    seconds: float,
) -> Outcome:
    """When everything has settled."""
    books = hosted.fleet.books
    await settled(sandbox, books, hurried=False)
    await asyncio.gather(*(shopper.is_answered() for shopper in shoppers))
    await settled(sandbox, books, hurried=False)  # what the last tap began
    reckoning = await reckon(sandbox, books, sender.receipts)
    buyers = [shopper.person.id for shopper in shoppers]
    return Outcome(
        seconds=seconds,
        sent=len(sender.receipts),
        statuses=sender.statuses,
        happened=hosted.happened,
        takeovers=hosted.takeovers,
        starts=hosted.starts,
        seconds_up=hosted.seconds_up,
        reckoning=reckoning,
        verdict=await judge(sandbox, books, buyers, copies_allowed=hosted.happened.total()),
        calm=_calm(peace, sender.receipts, reckoning) if peace else None,
        audit=hosted.fleet.audit(),
    )


def _calm(peace: Peace, receipts: Sequence[Receipt], reckoning: Reckoning) -> Calm:
    third = (peace.ended - peace.begun) / 3

    def waited(begun: float) -> float:
        waits = [
            reckoning.waits[it.update_id]
            for it in receipts
            if begun <= it.sent_at < begun + third and it.update_id in reckoning.waits
        ]
        return _share(waits, 0.99)

    return Calm(peace.memory, (waited(peace.begun), waited(peace.ended - third)))


def _share(values: Sequence[float], share: float) -> float:
    """The smallest value that so large a share of them does not exceed."""
    return sorted(values)[math.ceil(share * len(values)) - 1] if values else 0.0


def _three(seconds: Sequence[float]) -> str:
    return "  ".join(f"{_share(seconds, share):.2f} s" for share in (0.5, 0.99, 1.0))


def _two(pair: tuple[float, float], unit: str) -> str:
    return "  ".join(f"{it:.2f} {unit}" for it in pair)
