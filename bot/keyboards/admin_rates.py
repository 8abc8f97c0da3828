"""The buttons of the rates."""

from types import MappingProxyType

from aiogram.types import InlineKeyboardMarkup

from app.admin import Rate
from bot.keyboards.admin import to_overview
from bot.keyboards.rows import button, keyboard
from bot.staff_callbacks import RateTap, StaffGo, StaffScreen
from bot.texts import Words

RATE_BUTTONS = MappingProxyType(
    {
        Rate.USD_RUB: "button-rate-usd",
        Rate.MARKUP: "button-rate-markup",
        Rate.STAR_RUB: "button-rate-star",
        Rate.IMPROVEMENT: "button-rate-improvement",
    }
)


def rates_keyboard(words: Words) -> InlineKeyboardMarkup:
    """One button a rate."""
    rows = [[button(words.plain(RATE_BUTTONS[rate]), RateTap(rate=rate))] for rate in Rate]
    return keyboard([*rows, to_overview(words)])


def ask_rate_keyboard(words: Words) -> InlineKeyboardMarkup:
    """Back: nothing was changed."""
    back = button(words.plain("button-back"), StaffGo(to=StaffScreen.RATES))
    return keyboard([[back], to_overview(words)])
