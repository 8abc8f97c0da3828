"""A person's money."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from app.generation import FreeTier
from app.users import DraftService
from bot.balances import Balances
from bot.callbacks import Go, Target
from bot.views.balance import balance_view
from bot.visit import Visit


def build_router() -> Router:
    """What leads here."""
    router = Router(name="balance")
    router.message.register(balance_command, Command("balance"))
    router.callback_query.register(balance_button, Go.filter(F.to == Target.BALANCE))
    return router


async def show_balance(visit: Visit, balances: Balances, drafts: DraftService, free: FreeTier) -> None:
    """The balance with what waits for it and what costs nothing."""
    person = visit.user.id
    left = await free.of(person) if free.allowance.is_offered else None
    view = balance_view(visit.words, await balances.of(person), await drafts.current(person), left)
    await visit.show(view)


async def balance_command(
    message: Message, visit: Visit, balances: Balances, drafts: DraftService, free: FreeTier
) -> None:
    """The balance, below what was typed."""
    await show_balance(visit, balances, drafts, free)


async def balance_button(
    query: CallbackQuery, visit: Visit, balances: Balances, drafts: DraftService, free: FreeTier
) -> None:
    """The balance, in place."""
    await show_balance(visit, balances, drafts, free)
