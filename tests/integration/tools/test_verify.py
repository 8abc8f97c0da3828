"""The verification of a checkout ends at the first step that fails and names it."""

from pathlib import Path

import pytest

from tests.integration.tools.commands import Edit, broken_checkout, run_command


@pytest.mark.proves("F89")
@pytest.mark.parametrize(
    ("edit", "step"),
    [
        (Edit("app/clock.py", "import time\n", "import time\nimport secrets\n"), "lint"),
        (Edit("app/clock.py", "return time.monotonic()", "return  time.monotonic()"), "format"),
    ],
)
def test_a_broken_checkout_fails_at_the_step_that_sees_it(tmp_path: Path, edit: Edit, step: str) -> None:
    checkout = broken_checkout(tmp_path, edit)
    ended = run_command(str(checkout / "scripts/verify.py"), checkout=checkout, folder=tmp_path)
    assert ended.code == 1
    assert ended.said.rstrip().endswith(f"✗ VERIFICATION FAILED: {step}"), ended.said
    assert "✓ VERIFICATION PASSED" not in ended.said
