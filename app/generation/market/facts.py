"""What the provider says of its models, and who asks it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from app.errors import AppError


@dataclass(frozen=True, slots=True)
class Listed:
    """One model of the provider's list. `tasks` in our spelling (`text-to-video`).

    `price_words` is prose: it matches what a task is billed, and no format is promised. None: nothing is said.
    """

    id: str
    title: str
    provider: str
    tasks: tuple[str, ...]
    price_words: str | None


@dataclass(frozen=True, slots=True)
class Field:
    """One input as the provider's schema has it; None = no bound. `choices` as text; empty: any value goes."""

    required: bool = False
    choices: tuple[str, ...] = ()
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    max_length: int | None = None
    max_items: int | None = None


Fields = Mapping[str, Field]


class NotListedError(AppError):
    """The provider has no model of this id (any more)."""

    def __init__(self, model_id: str) -> None:
        super().__init__(f"the provider has no model {model_id}")
        self.model_id = model_id


class ProviderList(Protocol):
    """The provider's own catalogue. It is never called while a unit of work is open.

    Each call raises TryLaterError when it cannot be read now, AccountRefusedError when our key is refused.
    """

    async def models(self) -> tuple[Listed, ...]:
        """All of them, with what each says of its price."""
        ...

    async def fields(self, model_id: str) -> Fields | None:
        """The inputs of a model; None while the provider has written none down. Raises NotListedError."""
        ...
