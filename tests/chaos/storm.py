"""One storm: people buy, things fail, processes die; then everything settles and is judged."""

import asyncio
import random
from collections import Counter
from dataclasses import dataclass
from time import monotonic

from tests.chaos.faults import Weather
from tests.chaos.kills import EVERYTHING, MIX, POSTGRES, WORKER, Reaper
from tests.chaos.shoppers import accepted, arrive
from tests.chaos.verdict import Verdict, judge, settled
from tests.fixtures.launched import scratch_folder
from tests.fixtures.sandboxed import start_sandbox

ENVIRONMENT = {"WEB_CONCURRENCY": "2"}
BETWEEN_KILLS = (5.0, 20.0)
HANG_SECONDS = 180.0
"""For the first purchases: without any there is nothing to lose."""


@dataclass(frozen=True)
class Plan:
    """`seconds` of storm over so many people. `is_long`: slow faults, too, and kills of any kind at any time.

    A short one kills once in each way, and its seconds are what it waits for purchases before each.
    """

    seconds: float
    seed: int
    people: int
    is_long: bool


@dataclass(frozen=True)
class Outcome:
    """What was done to the product, and what it made of it."""

    kills: Counter[str]
    faults: Counter[str]
    verdict: Verdict
    seconds: dict[str, float]

    def lines(self) -> list[str]:
        """The table."""
        verdict = self.verdict
        rows = [(f"fault: {name}", times) for name, times in sorted(self.faults.items())]
        rows += sorted(self.kills.items())
        rows += [("generations accepted", verdict.generations), ("tasks at KIE", verdict.tasks)]
        rows += [(f"ended: {end}", times) for end, times in sorted(verdict.ends.items())]
        rows += [("second copies", verdict.second_copies), ("wrong", len(verdict.wrong))]
        rows += [(f"seconds to {what}", int(seconds)) for what, seconds in self.seconds.items()]
        return [f"{name:<40} {times:>6}" for name, times in rows] + [f"  {it}" for it in verdict.wrong]


async def storm(plan: Plan) -> Outcome:
    """Runs it on a sandbox of its own. Raises AssertionError when it does not settle or the audit finds something."""
    luck = random.Random(plan.seed)
    with scratch_folder() as folder:
        moments = [monotonic()]
        sandboxed = start_sandbox(folder, ENVIRONMENT)
        moments.append(monotonic())
        environment = {**ENVIRONMENT, "PORT": sandboxed.url.rpartition(":")[2]}
        reaper = Reaper(folder, environment, luck, sandboxed)
        try:
            async with sandboxed.client() as sandbox:
                weather = Weather(sandbox, random.Random(f"weather {plan.seed}"), plan.is_long, pause=1.0)
                shoppers = await arrive(sandbox, plan.people, plan.seed)
                busy = [asyncio.create_task(it) for it in (weather.blow(), *(s.shop() for s in shoppers))]
                await _reap(reaper, plan)
                for task in busy:
                    task.cancel()
                await asyncio.gather(*busy, return_exceptions=True)
                moments.append(monotonic())
                await weather.clear()
                books = reaper.sandboxed.books
                await settled(sandbox, books, hurried=plan.is_long)
                await asyncio.gather(*(shopper.is_answered() for shopper in shoppers))
                await settled(sandbox, books, hurried=plan.is_long)  # what the last tap began
                moments.append(monotonic())
                people = [shopper.person.id for shopper in shoppers]
                allowed = reaper.killed.total() + weather.unknown_sends
                verdict = await judge(sandbox, books, people, copies_allowed=allowed)
                reaper.sandboxed.audit()
                names = ("start", "blow over", "settle")
                seconds = {name: b - a for name, a, b in zip(names, moments, moments[1:], strict=False)}
                return Outcome(reaper.killed, weather.struck, verdict, seconds)
        finally:
            reaper.sandboxed.launched.end()


async def _reap(reaper: Reaper, plan: Plan) -> None:
    """Each kind once, with something on its way; or any kind at any time until the storm is over."""
    if not plan.is_long:
        for number, what in enumerate((WORKER, POSTGRES, EVERYTHING), start=1):
            within = HANG_SECONDS if number == 1 else plan.seconds
            await accepted(lambda: reaper.sandboxed.books, number * plan.people, within=within)
            await asyncio.sleep(reaper.luck.uniform(0.0, 1.0))
            await reaper.kill(what)
        return
    end = monotonic() + plan.seconds
    while monotonic() < end:
        await asyncio.sleep(reaper.luck.uniform(*BETWEEN_KILLS))
        await reaper.kill(reaper.luck.choice(MIX))
