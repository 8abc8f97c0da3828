"""Sudden deaths: of one worker, of Postgres under it, of everything at once."""

import asyncio
import contextlib
import os
import random
import signal
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.fixtures.launched import children
from tests.fixtures.sandboxed import Sandboxed, start_sandbox

WORKER, POSTGRES, EVERYTHING = "worker killed", "Postgres crashed", "power cut"
MIX = (WORKER, WORKER, WORKER, WORKER, POSTGRES, POSTGRES, EVERYTHING)


@dataclass
class Reaper:
    """Kills in the sandbox of `folder`, and starts it again on the same port after a power cut."""

    folder: Path
    environment: dict[str, str]
    luck: random.Random
    sandboxed: Sandboxed
    killed: Counter[str] = field(default_factory=Counter)

    async def kill(self, what: str) -> None:
        """Returns when the product can go on."""
        kinds: dict[str, Callable[[], object]] = {
            WORKER: self._kill_worker,
            POSTGRES: self._crash_postgres,
            EVERYTHING: self._cut_the_power,
        }
        await asyncio.to_thread(kinds[what])
        self.killed[what] += 1

    def _kill_worker(self) -> None:
        _kill(self.luck, self.sandboxed.launched.workers())

    def _crash_postgres(self) -> None:
        """Whichever of its processes dies, Postgres ends all sessions and recovers from its log."""
        pid_file = self.folder / ".data" / "postgres" / "postmaster.pid"
        _kill(self.luck, children(int(pid_file.read_text().split("\n", 1)[0])))

    def _cut_the_power(self) -> None:
        self.sandboxed.launched.kill_everything()
        self.sandboxed = start_sandbox(self.folder, self.environment)


def _kill(luck: random.Random, pids: list[int]) -> None:
    if pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(luck.choice(pids), signal.SIGKILL)
