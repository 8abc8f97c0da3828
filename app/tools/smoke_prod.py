"""`make smoke-prod`: six checks on the configured system, or on the sandbox that runs in this folder.

GREEN needs six PASS or WARN; a check that could not look is SKIP and makes it RED. Exits with 1 when RED.
"""

import asyncio
import logging
import sys
from pathlib import Path

from app.tools.smoke import Result, System, find_system, run_checks


def main() -> int:
    """Returns the exit code."""
    logging.getLogger().addHandler(logging.NullHandler())  # what the parts log is none of the report
    system = find_system(Path(".data"))
    print(f"Smoke test: {system.name}")
    results = asyncio.run(_run(system))
    bad = [it.name for it in results if not it.is_green]
    if bad:
        print(f"❌ CHECKS FAILED: {', '.join(bad)}")
        print("Status: 🔴 RED")
        return 1
    print("✅ ALL CHECKS PASSED")
    print("Status: 🟢 GREEN")
    return 0


async def _run(system: System) -> list[Result]:
    results: list[Result] = []
    async for result in run_checks(system):
        results.append(result)
        reasons = "; ".join(result.verdict.reasons)
        print(f"[{result.verdict.outcome}] {result.name} ({result.milliseconds} ms): {reasons}", flush=True)
    return results


if __name__ == "__main__":
    sys.exit(main())
