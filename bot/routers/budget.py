"""A person's own limits of what they spend in a day and in a month."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from app.generation import Budgets
from app.money import Kopecks
from bot.callbacks import (
    Go,
    Target,
)
from bot.money_callbacks import BudgetSums, BudgetTap
from bot.views.budget import budget_view, sums_view
from bot.visit import Visit


def build_router() -> Router:
    """What leads here."""
    router = Router(name="budget")
    router.message.register(budget_command, Command("budget"))
    router.callback_query.register(budget_button, Go.filter(F.to == Target.BUDGET))
    router.callback_query.register(sums, BudgetSums.filter())
    router.callback_query.register(set_limit, BudgetTap.filter())
    return router


async def budget_command(message: Message, visit: Visit, budgets: Budgets) -> None:
    """The limits, below what was typed."""
    await visit.show(budget_view(visit.words, await budgets.of(visit.user.id)))


async def budget_button(query: CallbackQuery, visit: Visit, budgets: Budgets) -> None:
    """The limits, in place."""
    await visit.show(budget_view(visit.words, await budgets.of(visit.user.id)))


async def sums(query: CallbackQuery, callback_data: BudgetSums, visit: Visit, budgets: Budgets) -> None:
    """What a period's limit can be."""
    await visit.show(sums_view(visit.words, await budgets.of(visit.user.id), callback_data.period))


async def set_limit(query: CallbackQuery, callback_data: BudgetTap, visit: Visit, budgets: Budgets) -> None:
    """Sets the limit or takes it away."""
    limit = Kopecks(callback_data.kopecks) if callback_data.kopecks else None
    budget = await budgets.set(visit.step, visit.user.id, callback_data.period, limit)
    visit.say("toast-budget")
    await visit.show(budget_view(visit.words, budget))
