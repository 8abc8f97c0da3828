"""A draft: a person's unfinished choice of model and inputs."""

from dataclasses import dataclass

from app.catalogue import Inputs, InputValue, ModelKey
from app.users.states import DraftState


@dataclass(frozen=True, slots=True)
class Draft:
    """`asking` names the parameter whose answer is awaited; None means that the card can be shown."""

    id: int
    user_id: int
    model_key: ModelKey
    inputs: Inputs
    revision: int
    asking: str | None
    state: DraftState


@dataclass(frozen=True, slots=True)
class Answer:
    """A value for one parameter; None takes the value back, so that the default holds again."""

    parameter: str
    value: InputValue | None
