"""The buttons about receipts."""

from collections.abc import Sequence
from types import MappingProxyType

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from app.admin import ReceiptCard
from app.payments import Receipt
from bot.keyboards.admin import to_overview
from bot.keyboards.rows import Row, button, keyboard
from bot.staff_callbacks import (
    ApproveTap,
    PersonAct,
    PersonTap,
    ReceiptAct,
    ReceiptTap,
    RejectTap,
    StaffGo,
    StaffScreen,
    Why,
)
from bot.texts import Words

WHY_BUTTONS = MappingProxyType(
    {
        Why.NOT_FOUND: "button-why-not-found",
        Why.NOT_READABLE: "button-why-not-readable",
        Why.COPY: "button-why-copy",
        Why.OWN: "button-why-own",
    }
)


def queue_keyboard(words: Words, shown: Sequence[Receipt]) -> InlineKeyboardMarkup:
    """Each opens its receipt."""
    rows = [[_open(words, receipt)] for receipt in shown]
    refresh = button(words.plain("button-admin-refresh"), StaffGo(to=StaffScreen.RECEIPTS))
    return keyboard([*rows, [refresh], to_overview(words)])


def waits_keyboard(words: Words, receipt: Receipt) -> InlineKeyboardMarkup:
    """Below the news of a receipt."""
    queue = button(words.plain("button-receipt-queue"), StaffGo(to=StaffScreen.RECEIPTS))
    return keyboard([[_open(words, receipt)], [queue]])


def receipt_keyboard(words: Words, card: ReceiptCard, *, decides: bool) -> InlineKeyboardMarkup:
    """The decisions, where they are still open and this member's; the sender, the queue."""
    receipt = card.receipt
    rows: list[Row] = _decisions(words, receipt) if decides else []
    if card.twin is not None:
        rows.append([_open(words, card.twin)])
    sender = button(
        words.plain("button-receipt-sender"), PersonTap(person=receipt.user_id, act=PersonAct.SHOW)
    )
    queue = button(words.plain("button-receipt-queue"), StaffGo(to=StaffScreen.RECEIPTS))
    return keyboard([*rows, [sender, queue]])


def reasons_keyboard(words: Words, receipt: Receipt) -> InlineKeyboardMarkup:
    """The reasons for a rejection."""
    rows = [[button(words.plain(WHY_BUTTONS[why]), RejectTap(receipt=receipt.id, why=why))] for why in Why]
    back = button(words.plain("button-back"), ReceiptTap(receipt=receipt.id, act=ReceiptAct.OPEN))
    return keyboard([*rows, [back]])


def ask_keyboard(words: Words, receipt: Receipt) -> InlineKeyboardMarkup:
    """Back to the receipt: nothing was decided."""
    return keyboard([[_open(words, receipt)], to_overview(words)])


def _decisions(words: Words, receipt: Receipt) -> list[Row]:
    amount = receipt.first_amount or receipt.asked
    approve = button(
        words.plain("button-receipt-approve", amount=words.money(amount)),
        ApproveTap(receipt=receipt.id, amount=amount),
    )
    other = ReceiptTap(receipt=receipt.id, act=ReceiptAct.OTHER)
    refuse = ReceiptTap(receipt=receipt.id, act=ReceiptAct.REJECT)
    return [
        [approve],
        [button(words.plain("button-receipt-other"), other)],
        [button(words.plain("button-receipt-reject"), refuse)],
    ]


def _open(words: Words, receipt: Receipt) -> InlineKeyboardButton:
    label = "button-receipt-twin" if receipt.twin is not None else "button-receipt"
    text = words.plain(label, number=str(receipt.id), amount=words.money(receipt.asked))
    return button(text, ReceiptTap(receipt=receipt.id, act=ReceiptAct.OPEN))
