"""The buttons under a result and under a failure."""

from aiogram.types import InlineKeyboardMarkup

from app.generation import Generation
from bot.callbacks import GenerationAct, GenerationTap, Go, Target
from bot.keyboards.rows import button, keyboard, to_menu
from bot.texts import Words


def result_keyboard(words: Words) -> InlineKeyboardMarkup:
    """Where to go from a result."""
    return keyboard([[button(words.plain("button-history"), Go(to=Target.HISTORY)), to_menu(words)]])


def failed_keyboard(words: Words, generation: Generation) -> InlineKeyboardMarkup:
    """Once more with the same inputs, or home."""
    again = GenerationTap(generation=generation.id, act=GenerationAct.AGAIN)
    return keyboard([[button(words.plain("button-again"), again), to_menu(words)]])
