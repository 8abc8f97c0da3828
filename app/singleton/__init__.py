"""Who is ACTIVE: a session lock on a connection of its own, a lease with an epoch, a watchdog.

Invariants
- At most one process has the lock; being ACTIVE alone authorises no write: `Database.unit_of_work(epoch)` does.
- A new epoch begins only after every unit of work of the last one has ended, so a stale process commits nothing.
- A holder that renews its lease keeps the lock, however idle; one that does not loses all its sessions.
- A process stops processing first and becomes PASSIVE then.
- Only another release is given the lock on asking, and each holder is asked once by a process; siblings of the
  holder that wait longer leave it to who asked.
- A release that was replaced does not get the lock back by asking, whoever of its successor's processes reigns.

Proven by tests/integration/singleton and tests/unit/singleton.
"""

from app.singleton.configuration import Callbacks, Role, SingletonConfig, Timing, holder_name, lock_key
from app.singleton.holder import read_holder
from app.singleton.line import wait_until_next
from app.singleton.singleton import Singleton

__all__ = [
    "Callbacks",
    "Role",
    "Singleton",
    "SingletonConfig",
    "Timing",
    "holder_name",
    "lock_key",
    "read_holder",
    "wait_until_next",
]
