"""The life of a draft."""

from enum import StrEnum


class DraftState(StrEnum):
    """Only an open draft changes; the two others are final."""

    OPEN = "open"
    SUBMITTED = "submitted"  # a generation was made of it
    ABANDONED = "abandoned"  # the person cancelled it or began another


MOVES: dict[DraftState, frozenset[DraftState]] = {
    DraftState.OPEN: frozenset({DraftState.SUBMITTED, DraftState.ABANDONED}),
    DraftState.SUBMITTED: frozenset(),
    DraftState.ABANDONED: frozenset(),
}


def before(state: DraftState) -> tuple[DraftState, ...]:
    """The states from which a draft may become `state`."""
    return tuple(one for one, after in MOVES.items() if state in after)
