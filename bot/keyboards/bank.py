"""The buttons of a bank transfer."""

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from app.money import Kopecks
from app.payments import Order, RoubleTerms
from bot.callbacks import (
    Go,
    Target,
)
from bot.keyboards.rows import Row, button, in_rows, keyboard, to_menu
from bot.money_callbacks import TransferAct, TransferSum, TransferTap
from bot.texts import Words


def bank_keyboard(words: Words, terms: RoubleTerms, pending: Order | None) -> InlineKeyboardMarkup:
    """The sums in pairs, any other one, the transfer that is not finished, back."""
    sums = (_sum(words, kopecks) for kopecks in terms.offered)
    own = button(words.plain("button-bank-own"), Go(to=Target.BANK_SUM))
    unfinished: Row = []
    if pending is not None:
        text = words.plain("button-bank-pending", amount=words.money(pending.credited))
        unfinished = [button(text, TransferTap(order=pending.id, act=TransferAct.SHOW))]
    back = button(words.plain("button-back"), Go(to=Target.TOP_UP))
    return keyboard([*in_rows(sums, 2), [own], unfinished, [back, to_menu(words)]])


def own_sum_keyboard(words: Words) -> InlineKeyboardMarkup:
    """Back to the sums, or home."""
    return keyboard([[button(words.plain("button-back"), Go(to=Target.BANK)), to_menu(words)]])


def details_keyboard(words: Words, order: Order) -> InlineKeyboardMarkup:
    """ "I paid", back, home."""
    paid = button(words.plain("button-bank-paid"), TransferTap(order=order.id, act=TransferAct.PAID))
    back = button(words.plain("button-back"), Go(to=Target.BANK))
    return keyboard([[paid], [back, to_menu(words)]])


def send_receipt_keyboard(words: Words, order: Order) -> InlineKeyboardMarkup:
    """Back to the details, or home."""
    back = TransferTap(order=order.id, act=TransferAct.SHOW)
    return keyboard([[button(words.plain("button-bank-details"), back), to_menu(words)]])


def received_keyboard(words: Words) -> InlineKeyboardMarkup:
    """On with the day."""
    return keyboard([[button(words.plain("button-balance"), Go(to=Target.BALANCE)), to_menu(words)]])


def _sum(words: Words, kopecks: Kopecks) -> InlineKeyboardButton:
    return button(words.money(kopecks), TransferSum(kopecks=kopecks))
