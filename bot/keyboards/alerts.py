"""The buttons below an alert: to the screen where it is handled."""

from collections.abc import Sequence
from typing import assert_never

from aiogram.types import InlineKeyboardMarkup

from app.admin import AlertKind, Cause
from bot.keyboards.rows import Row, button, keyboard, link
from bot.staff_callbacks import (
    DeadPage,
    PersonAct,
    PersonTap,
    StaffGo,
    StaffScreen,
    StrangeAct,
    StrangeTap,
)
from bot.texts import Words


def alert_keyboard(words: Words, kind: AlertKind, shown: Sequence[Cause]) -> InlineKeyboardMarkup:
    """A queue where there is one; else each payment by itself."""
    match kind:
        case AlertKind.BOOKS_BROKEN:
            return keyboard([_to(words, "button-admin-books", StaffScreen.BOOKS)])
        case AlertKind.DEAD_WORK:
            return keyboard([[button(words.plain("button-admin-dead-list"), DeadPage(page=0))]])
        case AlertKind.ACCOUNT_REFUSED | AlertKind.ACCOUNT_BACK:
            return keyboard([_to(words, "button-admin-back", StaffScreen.OVERVIEW)])
        case AlertKind.STRANGE_PAYMENT:
            return keyboard([_to(words, "button-strange-queue", StaffScreen.STRANGE)])
        case AlertKind.RECEIPT_LATE:
            return keyboard([_to(words, "button-receipt-queue", StaffScreen.RECEIPTS)])
        case AlertKind.CHARGED_BACK | AlertKind.REFUND_REFUSED:
            return keyboard([_payment(words, it) for it in shown])
    assert_never(kind)


def link_keyboard(words: Words, url: str) -> InlineKeyboardMarkup:
    """To the private chat with the bot."""
    return keyboard([[link(words.plain("button-alert-open"), url)]])


def _to(words: Words, key: str, screen: StaffScreen) -> Row:
    return [button(words.plain(key), StaffGo(to=screen))]


def _payment(words: Words, cause: Cause) -> Row:
    """To the payer's payments; money that waits in suspense has a card of its own."""
    text = words.plain("button-alert-payment", number=str(cause.subject), amount=words.money(cause.amount))
    if cause.user_id is None:
        return [button(text, StrangeTap(payment=cause.subject, act=StrangeAct.OPEN))]
    return [button(text, PersonTap(person=cause.user_id, act=PersonAct.PAID))]
