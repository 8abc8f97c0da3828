"""The buttons of what is not built yet."""

from aiogram.types import InlineKeyboardMarkup

from bot.callbacks import Go, Target
from bot.keyboards.rows import button, keyboard, to_menu
from bot.texts import Words


def later_keyboard(words: Words, key: str, instead: Target) -> InlineKeyboardMarkup:
    """What helps meanwhile, or home."""
    return keyboard([[button(words.plain(key), Go(to=instead))], [to_menu(words)]])
