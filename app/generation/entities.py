"""What the rest of the house sees of a generation: frozen pictures, never rows."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import PurePosixPath

from app.catalogue import Inputs, Modality, ModelKey
from app.generation.guards import FreeLeft, Refusal
from app.generation.states import FailureClass, State
from app.ledger import Balance
from app.money import Kopecks
from app.offers import Quote
from app.users import Draft

NO_MONEY = Kopecks(0)


class Form(StrEnum):
    """What Telegram makes of a file; the value is what the database stores."""

    PHOTO = "photo"
    VIDEO = "video"
    ANIMATION = "animation"
    AUDIO = "audio"
    DOCUMENT = "document"


@dataclass(frozen=True)
class StoredFile:
    """One file of a result, as our storage keeps it."""

    path: str
    """The key in our storage, relative to STORAGE_DIR, with forward slashes."""
    kind: Modality
    mime: str
    size: int
    """Bytes."""
    width: int | None = None
    """Pixels, as it is shown; None for sound and for what could not be probed."""
    height: int | None = None
    seconds: int | None = None
    """0 for what stands still; None for what could not be probed."""
    streamable: bool = False
    """Whether a player can begin before it has the whole clip."""
    thumbnail: str | None = None
    """The key of its thumbnail."""
    track: str | None = None
    """The provider's id of it, where it is one song of several."""
    telegram_file_id: str | None = None
    """Set once Telegram has it."""
    sent_as: Form | None = None
    """What Telegram took it as: its id serves for that alone."""
    original_file_id: str | None = None
    """Set once Telegram has it as a document, every byte as it was."""

    @property
    def is_probed(self) -> bool:
        """Whether it is known what is in it."""
        return self.seconds is not None

    def name_for(self, generation_id: int, model_key: ModelKey) -> str:
        """How the file is called where people see it, as `model-12-1.png`."""
        return f"{model_key}-{generation_id}-{PurePosixPath(self.path).name}"


@dataclass(frozen=True)
class Generation:
    """One request of a person, from submit to delivery, as it was when it was read."""

    id: int
    user_id: int
    chat_id: int
    draft_id: int
    model_key: ModelKey
    model_id: str
    """The provider's name of the model."""
    produces: Modality
    inputs: Inputs
    """The answers of the draft: what is shown, and what a repeat begins with."""
    request: Inputs
    """What goes to the provider, frozen when the price was: defaults and constants filled in, in its own form."""
    language: str
    price: Kopecks
    state: State
    created_at: datetime
    seen_at: datetime
    """The database's time when this picture was taken; ages are counted to it."""
    attempt: int = 0
    """Raised by each claim for a submission or a delivery."""
    progress_message_id: int | None = None
    submitting_at: datetime | None = None
    submitted_at: datetime | None = None
    task_id: str | None = None
    """The provider's id, once it is known for certain."""
    hinted_task_id: str | None = None
    """What a callback claimed while the id was unknown; believed only after the provider confirms it."""
    next_check_at: datetime | None = None
    """When it wants to be looked at, at the latest; None when nothing is left to do."""
    failures: int = 0
    """Tries to copy, then to deliver the result that had no good end; those that were put off do not count."""
    failure: FailureClass | None = None
    failure_detail: str | None = None
    """The provider's words, for operators only."""
    results: tuple[StoredFile, ...] = ()
    message_ids: tuple[int, ...] = ()
    """The messages that carried the result."""
    told_at: datetime | None = None
    """When the person was told of the failure (or could not be)."""
    credits: Decimal = Decimal(0)
    """KIE credits that the quote was computed from."""
    usd_rub: Decimal = Decimal(0)
    """Roubles for a dollar, as frozen in the quote."""
    cost_credits: Decimal | None = None
    """KIE credits the provider says it took."""
    is_free: bool = False
    """One of the person's free runs: its price is zero, nothing is held."""
    usual_seconds: int | None = None
    """How long it usually takes, as the card said; `slow_seconds` is what nine of ten stay below."""
    slow_seconds: int | None = None
    parent_id: int | None = None
    """The generation whose result it was made from; None where that is nobody's, or is gone."""
    position: int | None = None
    """How many wait before it; only filled where it is shown (progress while queued)."""
    sold: int = 1
    """How many results the price is for."""
    missing: int = 0
    """How many of these never came; known once it is captured."""
    returned: Kopecks = NO_MONEY
    """What of the price went back for them (`fewer`)."""
    variant: int = 1
    """Its number among the variants that one tap on the price bought."""
    variants: int = 1
    ready: int = 0
    """How many variants of its purchase are there; only filled by `Purchase.shown`."""

    @property
    def paid(self) -> Kopecks:
        """What is left of the price after that: what an operator could still give back."""
        return Kopecks(self.price - self.returned)


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds from the tap to the result. `slow` is what nine of ten stay below, where that says more than `usual`."""

    usual: int
    slow: int | None = None


@dataclass(frozen=True)
class Card:
    """What the confirm card shows; `total` is exactly what will be held."""

    draft: Draft
    quote: Quote
    balance: Balance
    pace: Pace | None
    free: FreeLeft | None = None
    """What is left of the free tier, where the model belongs to it and there is one."""
    refusal: Refusal | None = None
    """Why it cannot be submitted now, whatever money there is."""
    times: int = 1
    """How many variants `total`, `missing` and `refusal` are about."""
    variants: tuple[int, ...] = ()
    """How many at once are offered beside one (`variants_of`)."""

    @property
    def total(self) -> Kopecks:
        """The price of all its variants together."""
        return self.total_of(self.times)

    def total_of(self, times: int) -> Kopecks:
        """The price of so many variants: each is held on its own, so no kopeck is rounded away."""
        return Kopecks(self.quote.price * times)

    @property
    def missing(self) -> Kopecks:
        """What must come in before the price can be held: a debt is repaid first. 0 when nothing is missing."""
        if self.quote.is_free:
            return Kopecks(0)
        balance = self.balance
        at_hand = balance.cash - balance.cash_held + balance.bonus - balance.bonus_held
        return Kopecks(balance.debt + max(self.total - at_hand, 0))


@dataclass(frozen=True)
class Confirmation:
    """A person's tap on the price: whose, which draft at which revision, which quote, and where."""

    user_id: int
    draft_id: int
    revision: int
    quote_id: int
    chat_id: int
    message_id: int | None
    """The card; it becomes the progress message."""
    times: int = 1
    """How many variants of it."""


@dataclass(frozen=True)
class Submitted:
    """The money is held and the work is queued: of this one and, where it has variants, of all of them."""

    generation: Generation


@dataclass(frozen=True)
class AlreadySubmitted:
    """This draft was submitted before; nothing was held again."""

    generation: Generation


@dataclass(frozen=True)
class NotEnough:
    """Nothing was held: `missing` is what must come in first (debt included)."""

    card: Card
    missing: Kopecks


@dataclass(frozen=True)
class Stale:
    """The card shown was out of date; here is the new one (None when the draft is gone). One more tap is due."""

    card: Card | None


@dataclass(frozen=True)
class Refused:
    """A guard keeps it from being made now (`card.refusal`); nothing was held, the draft waits."""

    card: Card


@dataclass(frozen=True)
class TooMany:
    """As many generations as one person may have at a time are on their way."""

    limit: int


Submission = Submitted | AlreadySubmitted | NotEnough | Stale | TooMany | Refused
