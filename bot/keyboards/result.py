"""The buttons under a result and under a failure."""

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from app.generation import Generation
from bot.callbacks import GenerationAct, GenerationTap, Go, Target
from bot.keyboards.rows import button, keyboard, to_menu
from bot.texts import Words


def result_keyboard(words: Words, generation: Generation) -> InlineKeyboardMarkup:
    """The same once more, or where to go from a result."""
    repeat = GenerationTap(generation=generation.id, act=GenerationAct.AGAIN)
    history = button(words.plain("button-history"), Go(to=Target.HISTORY))
    return keyboard(
        [
            [button(words.plain("button-repeat"), repeat)],
            [_bill(words, generation), history, to_menu(words)],
        ]
    )


def failed_keyboard(words: Words, generation: Generation) -> InlineKeyboardMarkup:
    """Once more with the same inputs, or home."""
    again = GenerationTap(generation=generation.id, act=GenerationAct.AGAIN)
    return keyboard(
        [[button(words.plain("button-again"), again)], [_bill(words, generation), to_menu(words)]]
    )


def _bill(words: Words, generation: Generation) -> InlineKeyboardButton:
    data = GenerationTap(generation=generation.id, act=GenerationAct.BILL)
    return button(words.plain("button-bill"), data)
