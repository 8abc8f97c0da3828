"""The buttons below what a person is told of the staff."""

from aiogram.types import InlineKeyboardMarkup

from app.admin import Action
from bot.callbacks import Go, Target
from bot.keyboards.rows import button, keyboard, to_menu
from bot.texts import Words


def news_keyboard(words: Words, action: Action) -> InlineKeyboardMarkup:
    """To the balance, home; whom to write to after bad news."""
    first = button(words.plain("button-balance"), Go(to=Target.BALANCE))
    if action in (Action.RECEIPT_REJECTED, Action.DEBITED):
        support = button(words.plain("button-support"), Go(to=Target.SUPPORT))
        return keyboard([[support], [first, to_menu(words)]])
    return keyboard([[first, to_menu(words)]])
