"""A draft: a person's unfinished choice of model and inputs."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.catalogue import Inputs, InputValue, ModelKey
from app.users.states import DraftState


@dataclass(frozen=True, slots=True)
class Draft:
    """`asking` names the parameter whose answer is awaited; None means that the card can be shown.

    `shots.duration` is a question about the last element of the list `shots`, which is being filled in.
    """

    id: int
    user_id: int
    model_key: ModelKey
    inputs: Inputs
    revision: int
    asking: str | None
    state: DraftState

    def answer_to(self, question: str) -> InputValue | None:
        """What was answered; to `shots.duration`, for the element that is being filled in."""
        whole, dot, part = question.partition(".")
        value = self.inputs.get(whole)
        if not dot:
            return value
        is_open = self.asking is not None and self.asking.startswith(f"{whole}.")
        last = value[-1] if is_open and isinstance(value, list) and value else None
        return last.get(part) if isinstance(last, Mapping) else None


@dataclass(frozen=True, slots=True)
class Answer:
    """A value for one parameter; None takes the value back, so that the default holds again.

    For `shots.duration` it goes into the element that is being filled in; where none is, it begins a new one.
    """

    parameter: str
    value: InputValue | None
