"""What an improvement needs from outside: who writes, and who shows it to the person."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from app.catalogue import TextModel
from app.db import Epoch
from app.generation.improving.entities import Improvement


@dataclass(frozen=True, slots=True)
class TextAnswer:
    """What a text model wrote; `is_whole` is False where it was cut off. `credits`: what it took, None where unsaid."""

    text: str
    is_whole: bool = True
    credits: Decimal | None = None


class TextProvider(Protocol):
    """The company whose text models answer at once. It is never called while a unit of work is open."""

    async def write(self, model: TextModel, instruction: str, text: str) -> TextAnswer:
        """One answer to one text; asked once, whatever happens.

        Raises RefusedError (certainly nothing was written, final), TryLaterError (certainly nothing, for now),
        AmbiguousError (unknown whether it was written and paid).
        """
        ...


class ImprovementNews(Protocol):
    """Shows the person how their improvement ended."""

    async def show(self, epoch: Epoch, improvement: Improvement) -> None:
        """In place of the screen that says it is worked on, if that is still there; else nothing.

        Raises TryLaterError or AmbiguousError, then it is called again; UnreachablePersonError.
        """
        ...
