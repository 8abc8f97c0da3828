"""A person's money."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

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


async def balance_command(message: Message, visit: Visit, balances: Balances, drafts: DraftService) -> None:
    """The balance, below what was typed."""
    draft = await drafts.current(visit.user.id)
    await visit.show(balance_view(visit.words, await balances.of(visit.user.id), draft))


async def balance_button(
    query: CallbackQuery, visit: Visit, balances: Balances, drafts: DraftService
) -> None:
    """The balance, in place."""
    draft = await drafts.current(visit.user.id)
    await visit.show(balance_view(visit.words, await balances.of(visit.user.id), draft))
