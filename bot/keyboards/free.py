"""The buttons of the free tier."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardMarkup

from app.catalogue import ModelSpec
from bot.callbacks import Go, ListKind, Target
from bot.keyboards.models import model_rows
from bot.keyboards.rows import button, keyboard, to_menu
from bot.texts import Words


def free_keyboard(words: Words, models: Sequence[ModelSpec]) -> InlineKeyboardMarkup:
    """The models, what else is free, and home."""
    more = button(words.plain("button-help-free"), Go(to=Target.HELP_FREE))
    return keyboard([*model_rows(models, ListKind.FREE, 0), [more], [to_menu(words)]])
