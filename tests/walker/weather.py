"""What goes wrong around the crowd: KIE fails, Telegram limits, stumbles and repeats itself."""

import asyncio
import random
from typing import Any

from tests.fixtures.people import SandboxClient

KIE: tuple[dict[str, Any], ...] = (
    *({"fail": kind, "times": 2} for kind in ("policy", "internal", "input", "unfetchable", "timeout")),
    *({"callback": mode, "times": 2} for mode in ("late", "twice", "flood", "never", "early", "wrong_code")),
    {"code": 500, "calls": "create", "times": 1},
    {"code": 429, "calls": "create", "times": 1},
    {"http_status": 502, "calls": "all", "times": 2},
    {"latency": 1.0, "calls": "all", "times": 3},
    {"create_drop": True, "times": 1},
    {"empty_result": True, "times": 1},
    {"dead_result": True, "times": 1},
    {"cut_result": True, "times": 1},
    {"junk_result": True, "times": 1},
    {"skip_states": True, "times": 3},
    {"delay": 0.3, "times": 5},
    {"delay": 6.0, "times": 3},
    {"unknown_seconds": 2.0, "times": 2},
)

TELEGRAM: tuple[dict[str, Any], ...] = (
    {"kind": "429", "retry_after": 1, "times": 2},
    {"kind": "429", "retry_after": 1, "method": "editMessageText", "times": 1},
    {"kind": "5xx", "times": 2},
    {"kind": "5xx", "method": "sendMessage", "times": 1},
    {"kind": "5xx", "method": "sendPhoto", "times": 1},
    {"kind": "lost", "method": "sendMessage", "times": 1},
    {"kind": "lost", "method": "editMessageText", "times": 1},
    {"kind": "lost", "method": "answerCallbackQuery", "times": 1},
    {"kind": "lost", "method": "sendPhoto", "times": 1},
    {"kind": "silence", "method": "editMessageText", "times": 1},
    {"kind": "5xx", "method": "download", "times": 1},
    {"kind": "duplicate", "times": 3},
    {"kind": "redeliver", "times": 3},
)


class Weather:
    """Changes every few seconds until it is cleared."""

    def __init__(self, sandbox: SandboxClient, rng: random.Random, *, storms: bool) -> None:
        self._sandbox = sandbox
        self._rng = rng
        self._storms = storms

    async def blow(self, *, pause: float = 2.0) -> None:
        """One trouble after the other; without storms KIE's alone."""
        while True:
            await self._sandbox.kie("POST", "knobs", self._rng.choice(KIE))
            if self._storms:
                await self._sandbox.telegram("POST", "faults", self._rng.choice(TELEGRAM))
            await asyncio.sleep(pause)

    async def clear(self) -> None:
        """Nothing goes wrong from now on."""
        await self._sandbox.kie("DELETE", "knobs")
        await self._sandbox.telegram("DELETE", "faults")
