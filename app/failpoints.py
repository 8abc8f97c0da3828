"""The dangerous places between two durable steps, where tests kill the process.

A fail point is armed by the internal setting FAIL_POINT: `name`, `name:n` (the nth time, counting from 1) or
`name@file` (only the process that can create the file, so that a respawned one lives). Reaching the armed place
sends SIGKILL to this process, as a crash would. Unarmed, `reach` compares two strings.
"""

import os
import signal
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class FailPoint(StrEnum):
    """Every place; tests/chaos walks them all."""

    EVENT_CLAIMED = "event_claimed"  # an event was taken from the inbox, its handler did not run yet
    EFFECT_COMMITTED = "effect_committed"  # the handler's unit of work is committed, nothing was sent yet
    EVENT_NOT_MARKED = "event_not_marked"  # the handler ended, the event is not marked done yet
    SUBMITTING_WRITTEN = "submitting_written"  # the generation is claimed, KIE was not called yet
    TASK_ACCEPTED = "task_accepted"  # KIE accepted the task, its id is not recorded yet
    TASK_RECORDED = "task_recorded"  # the task id is committed
    RESULT_STORED = "result_stored"  # the result lies in our storage, the money is not captured yet
    CAPTURED = "captured"  # the money is taken, the delivery did not start yet
    DELIVERY_CLAIMED = "delivery_claimed"  # the delivery is claimed, nothing was sent yet
    RESULT_SENT = "result_sent"  # Telegram took the result, the delivery is not recorded yet
    REFUND_SENT = "refund_sent"  # the provider sent a payment back, the books do not know yet
    FAILURE_RECORDED = "failure_recorded"  # the money is back, the person was not told yet


@dataclass
class _Armed:
    name: str = ""
    remaining: int = 0
    mark: Path | None = None


_armed = _Armed()


def arm(setting: str) -> None:
    """Arms what the setting names; an empty one disarms. Raises ValueError for an unknown name."""
    place, _, mark = setting.partition("@")
    name, _, count = place.partition(":")
    _armed.name = FailPoint(name) if name else ""
    _armed.remaining = int(count or "1")
    _armed.mark = Path(mark) if mark else None


def reach(point: FailPoint) -> None:
    """Says that execution is at `point`; ends the process there when it is armed."""
    if point != _armed.name:
        return
    _armed.remaining -= 1
    if _armed.remaining <= 0 and _is_first():
        os.kill(os.getpid(), signal.SIGKILL)


def _is_first() -> bool:
    if _armed.mark is None:
        return True
    try:
        _armed.mark.touch(exist_ok=False)
    except FileExistsError:
        return False
    return True
