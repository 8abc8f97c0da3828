"""Which generations are given up together, and which can be hurried; pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from app.generation.entities import Generation
from app.generation.states import HOLDING, FailureClass, State
from app.money import Kopecks

STUCK_SECONDS = 15 * 60.0
"""A generation on its way counts as stuck after this, and after twice what nine of ten of its model take."""

UNSENT_FAILURES = 5
"""A kept result with more failures than this was not refused by its person: sending it ended badly."""

GIVEN_UP: Mapping[State, FailureClass] = MappingProxyType(
    {
        State.HELD: FailureClass.PROVIDER_BUSY,
        State.SUBMITTING: FailureClass.LOST,
        State.SUBMITTED: FailureClass.TIMEOUT,
        State.RUNNING: FailureClass.TIMEOUT,
        State.FETCHING: FailureClass.TIMEOUT,
    }
)
"""What a stuck generation fails of: where the provider may still finish, it is watched and delivered free."""


@dataclass(frozen=True, slots=True)
class Hopeless:
    """A generation whose person has neither the result nor the money; `price` in kopecks, 0 for a free one.

    A failed one is none: its money went back in the unit that failed it. What is left, by state and money:
    - on its way (the price is held) for longer than `STUCK_SECONDS` and than twice its model's slow time;
    - captured (the price is taken) and not delivered for `STUCK_SECONDS`;
    - kept in History because sending it ended badly again and again, not because its person blocked the bot.
    """

    id: int
    user_id: int
    price: Kopecks


def is_retryable(generation: Generation) -> bool:
    """Whether a job has something left to do for it: an ended one is never begun anew, its money went back."""
    match generation.state:
        case State.KEPT:
            return generation.task_id is not None
        case State.LATE:
            return generation.next_check_at is not None
        case State.FAILED:
            return generation.told_at is None
        case _:
            return generation.state in HOLDING or generation.state is State.CAPTURED
