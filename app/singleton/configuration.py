"""What a process must know to take part in the election."""

import hashlib
import os
import secrets
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from app.db import Epoch

NAME_BYTES = 63  # what Postgres keeps of an application_name


class Role(StrEnum):
    """ACTIVE processes; PASSIVE stores and stands by."""

    ACTIVE = "active"
    PASSIVE = "passive"


@dataclass(frozen=True)
class SingletonConfig:
    """`url` leads directly to Postgres, past any transaction pooler.

    `application_name` comes from `holder_name` and names every session of this process, the pool's too: by it
    a successor ends them. `release` tells deploys apart: only another release is asked to hand over.
    """

    url: str
    bot_id: int
    instance: str
    release: str
    application_name: str


@dataclass(frozen=True)
class Timing:
    """Seconds. The lease ends by the database's clock, trust in it a little earlier by our own."""

    beat: float = 2.0
    beat_limit: float = 2.0
    lease: float = 10.0
    trust: float = 9.0
    watch: float = 1.0
    reconnect: float = 1.0
    unit_wait: float = 0.5
    drain: float = 20.0
    head_start: float = 5.0
    silence: float = 8.0
    tick: float = 0.5


class Callbacks(Protocol):
    """What the process does with its role."""

    async def on_active(self, epoch: Epoch) -> None:
        """Starts processing in the background. Cancelled when the reign ends before it returns."""
        ...

    async def on_passive(self, drain: float) -> None:
        """Stops processing within `drain` seconds; called again with 0 when the lease is lost meanwhile."""
        ...


def holder_name(instance: str) -> str:
    """An application_name that no other process has: `trt:<instance>:<pid>:<random>`, 63 bytes at most."""
    tail = f":{os.getpid()}:{secrets.token_hex(4)}"
    plain = "".join(letter if letter.isascii() and letter.isprintable() else "?" for letter in instance)
    return f"trt:{plain}"[: NAME_BYTES - len(tail)] + tail


def instance_part(name: str) -> str:
    """What the holder names of all workers of an instance begin with."""
    return name.rsplit(":", 2)[0] + ":"


def lock_key(bot_id: int) -> int:
    """The advisory lock's key: a signed 64-bit number, whatever the bot's id."""
    digest = hashlib.sha256(f"trt singleton {bot_id}".encode()).digest()
    return int.from_bytes(digest[:8], signed=True)
