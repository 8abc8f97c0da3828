"""The dangerous places between two durable steps, where tests kill the process.

The internal setting FAIL_POINT arms them: `name` is one place; `@folder` is every place of which the folder holds a
file of its name, and whoever dies there takes the file away first, so that the next process lives. Reaching an armed
place sends SIGKILL to this process, as a crash would. Unarmed, `reach` compares two strings.
"""

import os
import signal
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class FailPoint(StrEnum):
    """Every place, in the order of a generation's way; tests/chaos walks them all."""

    EVENT_STORED = "event_stored"  # an update is committed, whoever sent it was not told so yet
    EVENT_CLAIMED = "event_claimed"  # an event was taken from the inbox, its handler did not run yet
    EFFECT_COMMITTED = "effect_committed"  # the handler's unit of work is committed, nothing was sent yet
    EVENT_NOT_MARKED = "event_not_marked"  # the handler ended, the event is not marked done yet
    SUBMITTING_WRITTEN = "submitting_written"  # the generation is claimed, KIE was not called yet
    TASK_ACCEPTED = "task_accepted"  # KIE accepted the task, its id is not recorded yet
    TASK_RECORDED = "task_recorded"  # the task id is committed
    HINT_RECORDED = "hint_recorded"  # KIE's callback woke its generation, its event is not marked done yet
    FETCHING_BEGUN = "fetching_begun"  # the task is known to be done, nothing of its result was copied yet
    RESULT_STORED = "result_stored"  # the result lies in our storage, the money is not captured yet
    CAPTURED = "captured"  # the money is taken, the delivery did not start yet
    DELIVERY_CLAIMED = "delivery_claimed"  # the delivery is claimed, nothing was sent yet
    RESULT_SENT = "result_sent"  # Telegram took the result, the delivery is not recorded yet
    DELIVERY_RECORDED = "delivery_recorded"  # the delivery is recorded, the progress still says otherwise
    FAILURE_RECORDED = "failure_recorded"  # the money is back, the person was not told yet
    FAILURE_TOLD = "failure_told"  # the person was told, which is not recorded yet
    REFUND_SENT = "refund_sent"  # the provider sent a payment back, the books do not know yet


@dataclass
class _Armed:
    name: str = ""
    folder: Path | None = None


_armed = _Armed()


def arm(setting: str) -> None:
    """Arms what the setting names; an empty one disarms. Raises ValueError for an unknown name."""
    name, _, folder = setting.partition("@")
    _armed.name = FailPoint(name) if name else ""
    _armed.folder = Path(folder) if folder else None


def reach(point: FailPoint) -> None:
    """Says that execution is at `point`; ends the process there when it is armed."""
    if point == _armed.name or (_armed.folder is not None and _taken(_armed.folder / point)):
        os.kill(os.getpid(), signal.SIGKILL)


def _taken(file: Path) -> bool:
    try:
        file.unlink()
    except FileNotFoundError:
        return False
    return True
