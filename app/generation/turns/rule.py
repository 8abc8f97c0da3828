"""The rule, over what one waiting generation sees of the queue. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

MOMENT = 0.1
"""Seconds until the next look where the turn should have come already."""


@dataclass(frozen=True, slots=True)
class Queue:
    """What one waiting generation sees. `ages`: seconds since each creation of the window, the oldest first."""

    ahead: int
    """How many come before it; what a person is told."""
    ready: int
    """How many of these would be sent this very moment: only they are given way."""
    ages: Sequence[float]


def wait(queue: Queue, *, limit: int, window: float) -> float | None:
    """None when it may be sent now, at most `limit` in `window` seconds; else seconds until the next look.

    The further behind, the rarer the looks: half of what it will wait at least, and one window where that is more.
    """
    free = limit - len(queue.ages)
    if queue.ready < free:
        return None
    behind = max(max(queue.ahead, queue.ready) - free, 0)
    rounds = max(-(-(behind - len(queue.ages) + 1) // limit), 0)
    place = behind - rounds * limit
    frees = max(window - queue.ages[place], 0.0) if place >= 0 else 0.0
    estimate = frees + rounds * window
    return max(estimate if estimate <= window else max(window, estimate / 2), MOMENT)
