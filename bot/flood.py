"""How fast each person writes: more than anybody can be answered is no conversation (P48)."""

from collections import OrderedDict, deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum, auto

MOST_A_MINUTE = 80
"""Updates of one person: a chat takes twenty messages at once and then one a second, so no more can be answered."""

WINDOW = timedelta(minutes=1)

REMEMBERED = 10_000
"""People of whom it is known how fast they were; whoever was quiet longest is forgotten first."""


class Tempo(Enum):
    """How one update stands to those before it."""

    CALM = auto()
    TOO_FAST = auto()
    """The first one that is too much."""
    STILL_TOO_FAST = auto()


@dataclass(slots=True)
class _Person:
    arrivals: deque[datetime] = field(default_factory=lambda: deque(maxlen=MOST_A_MINUTE + 1))
    last_event: int = 0
    tempo: Tempo = Tempo.CALM


class FloodGauge:
    """Counts arrivals, not answers, so what piled up while nobody worked is no flood.

    In memory only: it guards no money, and a new reign begins with patience.
    """

    def __init__(self) -> None:
        self._people: OrderedDict[int, _Person] = OrderedDict()

    def tempo(self, user_id: int, event_id: int, received_at: datetime) -> Tempo:
        """Of this event, the same however often it is tried. Events of one person come in their order."""
        person = self._people.setdefault(user_id, _Person())
        self._people.move_to_end(user_id)
        if len(self._people) > REMEMBERED:
            self._people.popitem(last=False)
        if event_id != person.last_event:
            person.last_event = event_id
            person.arrivals.append(received_at)
            person.tempo = _next(person)
        return person.tempo


def _next(person: _Person) -> Tempo:
    arrivals = person.arrivals
    is_full = len(arrivals) > MOST_A_MINUTE
    if not is_full or arrivals[-1] - arrivals[0] > WINDOW:
        return Tempo.CALM
    return Tempo.TOO_FAST if person.tempo is Tempo.CALM else Tempo.STILL_TOO_FAST
