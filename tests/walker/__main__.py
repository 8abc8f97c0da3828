"""`python -m tests.walker STEPS SEED [CROWD]`: a long walk over a sandbox of its own; prints how fast it was."""

import asyncio
import sys
import time

from tests.fixtures.sandboxed import running_sandbox
from tests.walker.walk import Crowd, LostWayError, Plan


async def main(steps: int, seed: int, crowd: int) -> int:
    """0 when nothing went wrong."""
    plan = Plan(steps=steps, seed=seed, crowd=crowd)
    print(f"{plan.steps} steps, seed {plan.seed}, {plan.crowd} people at a time", flush=True)
    async with running_sandbox(KIE_CREATES_PER_10S="18") as sandboxed, sandboxed.client() as sandbox:
        begun = time.monotonic()
        try:
            acts = await Crowd(sandboxed, sandbox, plan).walk()
        except LostWayError as error:
            print(error, *_complaints(sandboxed.launched.log), sep="\n")
            return 1
        print(", ".join(f"{name} {times}" for name, times in acts.most_common()))
        print(f"✓ {acts.total()} steps in {time.monotonic() - begun:.0f} s")
    return 0


def _complaints(log: str) -> list[str]:
    """The last lines of the server's log that are more than news."""
    return [line[:3000] for line in log.splitlines() if '"level": "INFO"' not in line][-10:]


if __name__ == "__main__":
    sys.exit(asyncio.run(main(int(sys.argv[1]), int(sys.argv[2]), int([*sys.argv, "6"][3]))))
