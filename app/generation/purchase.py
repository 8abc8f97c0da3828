"""What one tap on the price bought: a generation, or variants of it side by side. Pure.

Each variant is a generation of its own: with its hold or free use, its turn, its recovery, its refund and its
delivery. What binds them is the draft: one unit of work makes them all or none, a draft is submitted once, and the
progress message is one for all of them. MAX_PARALLEL_GENERATIONS counts purchases; fairness (`turns`), budgets, caps
and KIE's balance count every variant.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.catalogue import ModelSpec
from app.generation.entities import Generation
from app.generation.guards import FreeLeft
from app.generation.states import STAGES, Stage, State
from app.offers import Quote

VARIANTS = (2, 4)
"""How many at once may be bought beside one."""

_ORDER = tuple(Stage)
_READY = frozenset({State.DELIVERED, State.KEPT, State.REFUNDED})


def variants_of(spec: ModelSpec, quote: Quote, free: FreeLeft | None) -> tuple[int, ...]:
    """How many at once are offered: a free run each where the quote is free, so no more than are left now."""
    if not spec.varies:
        return ()
    left = free.now if quote.is_free and free is not None else max(VARIANTS)
    return tuple(times for times in VARIANTS if times <= left)


@dataclass(frozen=True)
class Purchase:
    """The generations of one draft, in the order of the variants; at least one."""

    generations: Sequence[Generation]

    @property
    def first(self) -> Generation:
        """The one whose message shows the progress."""
        return self.generations[0]

    @property
    def cancelled(self) -> int:
        """How many the person took back."""
        return sum(it.state is State.CANCELLED for it in self.generations)

    @property
    def is_cancelled(self) -> bool:
        """Whether nothing of it goes on."""
        return self.cancelled == len(self.generations)

    def shown(self) -> Generation:
        """As one, for the progress: the state of the foremost that is on its way, and how many are there.

        When all have ended: DELIVERED if any is there, else FAILED if any failed, else CANCELLED.
        """
        first = self.first
        if len(self.generations) == 1:
            return first
        ready = sum(it.state in _READY for it in self.generations)
        return replace(first, state=self._state(ready), ready=ready)

    def _state(self, ready: int) -> State:
        under_way = [it.state for it in self.generations if it.state in STAGES]
        if under_way:
            return max(under_way, key=lambda state: _ORDER.index(STAGES[state]))
        if ready > 0:
            return State.DELIVERED
        return State.CANCELLED if self.is_cancelled else State.FAILED
