"""`python -m tests.chaos MINUTES SEED PEOPLE`: half of the time a siege of a fleet, half a storm; see `make chaos`."""

import asyncio
import sys

from tests.chaos.siege import Plan as Siege
from tests.chaos.siege import siege
from tests.chaos.storm import Plan as Storm
from tests.chaos.storm import storm

TO_THE_BOT, TO_OTHERS = 10, 190
"""Updates a second of a siege: what two cores answer beside all that dies, and what makes it 200."""
PAUSE = 4.0
"""Seconds between two mishaps: every other one is a kill, so somebody is killed every ten seconds."""
SHOPPERS = 5


def main(minutes: float, seed: int, people: int) -> int:
    """0 when nothing that was answered 200 is lost or doubled, every generation ended once, and the books are right."""
    seconds = minutes * 60 / 2
    print(f"{minutes:g} minutes, seed {seed}, {people} people", flush=True)
    wrong: list[str] = []
    try:
        besieged = asyncio.run(siege(Siege(seed, TO_THE_BOT, TO_OTHERS, SHOPPERS, PAUSE, seconds)))
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
    sys.exit(main(float(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
