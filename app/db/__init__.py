"""The one way to open the database.

`Database.unit_of_work(epoch)` commits everything or nothing and is fenced: its first statement locks the
leader's row at the given epoch, so a process that is no longer ACTIVE writes nothing and a take-over waits for
units in flight. `Database.snapshot()` reads one consistent picture. Only `Database` commits.

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
)
from app.db.lease import Lease, read_lease

__all__ = [
    "Base",
    "Connection",
    "Database",
    "Epoch",
    "ForeignDatabaseError",
    "Installation",
    "Lease",
    "ReadSession",
    "Session",
    "UnmigratedDatabaseError",
    "UnusableDatabaseError",
    "claim_installation",
    "connect_direct",
    "driver_connection",
    "is_connection_loss",
    "read_lease",
    "unit_is_open",
]
