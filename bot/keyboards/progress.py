"""The buttons while a generation is on its way."""

from aiogram.types import InlineKeyboardMarkup

from app.generation import Generation
from bot.callbacks import GenerationAct, GenerationTap
from bot.keyboards.rows import button, keyboard, to_menu
from bot.texts import Words


def queued_keyboard(words: Words, generation: Generation) -> InlineKeyboardMarkup:
    """Before it is sent it can be cancelled for nothing."""
    cancel = GenerationTap(generation=generation.id, act=GenerationAct.CANCEL)
    return keyboard([[button(words.plain("button-cancel-queued"), cancel)]])


def cancelled_keyboard(words: Words, generation: Generation) -> InlineKeyboardMarkup:
    """After a cancellation: once more, or home."""
    again = GenerationTap(generation=generation.id, act=GenerationAct.AGAIN)
    return keyboard([[button(words.plain("button-again"), again), to_menu(words)]])
