"""What goes wrong around the product: one table, each row a fault of a stand-in with a name that is counted."""

import asyncio
import random
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from tests.fixtures.people import RefusedError, SandboxClient

PACE = 0.2
"""Of the gaps between KIE's calls back: the last one comes after three seconds instead of fifteen."""


@dataclass(frozen=True)
class Fault:
    """One body for the stand-in. `slow`: it takes minutes to pass, so that only a long storm has it.

    `sends`: after it nobody knows whether something was sent, so that a second copy is allowed.
    """

    name: str
    body: dict[str, Any]
    telegram: bool = False
    slow: bool = False
    sends: bool = False


def _kie(name: str, *, slow: bool = False, times: int = 1, **body: Any) -> Fault:
    return Fault(f"KIE {name}", {**body, "times": times}, slow=slow)


def _telegram(name: str, *, sends: bool = False, times: int = 1, **body: Any) -> Fault:
    return Fault(f"Telegram {name}", {**body, "times": times}, telegram=True, sends=sends)


FAULTS = (
    _kie("500", code=500, calls="create"),
    _kie("429", code=429, calls="create"),
    _kie("502 page", http_status=502, calls="all", times=2),
    _kie("slow answers", latency=1.0, calls="all", times=3),
    _kie("accepts, answer lost", create_drop=True),
    _kie("callback late", callback="late", callback_delay=2),
    _kie("callback twice", callback="twice"),
    _kie("callback ten times", callback="flood"),
    _kie("callback never", callback="never"),
    _kie("callback before the answer", callback="early"),
    _kie("callback contradicts", callback="wrong_code"),
    _kie("fails: policy", fail="policy"),
    _kie("fails: internal", fail="internal"),
    _kie("fails: input", fail="input"),
    _kie("skips states", skip_states=True, times=2),
    _kie("knows the task late", unknown_seconds=2.0),
    _kie("455 maintenance", code=455, calls="create", slow=True),
    _kie("never answers", create_hang=True, slow=True),
    _kie("fails: time-out", fail="timeout", slow=True),
    _kie("stuck for ever", stuck="generating", slow=True),
    _kie("dead result", dead_result=True, slow=True),
    _kie("empty result", empty_result=True, slow=True),
    _kie("cut result", cut_result=True, slow=True),
    _kie("junk result", junk_result=True, slow=True),
    _telegram("429", kind="429", retry_after=1),
    _telegram("5xx", kind="5xx", times=2),
    _telegram("5xx on a result", kind="5xx", method="sendPhoto"),
    _telegram("takes a result, answer lost", kind="lost", method="sendPhoto", sends=True),
    _telegram("edits, answer lost", kind="lost", method="editMessageText"),
    _telegram("silent on an edit", kind="silence", method="editMessageText"),
    _telegram("update twice", kind="duplicate", times=2),
    _telegram("update again", kind="redeliver", times=2),
)


@dataclass
class Weather:
    """Sets one fault after the other; remembers how often each."""

    sandbox: SandboxClient
    luck: random.Random
    slow: bool
    pause: float
    """Seconds between two faults."""
    struck: Counter[str] = field(default_factory=Counter)

    async def blow(self) -> None:
        """Until it is cancelled; while nobody listens it waits."""
        choice = [fault for fault in FAULTS if self.slow or not fault.slow]
        while True:
            fault = self.luck.choice(choice)
            try:
                await self.sandbox.kie("POST", "knobs", {"callback_pace": PACE})
                post = self.sandbox.telegram if fault.telegram else self.sandbox.kie
                await post("POST", "faults" if fault.telegram else "knobs", fault.body)
                self.struck[fault.name] += 1
            except (aiohttp.ClientError, RefusedError):
                pass  # everything is down just now
            await asyncio.sleep(self.pause)

    async def clear(self) -> None:
        """Nothing goes wrong from now on."""
        await self.sandbox.kie("DELETE", "knobs")
        await self.sandbox.telegram("DELETE", "faults")

    @property
    def unknown_sends(self) -> int:
        """After how many faults nobody knew whether a result was sent."""
        return sum(self.struck[fault.name] for fault in FAULTS if fault.sends)
