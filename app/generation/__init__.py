"""One paid (or free) request of a person, from submit to delivery."""

from app.generation.entities import (
    AlreadySubmitted,
    Card,
    Confirmation,
    Generation,
    NotEnough,
    Stale,
    StoredFile,
    Submission,
    Submitted,
    TooMany,
)
from app.generation.errors import (
    AmbiguousError,
    ForbiddenMoveError,
    RefusedError,
    ResultUnavailableError,
    TaskUnknownError,
    TryLaterError,
    UnknownGenerationError,
    UnreachablePersonError,
)
from app.generation.ports import Delivery, GenerationProvider, Notifier, TaskReport, TaskState
from app.generation.states import FailureClass, Stage, State

__all__ = [
    "AlreadySubmitted",
    "AmbiguousError",
    "Card",
    "Confirmation",
    "Delivery",
    "FailureClass",
    "ForbiddenMoveError",
    "Generation",
    "GenerationProvider",
    "NotEnough",
    "Notifier",
    "RefusedError",
    "ResultUnavailableError",
    "Stage",
    "Stale",
    "State",
    "StoredFile",
    "Submission",
    "Submitted",
    "TaskReport",
    "TaskState",
    "TaskUnknownError",
    "TooMany",
    "TryLaterError",
    "UnknownGenerationError",
    "UnreachablePersonError",
]
