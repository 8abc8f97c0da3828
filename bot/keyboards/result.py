"""The buttons under a result and under a failure."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from app.catalogue import ModelSpec
from app.generation import Generation
from app.offers import Onward
from bot.callbacks import GenerationAct, GenerationTap, Go, Target
from bot.keyboards.rows import Row, button, keyboard, to_menu
from bot.keyboards.sequels import sequel_rows
from bot.questions import main_text
from bot.result_callbacks import OtherPage
from bot.texts import Words


def result_keyboard(
    words: Words, spec: ModelSpec, generation: Generation, found: Sequence[Onward] = ()
) -> InlineKeyboardMarkup:
    """What it leads on to, the same once more or with changes, the files, where it came from, and away."""
    repeat = GenerationTap(generation=generation.id, act=GenerationAct.AGAIN)
    history = button(words.plain("button-history"), Go(to=Target.HISTORY))
    return keyboard(
        [
            *sequel_rows(words, generation, found),
            [button(words.plain("button-repeat"), repeat), *_change(words, spec, generation)],
            [*_original(words, generation), _other(words, generation)],
            _parent(words, generation),
            [_bill(words, generation), history, to_menu(words)],
        ]
    )


def _other(words: Words, generation: Generation) -> InlineKeyboardButton:
    return button(words.plain("button-other-model"), OtherPage(generation=generation.id, page=0))


def _parent(words: Words, generation: Generation) -> Row:
    """The result that this one was made from."""
    if generation.parent_id is None:
        return []
    data = GenerationTap(generation=generation.parent_id, act=GenerationAct.SHOW)
    return [button(words.plain("button-parent", number=str(generation.parent_id)), data)]


def _original(words: Words, generation: Generation) -> Row:
    """The file as it was made, for a result that has one."""
    if not generation.results:
        return []
    data = GenerationTap(generation=generation.id, act=GenerationAct.ORIGINAL)
    return [button(words.plain("button-original"), data)]


def failed_keyboard(words: Words, spec: ModelSpec, generation: Generation) -> InlineKeyboardMarkup:
    """Once more with the same inputs, with other words, with another model; or somebody to ask; or home."""
    again = GenerationTap(generation=generation.id, act=GenerationAct.AGAIN)
    support = button(words.plain("button-support"), Go(to=Target.SUPPORT))
    return keyboard(
        [
            [button(words.plain("button-again"), again)],
            [*_change(words, spec, generation), _other(words, generation)],
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
