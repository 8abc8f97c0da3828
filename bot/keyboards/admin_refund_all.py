"""The buttons of a refund of many."""

from aiogram.types import InlineKeyboardMarkup

from app.admin import Forecast
from bot.keyboards.admin import to_overview
from bot.keyboards.rows import Row, button, in_rows, keyboard, main_button
from bot.staff_awaiting import Awaited
from bot.staff_callbacks import Agreed, RefundAllTap, StaffGo, StaffScreen
from bot.staff_wishes import digest_of
from bot.texts import Words

OFFERED_HOURS = (1, 6, 24)


def forecast_keyboard(words: Words) -> InlineKeyboardMarkup:
    """The other periods, the newest run, back."""
    return keyboard([*_periods(words), _run(words), to_overview(words)])


def ask_hours_keyboard(words: Words) -> InlineKeyboardMarkup:
    """The periods that need no typing."""
    return keyboard([*_periods(words), to_overview(words)])


def ready_keyboard(words: Words, forecast: Forecast, awaited: Awaited) -> InlineKeyboardMarkup:
    """Do it, with the number in it; count again."""
    label = words.plain(
        "button-refund-all-agree", count=forecast.generations, amount=words.money(forecast.amount)
    )
    agree = main_button(label, Agreed(digest=digest_of(awaited)))
    return keyboard([[agree], *_periods(words), to_overview(words)])


def run_keyboard(words: Words) -> InlineKeyboardMarkup:
    """Look again; count anew."""
    refresh = button(words.plain("button-admin-refresh"), StaffGo(to=StaffScreen.REFUND_RUN))
    count = button(words.plain("button-admin-refund-all"), RefundAllTap(hours=1))
    return keyboard([[refresh], [count], to_overview(words)])


def _periods(words: Words) -> list[Row]:
    offered = [
        button(words.plain("button-refund-all-hours", hours=it), RefundAllTap(hours=it))
        for it in OFFERED_HOURS
    ]
    own = button(words.plain("button-refund-all-own"), RefundAllTap(hours=0))
    return [*in_rows(offered, 3), [own]]


def _run(words: Words) -> Row:
    return [button(words.plain("button-refund-run"), StaffGo(to=StaffScreen.REFUND_RUN))]
