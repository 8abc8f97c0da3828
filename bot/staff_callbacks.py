"""What the buttons of the staff carry; whoever else sends such data gets nothing but a line in the log."""

from enum import StrEnum
from typing import Annotated, Literal

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from app.admin import Direction, Rate, Role, Sort
from app.ledger import Bucket
from bot.callbacks import Number, Page

Sum = Annotated[int, Field(gt=0, lt=10**11)]
"""Kopecks that stand on a button."""

Hours = Annotated[int, Field(ge=0, le=720)]
"""How far back a refund of many reaches."""


class StaffScreen(StrEnum):
    """The screens of the staff that need nothing but the member."""

    OVERVIEW = "overview"
    RECEIPTS = "receipts"
    STRANGE = "strange"
    BOOKS = "books"
    REFUND_RUN = "refund_run"  # the newest refund of many
    FIND = "find"
    RATES = "rates"
    CREW = "crew"
    MODELS = "models"
    MARKET = "market"  # looks at KIE's list now


class PersonAct(StrEnum):
    """What can be done with a person."""

    SHOW = "show"
    MADE = "made"  # their generations
    PAID = "paid"  # their payments
    CREDIT = "credit"
    DEBIT = "debit"
    BAN = "ban"
    UNBAN = "unban"
    ROLE = "role"
    UNMAKE = "unmake"  # an ordinary person again


class ReceiptAct(StrEnum):
    """What can be done with a receipt, besides approving a sum."""

    OPEN = "open"
    OTHER = "other"
    REJECT = "reject"


class StrangeAct(StrEnum):
    """What can be done with a payment that fits no order."""

    OPEN = "open"
    OWNER = "owner"  # credit it to the person whose order it names
    ASSIGN = "assign"  # credit it to somebody
    KEEP = "keep"  # leave it where it is


class DeadAct(StrEnum):
    """What can be done with dead work."""

    OPEN = "open"
    REPLAY = "one"
    REPLAY_KIND = "kind"  # all of its kind


class MadeAct(StrEnum):
    """What can be done with somebody's generation, besides giving its price back."""

    OPEN = "open"
    RETRY = "retry"


class Stretch(StrEnum):
    """How far back the margins reach."""

    DAY = "1"
    WEEK = "7"
    MONTH = "30"


class Why(StrEnum):
    """The reasons for a rejection that have a button; the log keeps the value."""

    NOT_FOUND = "not_found"
    NOT_READABLE = "not_readable"
    COPY = "copy"
    OWN = "own"  # typed


class StaffGo(CallbackData, prefix="adm"):
    """To a screen of the staff."""

    to: StaffScreen


class PersonTap(CallbackData, prefix="adp"):
    """Something done with a person."""

    person: Number
    act: PersonAct


class RoleTap(CallbackData, prefix="adr"):
    """A role for a person."""

    person: Number
    role: Role


class ReceiptTap(CallbackData, prefix="adq"):
    """Something done with a receipt."""

    receipt: Number
    act: ReceiptAct


class ApproveTap(CallbackData, prefix="ada"):
    """Approves the sum that stands on the button, in kopecks."""

    receipt: Number
    amount: Sum


class RejectTap(CallbackData, prefix="adx"):
    """Rejects a receipt for a reason."""

    receipt: Number
    why: Why


class RateTap(CallbackData, prefix="adf"):
    """Asks for another value of a rate."""

    rate: Rate


class RefundTap(CallbackData, prefix="adg"):
    """Asks why a generation shall be given back."""

    generation: Number


class MadeTap(CallbackData, prefix="adk"):
    """Something done with somebody's generation."""

    generation: Number
    act: MadeAct


class DeadPage(CallbackData, prefix="add"):
    """One page (from 0) of dead events and jobs."""

    page: Page


class DeadTap(CallbackData, prefix="adz"):
    """Something done with a dead event or job."""

    sort: Sort
    work: Number
    act: DeadAct


class RefundAllTap(CallbackData, prefix="adh"):
    """Counts what waits in vain of the last hours; 0 asks how many."""

    hours: Hours


class PaybackTap(CallbackData, prefix="adb"):
    """Asks why a payment shall go back."""

    payment: Number


class AdjustTap(CallbackData, prefix="ade"):
    """Asks how much is given to or taken from a bucket of a person, and why."""

    person: Number
    direction: Direction
    bucket: Literal[Bucket.CASH, Bucket.BONUS]


class StrangeTap(CallbackData, prefix="adw"):
    """Something done with a payment that fits no order."""

    payment: Number
    act: StrangeAct


class MarginsPage(CallbackData, prefix="adn"):
    """One page (from 0) of the margins by model."""

    stretch: Stretch
    page: Page


class Agreed(CallbackData, prefix="ady"):
    """Do what stands on the screen; `digest` stands for it."""

    digest: Annotated[str, Field(max_length=16)]


class BackTap(CallbackData, prefix="adj"):
    """Sells a model again that is off sale."""

    suspension: Number


class LogPage(CallbackData, prefix="adl"):
    """The acts before the one with this id; 0 = the newest."""

    before: Number


class WithdrawnPage(CallbackData, prefix="wdr"):
    """The models that are not for sale, from page 0."""

    page: Page


STAFF_CALLBACKS = (
    StaffGo,
    PersonTap,
    RoleTap,
    ReceiptTap,
    ApproveTap,
    RejectTap,
    RateTap,
    RefundTap,
    MadeTap,
    DeadPage,
    DeadTap,
    RefundAllTap,
    PaybackTap,
    AdjustTap,
    StrangeTap,
    MarginsPage,
    Agreed,
    LogPage,
    WithdrawnPage,
    BackTap,
)
"""Everything that only the staff may tap."""
