"""The buttons below an alert: to the screen where it is handled."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

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

QUEUES: Mapping[AlertKind, tuple[str, StaffScreen]] = MappingProxyType(
    {
        AlertKind.BOOKS_BROKEN: ("button-admin-books", StaffScreen.BOOKS),
        AlertKind.ACCOUNT_REFUSED: ("button-admin-back", StaffScreen.OVERVIEW),
        AlertKind.ACCOUNT_BACK: ("button-admin-back", StaffScreen.OVERVIEW),
        AlertKind.FORGED: ("button-admin-back", StaffScreen.OVERVIEW),
        AlertKind.STRANGE_PAYMENT: ("button-strange-queue", StaffScreen.STRANGE),
        AlertKind.RECEIPT_LATE: ("button-receipt-queue", StaffScreen.RECEIPTS),
        AlertKind.MODEL_OFF_SALE: ("button-admin-models", StaffScreen.MODELS),
        AlertKind.MODEL_SOLD_AGAIN: ("button-admin-models", StaffScreen.MODELS),
        AlertKind.MARKET_CHANGED: ("button-admin-models", StaffScreen.MODELS),
    }
)
"""The screen of all that a kind is about; what is not here has a card by itself, or a page."""


def alert_keyboard(words: Words, kind: AlertKind, shown: Sequence[Cause]) -> InlineKeyboardMarkup:
    """A queue where there is one; else each payment by itself."""
    if kind in QUEUES:
        return keyboard([_to(words, *QUEUES[kind])])
    if kind is AlertKind.DEAD_WORK:
        return keyboard([[button(words.plain("button-admin-dead-list"), DeadPage(page=0))]])
    return keyboard([_payment(words, it) for it in shown])


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
