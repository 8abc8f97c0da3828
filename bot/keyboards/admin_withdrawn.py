"""The buttons of the models that are not for sale."""

from aiogram.types import InlineKeyboardMarkup

from bot.keyboards.rows import button, keyboard, pages
from bot.staff_callbacks import StaffGo, StaffScreen, WithdrawnPage
from bot.texts import Words


def withdrawn_keyboard(words: Words, page: int, count: int) -> InlineKeyboardMarkup:
    """The arrows, and back to the models that are off sale."""
    arrows = pages(words, page, count, (WithdrawnPage(page=max(page - 1, 0)), WithdrawnPage(page=page + 1)))
    back = button(words.plain("button-admin-models"), StaffGo(to=StaffScreen.MODELS))
    return keyboard([*arrows, [back]])
