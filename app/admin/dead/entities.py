"""What a dead piece of work is, and what its error means; pure."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

_TYPE = re.compile(r"^(?:\w+\.)*([A-Z]\w*)(?::|$)", re.MULTILINE)


class Sort(StrEnum):
    """What has died."""

    JOB = "job"
    EVENT = "event"


class Trouble(StrEnum):
    """What an error means to an operator."""

    STORAGE = "storage"  # our database was away
    OUTSIDE = "outside"  # Telegram or the provider did not do what was asked
    TIME = "time"  # it took too long
    SENSELESS = "senseless"  # what came from outside makes no sense
    CRASH = "crash"  # the process ended each time
    DEFECT = "defect"  # a mistake of ours


TROUBLES = {
    Trouble.STORAGE: ("StorageUnavailable", "OperationalError", "InterfaceError", "Postgres", "DBAPIError"),
    Trouble.TIME: ("Timeout", "StorageBusy", "LockNotAvailable", "QueryCanceled"),
    Trouble.SENSELESS: ("MalformedEvent", "ValidationError", "JSONDecode"),
    Trouble.OUTSIDE: (
        "Telegram",
        "Client",
        "TryLater",
        "ProviderDown",
        "AccountRefused",
        "Ambiguous",
        "Refused",
    ),
}
"""By how the name of the error's type begins."""


@dataclass(frozen=True, slots=True)
class DeadWork:
    """One parked event or failed job.

    `kind` is the event's source or the job's name; `about` the id that a job was given (0 for an event, and for what
    runs by the clock); `generation_id` and `user_id` whose it is, where that is known; `error` the trace, or the type.
    """

    sort: Sort
    id: int
    kind: str
    about: int
    generation_id: int | None
    user_id: int | None
    died_at: datetime
    age_seconds: float
    attempts: int
    error: str

    @property
    def error_type(self) -> str:
        """The last error's type; empty where nobody knows."""
        found = _TYPE.findall(self.error)
        return found[-1] if found else ""

    @property
    def trouble(self) -> Trouble:
        """What it means."""
        if "ended the process" in self.error:
            return Trouble.CRASH
        name = self.error_type
        return next((it for it, begins in TROUBLES.items() if name.startswith(begins)), Trouble.DEFECT)

    @property
    def cause(self) -> str:
        """The key under which operators were alerted of it."""
        if self.sort is Sort.EVENT:
            return f"event:{self.id}"
        return f"job:{self.kind}:{self.about}" if self.about else f"job:{self.kind}"
