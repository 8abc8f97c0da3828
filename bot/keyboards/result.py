"""The buttons under a result and under a failure."""

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from app.catalogue import ModelSpec
from app.generation import Generation
from bot.callbacks import GenerationAct, GenerationTap, Go, Shelf, Target
from bot.keyboards.rows import Row, button, keyboard, to_menu
from bot.questions import main_text
from bot.texts import Words


def result_keyboard(words: Words, generation: Generation) -> InlineKeyboardMarkup:
    """The same once more, or where to go from a result."""
    repeat = GenerationTap(generation=generation.id, act=GenerationAct.AGAIN)
    history = button(words.plain("button-history"), Go(to=Target.HISTORY))
    return keyboard(
        [
            [button(words.plain("button-repeat"), repeat), *_original(words, generation)],
            [_bill(words, generation), history, to_menu(words)],
        ]
    )


def _original(words: Words, generation: Generation) -> Row:
    """The file as it was made, for a result that has one."""
    if not generation.results:
        return []
    data = GenerationTap(generation=generation.id, act=GenerationAct.ORIGINAL)
    return [button(words.plain("button-original"), data)]


def failed_keyboard(words: Words, spec: ModelSpec, generation: Generation) -> InlineKeyboardMarkup:
    """Once more with the same inputs, with other words, with another model; or somebody to ask; or home."""
    again = GenerationTap(generation=generation.id, act=GenerationAct.AGAIN)
    shelf = Shelf(category=spec.category, page=0)
    support = button(words.plain("button-support"), Go(to=Target.SUPPORT))
    return keyboard(
        [
            [button(words.plain("button-again"), again)],
            [*_change(words, spec, generation), button(words.plain("button-other-model"), shelf)],
            [_bill(words, generation), support],
            [to_menu(words)],
        ]
    )


def _change(words: Words, spec: ModelSpec, generation: Generation) -> Row:
    """For a model that works from words."""
    if main_text(spec) is None:
        return []
    data = GenerationTap(generation=generation.id, act=GenerationAct.CHANGE)
    return [button(words.plain("button-change-prompt"), data)]


def _bill(words: Words, generation: Generation) -> InlineKeyboardButton:
    data = GenerationTap(generation=generation.id, act=GenerationAct.BILL)
    return button(words.plain("button-bill"), data)
