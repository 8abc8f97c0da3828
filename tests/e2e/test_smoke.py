"""Without a token the smoke test looks at the sandbox that runs in the folder."""

import subprocess
import sys

from tests.fixtures.launched import ROOT
from tests.fixtures.sandboxed import Sandboxed


def test_the_smoke_test_of_a_running_sandbox_is_green(product: Sandboxed) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "app.tools.smoke_prod"],
        cwd=product.launched.folder,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "PORT": product.url.rpartition(":")[2]},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Smoke test: the sandbox in .data" in done.stdout
    assert done.stdout.rstrip().endswith("Status: 🟢 GREEN")
