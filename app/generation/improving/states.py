"""An improvement's life as a table. Pure."""

from collections.abc import Mapping
from enum import StrEnum


class ImprovementState(StrEnum):
    """Where an improvement is; the value is what the database stores."""

    ASKED = "asked"  # the price is held, the provider was not asked yet
    CALLING = "calling"  # the provider is being asked, or was and nobody knows its answer
    READY = "ready"  # the better text is there and the price is taken
    DROPPED = "dropped"  # the person changed the text meanwhile; the price is back
    FAILED = "failed"  # the price is back


MOVES: Mapping[ImprovementState, frozenset[ImprovementState]] = {
    ImprovementState.ASKED: frozenset(
        {ImprovementState.CALLING, ImprovementState.DROPPED, ImprovementState.FAILED}
    ),
    ImprovementState.CALLING: frozenset(
        {ImprovementState.READY, ImprovementState.DROPPED, ImprovementState.FAILED}
    ),
    ImprovementState.READY: frozenset(),
    ImprovementState.DROPPED: frozenset(),
    ImprovementState.FAILED: frozenset(),
}

WORKED_ON: frozenset[ImprovementState] = frozenset({ImprovementState.ASKED, ImprovementState.CALLING})
"""The states in which the price is held and the person waits."""
