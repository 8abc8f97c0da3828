"""What can go wrong around a generation, as types that carry facts.

The first group is raised by implementations of the ports (`app.generation.ports`) and answered by the jobs.
"""

from typing import TYPE_CHECKING

from app.errors import AppError

if TYPE_CHECKING:
    from app.generation.states import FailureClass, State


class RefusedError(AppError):
    """The provider certainly did not accept the task and never will; `failure` says why in our classes."""

    def __init__(self, failure: "FailureClass", detail: str = "") -> None:
        super().__init__(f"refused: {failure}")
        self.failure = failure
        self.detail = detail
        """The provider's own words, for operators; never shown raw to a person."""


class TryLaterError(AppError):
    """Certainly nothing happened, for now: come again in `seconds` (429, maintenance, a refused connection)."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"try again in {seconds} s")
        self.seconds = seconds


class ProviderDownError(TryLaterError):
    """A TryLaterError of a kind that seldom passes soon: a server error, or no connection at all."""


class AccountRefusedError(TryLaterError):
    """A TryLaterError that only an operator can mend: the provider refuses our key, or our account, by this code."""

    def __init__(self, seconds: float, code: int) -> None:
        super().__init__(seconds)
        self.code = code


class AmbiguousError(AppError):
    """It is unknown whether it was taken, a task or a message (time-out, connection cut): never repeat blindly."""


class TaskUnknownError(AppError):
    """The provider does not know this task id (right after creation: not yet)."""

    def __init__(self, task_id: str) -> None:
        super().__init__("the provider does not know the task")
        self.task_id = task_id


class UnreachablePersonError(AppError):
    """Telegram will not deliver to this person (blocked the bot, deactivated): trying again is useless."""


class ForbiddenMoveError(AppError):
    """A move that the table of a generation's life does not have: a defect of ours."""

    def __init__(self, source: "State", target: "State") -> None:
        super().__init__(f"{source} does not lead to {target}")
        self.source = source
        self.target = target


class UnknownGenerationError(AppError):
    """No such generation, or it is somebody else's."""

    def __init__(self, generation_id: int) -> None:
        super().__init__(f"no generation {generation_id} of this person")
        self.generation_id = generation_id


class ResultUnavailableError(AppError):
    """A result could not be copied to our storage: `reason` is a short constant, `host` the one asked."""

    def __init__(self, reason: str, host: str) -> None:
        super().__init__(f"result not stored: {reason}")
        self.reason = reason
        self.host = host


class NotRetryableError(AppError):
    """No job has anything left to do for this generation: `state` says how it ended."""

    def __init__(self, generation_id: int, state: "State") -> None:
        super().__init__(f"generation {generation_id} is {state}")
        self.generation_id = generation_id
        self.state = state


class NotRefundableError(AppError):
    """Nothing was taken for this generation, or it was given back already: `state` says where it is."""

    def __init__(self, generation_id: int, state: "State") -> None:
        super().__init__(f"generation {generation_id} is {state}")
        self.generation_id = generation_id
        self.state = state
