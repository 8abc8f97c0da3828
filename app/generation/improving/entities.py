"""What an improvement is, and what may come of asking for one."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from app.catalogue import ModelKey
from app.generation.guards.refusals import Refusal
from app.generation.improving.states import WORKED_ON, ImprovementState
from app.generation.states import FailureClass
from app.money import Credits, Kopecks


@dataclass(frozen=True, slots=True)
class Improvement:
    """One text of a draft on its way to a better one.

    `revision` is that of the draft which its newest screen was drawn for. `credits` are the most that it was reckoned
    to cost; `cost` is what it took, None while nobody knows.
    """

    id: int
    user_id: int
    chat_id: int
    draft_id: int
    revision: int
    language: str
    model_key: ModelKey
    parameter: str
    before: str
    state: ImprovementState
    price: Kopecks
    credits: Credits
    usd_rub: Decimal
    epoch: int
    is_due: bool
    """What was claimed has run out."""
    after: str | None = None
    failure: FailureClass | None = None
    cost: Decimal | None = None

    @property
    def is_worked_on(self) -> bool:
        """Whether the person still waits."""
        return self.state in WORKED_ON

    @property
    def is_free(self) -> bool:
        """Whether the person pays nothing for it."""
        return self.price == 0


@dataclass(frozen=True, slots=True)
class ImprovementWish:
    """A tap on the button. `price` is what the button said; of `after` (an id) the person knows how it ended."""

    user_id: int
    chat_id: int
    draft_id: int
    revision: int
    after: int
    price: Kopecks


class WhyNot(StrEnum):
    """Why nothing is improved now."""

    STALE = "stale"  # the draft, its text or the price is not what the button said
    BUSY = "busy"  # another text of this person is being improved
    USED_UP = "used_up"  # no more for nothing today
    LACKING = "lacking"  # the money does not suffice
    REFUSED = "refused"  # a guard on money


@dataclass(frozen=True, slots=True)
class NotImproved:
    """`opens_at`: when there is one for nothing again; `refusal`: the guard's reason."""

    why: WhyNot
    opens_at: datetime | None = None
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class ImprovementOffer:
    """What the screen of a draft says of improving its text.

    `price` is None where the text cannot be improved now; a tap names `after`. `taken`: the text that stands there
    came from it, so that the person's own can come back. `is_outrun`: they changed the text while it was worked on.
    """

    parameter: str
    price: Kopecks | None
    after: int = 0
    taken: Improvement | None = None
    is_outrun: bool = False
