"""The buttons of the help."""

from aiogram.types import InlineKeyboardMarkup

from bot.callbacks import Go, Target
from bot.keyboards.rows import button, keyboard, to_menu
from bot.texts import Words


def help_keyboard(words: Words) -> InlineKeyboardMarkup:
    """To the models, or home."""
    return keyboard([[button(words.plain("button-categories"), Go(to=Target.MODELS)), to_menu(words)]])
