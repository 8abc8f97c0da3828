"""The buttons of the quick actions."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardMarkup

from app.offers import Preset
from bot.callbacks import Go, PresetTap, QuickPage, Target
from bot.keyboards.models import page_of
from bot.keyboards.rows import button, in_rows, keyboard, pages, to_menu
from bot.texts import Words


def quick_keyboard(words: Words, presets: Sequence[Preset], page: int) -> InlineKeyboardMarkup:
    """One page of the quick actions."""
    shown, page, count = page_of(presets, page)
    buttons = (button(it.name.get(words.language), PresetTap(key=it.key)) for it in shown)
    arrows = pages(words, page, count, (QuickPage(page=page - 1), QuickPage(page=page + 1)))
    return keyboard([*in_rows(buttons, 2), *arrows, [to_menu(words)]])


def preset_keyboard(words: Words) -> InlineKeyboardMarkup:
    """Back to the quick actions, or home."""
    return keyboard([[button(words.plain("button-back"), Go(to=Target.QUICK)), to_menu(words)]])
