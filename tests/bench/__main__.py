"""`make bench`: everything that has a goal in one run, and one table at the end."""

import os
import sys

import uvloop

from tests.bench import ledger, shelf, taps
from tests.bench.goals import report
from tests.bench.inbox import measure_inbox, scratch_postgres


def main() -> int:
    """0 when every goal is reached. What else the machine did meanwhile is printed, for it moves every number."""
    before = os.getloadavg()[0]
    rows = shelf.rows() + measure_inbox()
    with scratch_postgres() as url:
        rows += uvloop.run(ledger.measure(url))
    rows += taps.rows()
    print(f"load of the machine {before:.1f} before, {os.getloadavg()[0]:.1f} after; {os.cpu_count()} cores")
    return 0 if report(rows) else 1


if __name__ == "__main__":
    sys.exit(main())
