"""What the instance says of itself: alive, ready, its role, its version."""

import asyncio
from dataclasses import asdict, dataclass

from sqlalchemy.exc import SQLAlchemyError

from app.db import Database, read_lease
from app.db.schema import current_revision, head_revision
from app.errors import StorageBusyError, StorageUnavailableError

# Whoever asks for an instance's health gives up after a few seconds.
WAIT_SECONDS = 2.0
OK = "ok"


@dataclass(frozen=True)
class Readiness:
    """One line for each thing that must be there before this instance may take traffic: "ok", or what is wrong.

    A schema that is newer is fine: a later release has expanded it, and this one works on until it is replaced.
    """

    database: str
    schema: str
    catalogue: str

    @property
    def ready(self) -> bool:
        return all(value.startswith(OK) for value in asdict(self).values())


@dataclass(frozen=True)
class RoleReport:
    """`role` is ACTIVE or PASSIVE, for the instance as a whole; `epoch` is the number of the reign."""

    role: str
    epoch: int
    instance: str


class Status:
    """Answers for the instance, from the database where the database is the truth."""

    def __init__(self, database: Database, *, instance: str, release: str, models: int) -> None:
        self._database = database
        self._instance = instance
        self._release = release
        self._models = models
        self._was_ready = False
        self._owned = False

    def owned(self) -> None:
        """Says that the database belongs to this installation."""
        self._owned = True

    @property
    def was_ready(self) -> bool:
        """True for ever after the first time that everything was there."""
        return self._was_ready

    async def readiness(self) -> Readiness:
        """Looks now; a database that is away is an answer, not an error."""
        try:
            async with asyncio.timeout(WAIT_SECONDS):
                version = await current_revision(self._database)
        except (StorageUnavailableError, StorageBusyError, SQLAlchemyError, TimeoutError):
            return Readiness(database="away", schema="unknown", catalogue=self._catalogue())
        readiness = Readiness(
            database=OK if self._owned else "not checked yet",
            schema=_schema(version),
            catalogue=self._catalogue(),
        )
        self._was_ready = self._was_ready or readiness.ready
        return readiness

    async def role(self) -> RoleReport:
        """Reads the lease, so that each worker of an instance gives the same answer."""
        try:
            async with asyncio.timeout(WAIT_SECONDS):
                lease = await read_lease(self._database)
        except (StorageUnavailableError, StorageBusyError, SQLAlchemyError, TimeoutError):
            return RoleReport("PASSIVE", 0, self._instance)
        mine = lease.alive and lease.instance == self._instance
        return RoleReport("ACTIVE" if mine else "PASSIVE", lease.epoch, self._instance)

    def version(self) -> dict[str, str | int]:
        """What runs here."""
        return {"release": self._release, "schema": head_revision(), "models": self._models}

    def _catalogue(self) -> str:
        return OK if self._models else "empty"


def _schema(version: str | None) -> str:
    """Migrations are named by date, so of two versions the later name is the newer one."""
    wanted = head_revision()
    if version == wanted:
        return OK
    if version is not None and version > wanted:
        return f"{OK}: {version}, newer than this code's {wanted}"
    return f"{version or 'none'}, this code needs {wanted}"
