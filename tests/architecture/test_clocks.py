"""A clock that jumps by an hour ends nothing early: leases and claims go by Postgres's clock or a monotonic one."""

import ast
from pathlib import Path

import pytest

APP = Path(__file__).resolve().parents[2] / "app"
TIMELESS = ("singleton", "inbox", "jobs", "ledger", "generation")
"""Here leases, claims, retries, turns and limits are decided."""
EXCUSED = {
    "generation/results/links.py": "a link that is shown for a week carries its end, as the machine has it",
    "generation/results/pruning.py": "what a crash left behind is compared with the times of files",
    "generation/kie/signature.py": "KIE signs by its own clock; where ours is wrong, polling finds it",
}
WALL = {"time.time", "datetime.now", "datetime.utcnow", "datetime.today", "date.today", "self._clock.now"}


def wall_clocks(path: Path) -> set[str]:
    """Where the machine's own time of day is read."""
    calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    return {ast.unparse(call.func) for call in calls} & WALL


def files() -> list[Path]:
    """Every module of the packages that must not care."""
    return [path for package in TIMELESS for path in sorted((APP / package).rglob("*.py"))]


@pytest.mark.proves("X45")
def test_no_lease_claim_or_limit_is_decided_by_the_wall_clock() -> None:
    found = {str(path.relative_to(APP)) for path in files() if wall_clocks(path)}
    assert found == set(EXCUSED)
