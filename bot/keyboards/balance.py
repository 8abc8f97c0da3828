"""The buttons of the balance."""

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from app.users import Draft
from bot.callbacks import DraftAct, Go, Target
from bot.keyboards.model import draft_tap
from bot.keyboards.rows import Row, button, keyboard, main_button, to_menu
from bot.keyboards.top_up import to_draft
from bot.texts import Words


def balance_keyboard(words: Words, draft: Draft | None) -> InlineKeyboardMarkup:
    """More money, the order that waits for it, what it was spent on, home."""
    statement = button(words.plain("button-statement"), Go(to=Target.STATEMENT))
    return keyboard([[_top_up(words)], to_draft(words, draft), [statement], _last(words)])


def credited_keyboard(words: Words, draft: Draft | None) -> InlineKeyboardMarkup:
    """After money came in: the order that waited for it first."""
    run: Row = []
    if draft is not None and draft.asking is None:
        run = [main_button(words.plain("button-run-now"), draft_tap(draft, DraftAct.RESUME))]
    return keyboard([run, [_top_up(words)], _last(words)])


def _top_up(words: Words) -> InlineKeyboardButton:
    return button(words.plain("button-top-up"), Go(to=Target.TOP_UP))


def _last(words: Words) -> Row:
    return [button(words.plain("button-history"), Go(to=Target.HISTORY)), to_menu(words)]
