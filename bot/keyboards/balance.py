"""The buttons of the balance."""

from aiogram.types import InlineKeyboardMarkup

from bot.callbacks import Go, Target
from bot.keyboards.rows import button, keyboard, to_menu
from bot.texts import Words


def balance_keyboard(words: Words) -> InlineKeyboardMarkup:
    """To what the money was spent on, or home."""
    return keyboard([[button(words.plain("button-history"), Go(to=Target.HISTORY)), to_menu(words)]])
