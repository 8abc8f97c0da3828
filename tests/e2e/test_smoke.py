"""Without a token the smoke test looks at the sandbox that runs in the folder."""

import asyncio
import subprocess
import sys

from tests.fixtures.launched import ROOT
from tests.fixtures.people import SandboxClient
from tests.fixtures.sandboxed import Sandboxed


async def test_the_smoke_test_of_a_running_sandbox_is_green(
    product: Sandboxed, sandbox: SandboxClient
) -> None:
    person = await sandbox.person("Вера")
    await person.say("/start")
    await person.wait_for_text("Вера")  # so Telegram knows the address, which comes after /ready
    done = await asyncio.to_thread(
        subprocess.run,
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
