"""The buttons of the help."""

from aiogram.types import InlineKeyboardMarkup

from bot.callbacks import Go, Target
from bot.keyboards.rows import button, keyboard, to_menu
from bot.texts import Words


def help_keyboard(words: Words) -> InlineKeyboardMarkup:
    """Four answers, and home."""
    return keyboard(
        [
            [button(words.plain("button-help-free"), Go(to=Target.HELP_FREE))],
            [button(words.plain("button-help-top-up"), Go(to=Target.HELP_TOP_UP))],
            [button(words.plain("button-help-prices"), Go(to=Target.HELP_PRICES))],
            [button(words.plain("button-help-errors"), Go(to=Target.HELP_ERRORS))],
            [to_menu(words)],
        ]
    )


def answer_keyboard(words: Words, key: str, onwards: Target) -> InlineKeyboardMarkup:
    """What one would do next, back to the help, home."""
    return keyboard(
        [
            [button(words.plain(key), Go(to=onwards))],
            [button(words.plain("button-back"), Go(to=Target.HELP)), to_menu(words)],
        ]
    )
