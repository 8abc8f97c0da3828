"""Work that nobody will try again by itself: events that were parked, and jobs that failed for good.

Purpose: `DeadDesk` shows them, the newest first, and has them replayed: one, or all of a kind.

Invariants:
- a replay happens once, whoever taps how often: what is not dead any more is left alone;
- a replayed event keeps its mark of what it has applied, so nothing is applied twice;
- of an error only its type is shown: its words may be a person's.

Proven by tests/integration/admin/test_dead_desk.py.
"""

from app.admin.dead.desk import DeadDesk
from app.admin.dead.entities import DeadWork, Sort, Trouble

__all__ = ["DeadDesk", "DeadWork", "Sort", "Trouble"]
