"""The buttons of a person's own settings."""

from aiogram.types import InlineKeyboardMarkup

from bot.callbacks import Go, Target
from bot.keyboards.rows import button, keyboard, to_menu
from bot.texts import Words


def settings_keyboard(words: Words) -> InlineKeyboardMarkup:
    """The budget, the language, the terms and the privacy."""
    return keyboard(
        [
            [button(words.plain("button-budget"), Go(to=Target.BUDGET))],
            [button(words.plain("button-language"), Go(to=Target.LANGUAGE))],
            [
                button(words.plain("button-terms"), Go(to=Target.TERMS)),
                button(words.plain("button-privacy"), Go(to=Target.PRIVACY)),
            ],
            [to_menu(words)],
        ]
    )
