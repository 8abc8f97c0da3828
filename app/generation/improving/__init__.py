"""Improving a prompt: a text model says the person's own text better, shown before and after.

Purpose: `Improvements` answers the person's taps, `Improver` does the one call and tells of its end. A draft's text is
never changed here: the person takes the better one over, or their own back, by a change of the draft like any other.

Invariants:
- one tap is one call at most, one improvement of a person is worked on at a time, and a call is never repeated;
- the price is held in the unit that queues the call, and taken in the unit that stores the better text; whatever else
  comes of it gives the price back, in the unit that says so;
- while it costs nothing, a person has so many in a day, counted in Postgres under their row lock;
- the guards on money count it like a generation: the caps, KIE's balance, the person's own budget;
- an answer that is empty, cut off or too long for the model is no answer; one about a text that was changed meanwhile
  is dropped;
- no call to the outside happens while a unit of work is open.

Proven by tests/unit/generation/test_improving_texts.py and tests/integration/generation/test_improving.py.
"""

from app.generation.improving.entities import (
    Improvement,
    ImprovementOffer,
    ImprovementWish,
    NotImproved,
    WhyNot,
)
from app.generation.improving.improver import IMPROVE_POLICY, IMPROVEMENT_SWEEP, Improver
from app.generation.improving.keys import is_improvement
from app.generation.improving.money import ImprovementMoney
from app.generation.improving.ports import ImprovementNews, TextAnswer, TextProvider
from app.generation.improving.service import (
    IMPROVE,
    FreeImprovements,
    ImprovementNeighbours,
    Improvements,
)
from app.generation.improving.states import ImprovementState

__all__ = [
    "IMPROVE",
    "IMPROVEMENT_SWEEP",
    "IMPROVE_POLICY",
    "FreeImprovements",
    "Improvement",
    "ImprovementMoney",
    "ImprovementNeighbours",
    "ImprovementNews",
    "ImprovementOffer",
    "ImprovementState",
    "ImprovementWish",
    "Improvements",
    "Improver",
    "NotImproved",
    "TextAnswer",
    "TextProvider",
    "WhyNot",
    "is_improvement",
]
