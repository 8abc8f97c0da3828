"""The buttons of a person's own settings."""

from aiogram.types import InlineKeyboardMarkup

from bot.callbacks import Go, Target
from bot.keyboards.rows import button, keyboard, to_menu
from bot.texts import Words


def settings_keyboard(words: Words) -> InlineKeyboardMarkup:
    """The budget, the language and the terms."""
    return keyboard(
        [
            [button(words.plain("button-budget"), Go(to=Target.BUDGET))],
            [button(words.plain("button-language"), Go(to=Target.LANGUAGE))],
            [button(words.plain("button-terms"), Go(to=Target.TERMS)), to_menu(words)],
        ]
    )
