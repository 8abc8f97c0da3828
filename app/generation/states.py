"""A generation's life as a table: every move that may happen, and nothing else. Pure."""

from collections.abc import Mapping
from enum import StrEnum

from app.generation.errors import ForbiddenMoveError


class State(StrEnum):
    """Where a generation is; the value is what the database stores."""

    HELD = "held"  # the money is set aside, the provider was not asked yet
    SUBMITTING = "submitting"  # the provider is being asked, or was and its answer is unknown
    SUBMITTED = "submitted"  # the provider accepted it and told its task id
    RUNNING = "running"  # the provider works on it
    FETCHING = "fetching"  # the provider is done, our own copy of the result is not complete yet
    CAPTURED = "captured"  # our own copy is stored and the money is taken
    DELIVERED = "delivered"  # Telegram took the result
    KEPT = "kept"  # Telegram would not take it (blocked); it waits in History
    CANCELLED = "cancelled"  # by the person, before the provider was asked; the money is back
    FAILED = "failed"  # the money is back
    LATE = "late"  # a success after the money went back: delivered free
    REFUNDED = "refunded"  # by an operator, after it was captured


class FailureClass(StrEnum):
    """Why a generation failed, in the classes that people are told and rules are written by."""

    CONTENT_POLICY = "content_policy"
    BAD_INPUT = "bad_input"
    INPUT_GONE = "input_gone"  # a file that was to go in is nowhere any more
    PROVIDER_BUSY = "provider_busy"
    PROVIDER_DOWN = "provider_down"
    TIMEOUT = "timeout"
    LOST = "lost"  # it is unknown whether the provider took it
    RESULT_MISSING = "result_missing"  # success, but nothing could be fetched
    OUR_ACCOUNT = "our_account"  # the provider refuses our key or our credits (401, 402, 433)


class Stage(StrEnum):
    """What a person sees while waiting."""

    QUEUED = "queued"
    SENT = "sent"
    GENERATING = "generating"
    UPLOADING = "uploading"


MOVES: Mapping[State, frozenset[State]] = {
    # submitting → held: the provider certainly did not take it, and may take it later.
    State.HELD: frozenset({State.SUBMITTING, State.CANCELLED, State.FAILED}),
    State.SUBMITTING: frozenset({State.SUBMITTED, State.HELD, State.FAILED}),
    State.SUBMITTED: frozenset({State.RUNNING, State.FETCHING, State.FAILED}),
    State.RUNNING: frozenset({State.FETCHING, State.FAILED}),
    State.FETCHING: frozenset({State.CAPTURED, State.FAILED}),
    State.CAPTURED: frozenset({State.DELIVERED, State.KEPT, State.REFUNDED}),
    State.DELIVERED: frozenset({State.REFUNDED}),
    State.KEPT: frozenset({State.REFUNDED}),
    State.CANCELLED: frozenset(),
    State.FAILED: frozenset({State.LATE}),
    State.LATE: frozenset(),
    State.REFUNDED: frozenset(),
}

STAGES: Mapping[State, Stage] = {
    State.HELD: Stage.QUEUED,
    State.SUBMITTING: Stage.QUEUED,
    State.SUBMITTED: Stage.SENT,
    State.RUNNING: Stage.GENERATING,
    State.FETCHING: Stage.UPLOADING,
    State.CAPTURED: Stage.UPLOADING,
}
"""What a person sees of each state that is still on its way."""

HOLDING: frozenset[State] = frozenset(
    {State.HELD, State.SUBMITTING, State.SUBMITTED, State.RUNNING, State.FETCHING}
)
"""The states in which the price is held and neither taken nor given back; they count as running in parallel."""

MADE: frozenset[State] = frozenset({State.CAPTURED, State.DELIVERED, State.KEPT, State.LATE})
"""The states in which there is a result."""

RESTORABLE: frozenset[State] = frozenset({State.DELIVERED, State.KEPT})
"""The states in which a result was paid: if its files are gone it is sought again."""

WITH_PROVIDER: frozenset[State] = frozenset({State.SUBMITTED, State.RUNNING, State.FETCHING})
"""The states in which the provider has a task of ours that we know by its id."""


WATCHED: frozenset[FailureClass] = frozenset({FailureClass.TIMEOUT, FailureClass.LOST})
"""The failures after which the provider may still finish, so that a late success is looked for."""


def check_move(source: State, target: State) -> None:
    """Raises ForbiddenMoveError unless the table allows the move."""
    if target not in MOVES[source]:
        raise ForbiddenMoveError(source, target)
