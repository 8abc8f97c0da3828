"""The buttons of a top-up."""

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from app.money import Stars
from app.payments import StarsTerms
from app.users import Draft
from bot.callbacks import (
    DraftAct,
    Go,
    Target,
)
from bot.keyboards.model import draft_tap
from bot.keyboards.rows import Row, button, in_rows, keyboard, to_menu
from bot.money_callbacks import Buy
from bot.texts import Words


def top_up_keyboard(
    words: Words, terms: StarsTerms, draft: Draft | None, *, subscribed: bool, has_bank: bool
) -> InlineKeyboardMarkup:
    """The packs in pairs, any other number, the subscription and the other method, the draft that waits, back."""
    packs = (_pack(words, terms, stars) for stars in terms.offered)
    own = button(words.plain("button-own-amount"), Go(to=Target.OWN_AMOUNT))
    bank: Row = [button(words.plain("button-bank"), Go(to=Target.BANK))] if has_bank else []
    back = button(words.plain("button-back"), Go(to=Target.BALANCE))
    monthly: Row = []
    if subscribed or terms.subscription is not None:
        monthly = [button(words.plain("button-subscription"), Go(to=Target.SUBSCRIPTION))]
    last = [back, to_menu(words)]
    return keyboard([*in_rows(packs, 2), [own], monthly, bank, to_draft(words, draft), last])


def own_amount_keyboard(words: Words) -> InlineKeyboardMarkup:
    """Back to the packs, or home."""
    return keyboard([[button(words.plain("button-back"), Go(to=Target.TOP_UP)), to_menu(words)]])


def to_draft(words: Words, draft: Draft | None) -> Row:
    """The way back to an order that waits for money; an unfinished one waits elsewhere."""
    if draft is None or draft.asking is not None:
        return []
    return [button(words.plain("button-to-card"), draft_tap(draft, DraftAct.RESUME))]


def _pack(words: Words, terms: StarsTerms, stars: Stars) -> InlineKeyboardButton:
    amount = words.money(terms.credited(stars))
    return button(words.plain("button-pack", stars=stars, amount=amount), Buy(stars=stars))
