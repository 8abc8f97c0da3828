"""The buttons of the margins."""

from collections.abc import Sequence
from types import MappingProxyType

from aiogram.types import InlineKeyboardMarkup

from app.books import ModelMargin
from bot.keyboards.admin import to_overview
from bot.keyboards.models import page_of
from bot.keyboards.rows import button, keyboard, pages
from bot.staff_callbacks import MarginsPage, Stretch
from bot.texts import Words

STRETCH_BUTTONS = MappingProxyType(
    {
        Stretch.DAY: "button-margins-day",
        Stretch.WEEK: "button-margins-week",
        Stretch.MONTH: "button-margins-month",
    }
)


def margins_keyboard(
    words: Words, stretch: Stretch, found: Sequence[ModelMargin], page: int
) -> InlineKeyboardMarkup:
    """The other stretches of time, the arrows, and the way back."""
    others = [
        button(words.plain(STRETCH_BUTTONS[it]), MarginsPage(stretch=it, page=0))
        for it in Stretch
        if it is not stretch
    ]
    _, page, count = page_of(found, page)
    before = MarginsPage(stretch=stretch, page=max(0, page - 1))
    after = MarginsPage(stretch=stretch, page=min(page + 1, count - 1))
    return keyboard([*pages(words, page, count, (before, after)), others, to_overview(words)])
