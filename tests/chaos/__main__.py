"""`python -m tests.chaos MINUTES SEED PEOPLE`: a long storm over a sandbox of its own; see `make chaos`."""

import asyncio
import sys

from tests.chaos.storm import Plan, storm


def main(minutes: float, seed: int, people: int) -> int:
    """0 when every accepted generation was delivered once or refunded once, and the books are right."""
    print(f"{minutes:g} minutes, seed {seed}, {people} people", flush=True)
    try:
        outcome = asyncio.run(storm(Plan(minutes * 60, seed, people, is_long=True)))
    except AssertionError as error:
        print(f"✗ seed {seed}: {error}")
        return 1
    print("\n".join(outcome.lines()))
    print(f"{'✗' if outcome.verdict.wrong else '✓'} seed {seed}")
    return 1 if outcome.verdict.wrong else 0


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
