"""The buttons about money that fits no order."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from app.admin import StrangePayment
from app.payments import Outcome, Payment, RefundState
from bot.keyboards.admin import to_overview
from bot.keyboards.admin_payments import payback_button
from bot.keyboards.rows import Row, button, keyboard
from bot.staff_callbacks import PersonAct, PersonTap, StaffGo, StaffScreen, StrangeAct, StrangeTap
from bot.texts import Words


def queue_keyboard(words: Words, found: Sequence[Payment]) -> InlineKeyboardMarkup:
    """Each opens its payment."""
    refresh = button(words.plain("button-admin-refresh"), StaffGo(to=StaffScreen.STRANGE))
    return keyboard([*([open_button(words, it)] for it in found), [refresh], to_overview(words)])


def strange_keyboard(words: Words, found: StrangePayment, *, decides: bool) -> InlineKeyboardMarkup:
    """The decisions, where they are still open and this member's; the people, the queue."""
    rows = _decisions(words, found) if decides and found.is_open else []
    return keyboard([*rows, _people(words, found), [_queue(words)], to_overview(words)])


def ask_strange_keyboard(words: Words, payment: Payment) -> InlineKeyboardMarkup:
    """Back to the payment: nothing was decided."""
    back = button(words.plain("button-back"), StrangeTap(payment=payment.id, act=StrangeAct.OPEN))
    return keyboard([[back], to_overview(words)])


def gone_keyboard(words: Words) -> InlineKeyboardMarkup:
    """To the queue."""
    return keyboard([[_queue(words)], to_overview(words)])


def open_button(words: Words, payment: Payment) -> InlineKeyboardButton:
    """To one payment."""
    text = words.plain("button-strange", number=str(payment.id), amount=words.money(payment.booked))
    return button(text, StrangeTap(payment=payment.id, act=StrangeAct.OPEN))


def _decisions(words: Words, found: StrangePayment) -> list[Row]:
    def act(key: str, wanted: StrangeAct) -> Row:
        return [button(words.plain(key), StrangeTap(payment=found.payment.id, act=wanted))]

    rows: list[Row] = []
    if found.is_assignable and found.owner is not None:
        rows.append(act("button-strange-owner", StrangeAct.OWNER))
    if found.is_assignable:
        rows.append(act("button-strange-assign", StrangeAct.ASSIGN))
    rows.append(act("button-strange-keep", StrangeAct.KEEP))
    if found.refund is None or found.refund.state is RefundState.REFUSED:
        rows.append([payback_button(words, found.payment)])
    return rows


def _people(words: Words, found: StrangePayment) -> Row:
    """The order's owner, and whoever has the money where that is somebody else."""
    row: Row = []
    payment, owner = found.payment, found.owner
    if owner is not None:
        tap = PersonTap(person=owner.id, act=PersonAct.SHOW)
        row.append(button(words.plain("button-strange-to-owner"), tap))
    holder = payment.user_id if payment.outcome is Outcome.CREDITED else None
    if holder is not None and (owner is None or owner.id != holder):
        tap = PersonTap(person=holder, act=PersonAct.SHOW)
        row.append(button(words.plain("button-strange-to-holder"), tap))
    return row


def _queue(words: Words) -> InlineKeyboardButton:
    return button(words.plain("button-strange-queue"), StaffGo(to=StaffScreen.STRANGE))
