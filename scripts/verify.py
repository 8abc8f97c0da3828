"""`make verify`: whether this checkout is fit to be deployed. Needs no secret; ends at the first step that fails."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
PYTEST = (sys.executable, "-m", "pytest", "-q")
# The settings of a deployment must not reach the tests, nor the server that is started here.
PASSED_ON = ("PATH", "HOME", "LANG", "TMPDIR", "CI", "TERM")


@dataclass(frozen=True)
class Step:
    """A command, and what it is called where it fails."""

    name: str
    command: tuple[str, ...]


STEPS = (
    Step("lint", (str(BIN / "ruff"), "check", ".")),
    Step("format", (str(BIN / "ruff"), "format", "--check", ".")),
    Step("types", (str(BIN / "mypy"),)),
    Step("layers", (str(BIN / "lint-imports"),)),
    Step("architecture tests", (*PYTEST, "tests/architecture")),
    Step("unit tests", (*PYTEST, "-n", "2", "tests/unit")),
    Step("integration tests", (*PYTEST, "-n", "2", "tests/integration")),
    Step("start-up of the real server", (sys.executable, "scripts/start_up.py")),
    Step("audit of buttons", (sys.executable, "app/tools/audit_buttons.py")),
)


def main() -> int:
    """Returns the exit code."""
    environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    for step in STEPS:
        print(f"→ {step.name}", flush=True)
        began = time.monotonic()
        ended = subprocess.run(step.command, cwd=ROOT, env=environment, check=False).returncode
        if ended:
            print(f"✗ VERIFICATION FAILED: {step.name}")
            return 1
        print(f"  {step.name}: {time.monotonic() - began:.0f} s", flush=True)
    print("The end-to-end, browser and chaos tests are not among these steps: make test")
    print("✓ VERIFICATION PASSED")
    return 0


if __name__ == "__main__":
    sys.exit(main())
