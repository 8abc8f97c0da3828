"""The rehearsal of a restore: whether a backup is one that the business could go on from.

Purpose: what was restored into a scratch database is looked at as a whole: its schema against what the code
declares, its books against every rule, and its unprocessed events by ending them with the real bot.

Invariants:
- nothing is sent to anybody, and the database that the backup was made of is not touched;
- an unprocessed event ends done or, where it makes no sense, dead with its reason; done again it changes nothing;
- the books are proven before and after.

Proven by tests/integration/tools/test_restore_rehearsal.py.
"""

from app.tools.restoring.account import Account, look_through

__all__ = ["Account", "look_through"]
