"""Whose turn it is to be sent to the provider: nobody's fifty delay another's one.

A waiting generation's round is how many of the same person are with the provider or wait before it. Rounds come one
after the other; within a round it is first come, first served. Counted in Postgres under one lock, over all people
and reigns (`look_at_queue`); decided by a pure rule (`wait`).
Proven by tests/unit/generation/test_turns.py and tests/integration/generation/test_starting.py.
"""

from app.generation.turns.repository import look_at_queue
from app.generation.turns.rule import Queue, wait

__all__ = ["Queue", "look_at_queue", "wait"]
