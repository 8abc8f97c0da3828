"""The life of a deletion."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class DepartureState(StrEnum):
    """How far it is; each move is one unit of work, and each state is gone on from after any crash."""

    ASKED = "asked"  # what is on its way is waited for
    EMPTIED = "emptied"  # the rows know the person no more; our copies of results go now
    DONE = "done"


MOVES: Mapping[DepartureState, frozenset[DepartureState]] = MappingProxyType(
    {
        DepartureState.ASKED: frozenset({DepartureState.EMPTIED}),
        DepartureState.EMPTIED: frozenset({DepartureState.DONE}),
        DepartureState.DONE: frozenset(),
    }
)


def before(state: DepartureState) -> tuple[DepartureState, ...]:
    """The states from which a deletion may become `state`."""
    return tuple(one for one, after in MOVES.items() if state in after)
