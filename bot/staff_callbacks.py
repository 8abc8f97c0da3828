"""What the buttons of the staff carry; whoever else sends such data gets nothing but a line in the log."""

from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from app.admin import Rate, Role
from bot.callbacks import Number

Sum = Annotated[int, Field(gt=0, lt=10**11)]
"""Kopecks that stand on a button."""


class StaffScreen(StrEnum):
    """The screens of the staff that need nothing but the member."""

    OVERVIEW = "overview"
    RECEIPTS = "receipts"
    FIND = "find"
    RATES = "rates"
    CREW = "crew"


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


class PaybackTap(CallbackData, prefix="adb"):
    """Asks why a payment shall go back; with `debt` what is spent of it becomes the person's debt."""

    payment: Number
    debt: bool


class LogPage(CallbackData, prefix="adl"):
    """The acts before the one with this id; 0 = the newest."""

    before: Number


STAFF_CALLBACKS = (
    StaffGo,
    PersonTap,
    RoleTap,
    ReceiptTap,
    ApproveTap,
    RejectTap,
    RateTap,
    RefundTap,
    PaybackTap,
    LogPage,
)
"""Everything that only the staff may tap."""
