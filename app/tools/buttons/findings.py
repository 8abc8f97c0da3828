"""What the audit can find wrong."""

from dataclasses import dataclass
from enum import StrEnum


class Trouble(StrEnum):
    """The kinds of it, as they are printed."""

    DEAD = "dead button"
    RAISED = "press failed"
    SILENT = "silent press"
    OPEN = "open to strangers"
    DUPLICATE = "duplicate handlers"
    LABEL = "bad label"
    UNREACHABLE = "unreachable handler"
    PROMISE = "missing button"
    MODEL = "unreachable model"
    ENDLESS = "endless walk"


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, named."""

    trouble: Trouble
    what: str

    def __str__(self) -> str:
        return f"{self.trouble}: {self.what}"
