"""What is said where a withdrawn model's successor answers for it."""

from dataclasses import dataclass

from app.catalogue import ModelSpec
from bot.visit import Visit


@dataclass(frozen=True)
class Linked:
    """`meant` is the model that a link names, `sold` the one that it leads to: the same, or its successor."""

    meant: ModelSpec
    sold: ModelSpec


def tell_successor(visit: Visit, key: str, spec: ModelSpec) -> None:
    """The answer to the tap names the model, where it is not the one that was asked for."""
    if spec.key != key:
        visit.say("toast-model-succeeded", model=spec.name)
