"""The buttons of a bill."""

from aiogram.types import InlineKeyboardMarkup

from app.generation import Generation
from bot.callbacks import GenerationAct, GenerationTap, Go, Target
from bot.keyboards.rows import Row, button, keyboard, to_menu
from bot.texts import Words


def bill_keyboard(words: Words, generation: Generation) -> InlineKeyboardMarkup:
    """The result once more where there is one, the other movements, home."""
    result: Row = []
    if generation.results:
        data = GenerationTap(generation=generation.id, act=GenerationAct.SHOW)
        result = [button(words.plain("button-bill-result"), data)]
    statement = button(words.plain("button-statement"), Go(to=Target.STATEMENT))
    return keyboard([result, [statement, to_menu(words)]])
