"""A person's own limits, and what is spent of them."""

from types import MappingProxyType

from app.generation import Budget, Period
from app.money import Kopecks
from bot.keyboards.budget import budget_keyboard, sums_keyboard
from bot.texts import Markup, Words
from bot.view import View

LIMIT_KEYS = MappingProxyType({Period.DAY: "budget-day", Period.MONTH: "budget-month"})
NO_LIMIT_KEYS = MappingProxyType({Period.DAY: "budget-day-none", Period.MONTH: "budget-month-none"})
ASK_KEYS = MappingProxyType({Period.DAY: "budget-ask-day", Period.MONTH: "budget-ask-month"})


def budget_view(words: Words, budget: Budget) -> View:
    """Both periods: the limit and what is spent, what is held included."""
    lines = [words("budget"), *(_line(words, budget, period) for period in Period)]
    return View(Markup("\n\n".join(lines)), budget_keyboard(words))


def sums_view(words: Words, budget: Budget, period: Period) -> View:
    """Asks for the limit of a period."""
    text = Markup("\n\n".join([words(ASK_KEYS[period]), _line(words, budget, period)]))
    return View(text, sums_keyboard(words, period))


def _line(words: Words, budget: Budget, period: Period) -> Markup:
    limit, spent = _of(budget, period)
    if limit is None:
        return words(NO_LIMIT_KEYS[period], spent=words.money(spent))
    return words(LIMIT_KEYS[period], limit=words.money(limit), spent=words.money(spent))


def _of(budget: Budget, period: Period) -> tuple[Kopecks | None, Kopecks]:
    if period is Period.DAY:
        return budget.daily, budget.spent_today
    return budget.monthly, budget.spent_this_month
