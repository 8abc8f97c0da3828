"""`python -m tests.chaos MINUTES SEED PEOPLE RATE`: half of the time a siege, half a storm; see `make chaos`."""

import asyncio
import sys

from tests.chaos.siege import Plan as Siege
from tests.chaos.siege import siege
from tests.chaos.storm import Plan as Storm
from tests.chaos.storm import storm

TO_THE_BOT = 0.2
"""Of a siege's updates; the others are said in a group and only stored and done."""
PAUSE = 4.0
"""Seconds between two mishaps: every other one is a kill, so somebody is killed every ten seconds."""
SHOPPERS = 5


def main(minutes: float, seed: int, people: int, rate: float) -> int:
    """0 when nothing that was answered 200 is lost or doubled, every generation ended once, and the books are right."""
    seconds = minutes * 60 / 2
    print(f"{minutes:g} minutes, seed {seed}, {people} people, {rate:g} updates a second", flush=True)
    wrong: list[str] = []
    try:
        to_the_bot = rate * TO_THE_BOT
        besieged = asyncio.run(siege(Siege(seed, to_the_bot, rate - to_the_bot, SHOPPERS, PAUSE, seconds)))
        print("Instances under siege", *besieged.lines(), sep="\n", flush=True)
        stormy = asyncio.run(storm(Storm(seconds, seed, people, is_long=True)))
        print("A storm over one", *stormy.lines(), sep="\n")
        wrong += [*besieged.wrong, *stormy.verdict.wrong]
    except AssertionError as error:
        wrong.append(str(error))
        print(f"✗ {error}")
    print(f"{'✗' if wrong else '✓'} seed {seed}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])))
