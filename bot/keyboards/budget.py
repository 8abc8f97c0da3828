"""The buttons of the budget."""

from aiogram.types import InlineKeyboardMarkup

from app.generation import Period
from app.money import Kopecks
from bot.callbacks import (
    Go,
    Target,
)
from bot.keyboards.rows import button, in_rows, keyboard, to_menu
from bot.money_callbacks import BudgetSums, BudgetTap
from bot.texts import Words

SUMS = tuple(Kopecks(roubles * 100) for roubles in (100, 300, 500, 1000, 3000, 5000, 10_000, 30_000))
"""Limits to choose from."""


def budget_keyboard(words: Words) -> InlineKeyboardMarkup:
    """The day, the month, home."""
    return keyboard(
        [
            [button(words.plain("button-budget-day"), BudgetSums(period=Period.DAY))],
            [button(words.plain("button-budget-month"), BudgetSums(period=Period.MONTH))],
            [button(words.plain("button-settings-menu"), Go(to=Target.SETTINGS)), to_menu(words)],
        ]
    )


def sums_keyboard(words: Words, period: Period) -> InlineKeyboardMarkup:
    """The sums in pairs, no limit, back."""
    limits = (button(words.money(it), BudgetTap(period=period, kopecks=it)) for it in SUMS)
    none = button(words.plain("button-no-limit"), BudgetTap(period=period, kopecks=0))
    back = button(words.plain("button-back"), Go(to=Target.BUDGET))
    return keyboard([*in_rows(limits, 2), [none], [back, to_menu(words)]])
