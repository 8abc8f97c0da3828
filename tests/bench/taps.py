"""How long a tap waits for its answer: `python -m tests.bench.taps [people] [seconds]`.

The whole product in the sandbox, as `make run` starts it; people look around in the menus at a human pace. Measured by
the clock of the stand-in for Telegram: from the tap to the edited screen, and to the answer that ends the spinner.
"""

import asyncio
import sys
import time
from itertools import cycle
from statistics import median, quantiles

from tests.bench.goals import Row, report
from tests.fixtures.people import Person
from tests.fixtures.sandboxed import running_sandbox

GOAL_MS = 300
PAUSE = 1.2
"""Seconds between two taps of a person: Telegram allows about one message a second in a chat."""
WARM_UP = 3
"""Rounds that are not counted: connections are opened and statements prepared."""
PLACES = ("go:balance", "shelf:pictures:0", "go:help", "list:b:0", "shelf:video:0", "go:history", "go:menu")


async def look_around(person: Person, seconds: float) -> list[tuple[float, float]]:
    """Milliseconds to the screen and to the answer, tap by tap."""
    await person.say("/start")
    menu, _ = await person.wait_for_button("Помощь")
    number = menu["message_id"]
    took: list[tuple[float, float]] = []
    end = time.monotonic() + seconds
    for round_number, place in enumerate(cycle(PLACES)):
        begun = time.monotonic()
        if begun > end:
            return took
        query = await person.press(number, place)
        asked = await person.answered(query)
        if round_number >= WARM_UP:
            took.append(await _times(person, query, asked["asked_at"]))
        await asyncio.sleep(max(0.0, PAUSE - (time.monotonic() - begun)))
    return took


async def _times(person: Person, query: str, asked_at: float) -> tuple[float, float]:
    changes = await person.sandbox.telegram("GET", f"changes?chat={person.id}&after=0")
    since = [it for it in changes if it["at"] >= asked_at]
    edited = next(it["at"] for it in since if it["kind"] == "edited")
    answered = next(it["at"] for it in since if it["kind"] == "callback" and it["body"]["id"] == query)
    return (edited - asked_at) * 1000, (answered - asked_at) * 1000


async def measure(people: int, seconds: float) -> list[tuple[float, float]]:
    """All taps of all people; they begin one after the other."""
    async with running_sandbox() as sandboxed, sandboxed.client() as sandbox:
        crowd = [await sandbox.person(f"Person {number}") for number in range(people)]
        walks = []
        for person in crowd:
            walks.append(asyncio.create_task(look_around(person, seconds)))
            await asyncio.sleep(PAUSE / people)
        return [it for walk in walks for it in await walk]


def row(name: str, took: list[float], most: float) -> Row:
    """The tail, with the median beside it."""
    return Row("taps", f"{name}, p95", quantiles(took, n=20)[18], median(took), "p50", "ms", most=most)


def rows(people: int = 10, seconds: float = 20.0) -> list[Row]:
    """Some people for some seconds."""
    took = asyncio.run(measure(people, seconds))
    print(f"{people} people, {len(took)} taps, {len(took) / seconds:.1f}/s")
    screens, answers = zip(*took, strict=True)
    return [row("tap to screen", list(screens), GOAL_MS), row("tap to spinner's end", list(answers), GOAL_MS)]


def main() -> int:
    """0 when the goal is reached."""
    words = sys.argv[1:]
    return 0 if report(rows(*(int(it) for it in words[:1]), *(float(it) for it in words[1:]))) else 1


if __name__ == "__main__":
    sys.exit(main())
