"""Variants of one purchase, as one."""

from dataclasses import replace

import pytest

from app.generation import Purchase, State
from tests.unit.generation.test_progress import GENERATION

S = State


def purchase(*states: State) -> Purchase:
    """Variants at these states; the progress message is the first one's."""
    return Purchase(
        [
            replace(
                GENERATION,
                id=number,
                state=state,
                variant=number,
                variants=len(states),
                progress_message_id=50 if number == 1 else None,
            )
            for number, state in enumerate(states, start=1)
        ]
    )


@pytest.mark.parametrize(
    ("states", "shown", "ready"),
    [
        ((S.HELD, S.HELD), S.HELD, 0),
        ((S.HELD, S.RUNNING), S.RUNNING, 0),
        ((S.SUBMITTED, S.CAPTURED), S.CAPTURED, 0),
        ((S.DELIVERED, S.SUBMITTED), S.SUBMITTED, 1),
        ((S.FAILED, S.RUNNING), S.RUNNING, 0),
        ((S.DELIVERED, S.KEPT, S.REFUNDED, S.FAILED), S.DELIVERED, 3),
        ((S.FAILED, S.CANCELLED), S.FAILED, 0),
        ((S.LATE, S.FAILED), S.FAILED, 0),
        ((S.CANCELLED, S.CANCELLED), S.CANCELLED, 0),
        ((S.CANCELLED, S.DELIVERED), S.DELIVERED, 1),
        ((S.KEPT,), S.KEPT, 0),
    ],
)
def test_the_foremost_on_its_way_is_shown_and_after_the_last_end_what_became_of_all(
    states: tuple[State, ...], shown: State, ready: int
) -> None:
    now = purchase(*states).shown()
    assert (now.id, now.progress_message_id, now.state, now.ready) == (1, 50, shown, ready)
