"""The main menu's buttons: the shelves in pairs, then what is about the person."""

from collections.abc import Sequence
from types import MappingProxyType

from aiogram.types import InlineKeyboardMarkup

from app.catalogue import Category
from bot.callbacks import Go, Shelf, Target
from bot.keyboards.rows import button, in_rows, keyboard
from bot.texts import Words

CATEGORY_KEYS = MappingProxyType(
    {
        Category.PICTURES: "category-pictures",
        Category.VIDEO: "category-video",
        Category.AUDIO: "category-audio",
        Category.ENHANCE: "category-enhance",
        Category.AVATARS: "category-avatars",
        Category.MUSIC: "category-music",
    }
)
"""The words of each shelf."""


def menu_keyboard(words: Words, shelves: Sequence[Category]) -> InlineKeyboardMarkup:
    """The first shelf gets a row of its own: it is what most people come for."""
    buttons = [button(words.plain(CATEGORY_KEYS[it]), Shelf(category=it, page=0)) for it in shelves]
    return keyboard(
        [
            buttons[:1],
            *in_rows(buttons[1:], 2),
            [
                button(words.plain("button-balance"), Go(to=Target.BALANCE)),
                button(words.plain("button-history"), Go(to=Target.HISTORY)),
            ],
            [
                button(words.plain("button-language"), Go(to=Target.LANGUAGE)),
                button(words.plain("button-help"), Go(to=Target.HELP)),
            ],
        ]
    )
