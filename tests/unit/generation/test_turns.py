"""How long a waiting generation waits for its turn."""

import pytest

from app.generation.turns import Queue, wait

LIMIT = 4
WINDOW = 10.0
FULL = (8.0, 6.0, 4.0, 2.0)


@pytest.mark.parametrize(
    ("queue", "seconds"),
    [
        (Queue(0, 0, ()), None),
        (Queue(0, 0, FULL[:3]), None),
        (Queue(9, 0, FULL[:3]), None),  # those ahead sleep: an idle creation helps nobody
        (Queue(1, 1, FULL[:3]), 2.0),  # gives way to the one that is awake
        (Queue(0, 0, FULL), 2.0),  # when the oldest creation leaves the window
        (Queue(1, 1, FULL), 4.0),
        (Queue(3, 0, FULL), 8.0),
        (Queue(4, 0, FULL), 10.0),  # 12 s, looked at after a window
        (Queue(12, 0, FULL), 16.0),  # 32 s, looked at half way
        (Queue(5, 5, ()), 10.0),
        (Queue(0, 0, (11.0, 6.0, 4.0, 2.0)), 0.1),
    ],
)
def test_the_next_look_comes_when_the_turn_may_have_come(queue: Queue, seconds: float | None) -> None:
    assert wait(queue, limit=LIMIT, window=WINDOW) == seconds


def test_a_reign_with_a_lower_limit_waits_until_the_window_has_room() -> None:
    assert wait(Queue(0, 0, FULL), limit=2, window=WINDOW) == pytest.approx(6.0)
