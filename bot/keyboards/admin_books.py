"""The buttons below the proof of the books."""

from aiogram.types import InlineKeyboardMarkup

from bot.keyboards.admin import to_overview
from bot.keyboards.rows import button, keyboard
from bot.staff_callbacks import StaffGo, StaffScreen
from bot.texts import Words


def books_keyboard(words: Words) -> InlineKeyboardMarkup:
    """Look again; back."""
    refresh = button(words.plain("button-admin-refresh"), StaffGo(to=StaffScreen.BOOKS))
    return keyboard([[refresh], to_overview(words)])
