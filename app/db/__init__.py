"""The one way to open the database.

`Database.unit_of_work(epoch)` commits everything or nothing and is fenced: its first statement locks the
leader's row at the given epoch, so a process that is no longer ACTIVE writes nothing and a take-over waits for
units in flight. `Database.snapshot()` reads one consistent picture. Only `Database` commits. A `Rehearsal` is a
`Database` that never does: what operators' checks try on a living installation.

Proven by tests/integration/db.
"""

from app.db.base import Base
from app.db.database import Database, Epoch, ReadSession, Session, driver_connection, unit_is_open
from app.db.direct import Connection, connect_direct, is_connection_loss
from app.db.installation import (
    ForeignDatabaseError,
    Installation,
    UnmigratedDatabaseError,
    UnusableDatabaseError,
    claim_installation,
    read_owner,
)
from app.db.lease import Lease, read_lease
from app.db.pooling import PooledConnectionError, require_sessions
from app.db.rehearsal import Mark, Rehearsal

__all__ = [
    "Base",
    "Connection",
    "Database",
    "Epoch",
    "ForeignDatabaseError",
    "Installation",
    "Lease",
    "Mark",
    "PooledConnectionError",
    "ReadSession",
    "Rehearsal",
    "Session",
    "UnmigratedDatabaseError",
    "UnusableDatabaseError",
    "claim_installation",
    "connect_direct",
    "driver_connection",
    "is_connection_loss",
    "read_lease",
    "read_owner",
    "require_sessions",
    "unit_is_open",
]
